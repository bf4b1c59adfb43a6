package dev.cutline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.cli.Cli.Run;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {
  @TempDir private Path folder;

  private Path home;
  private Path pictures;
  private Cli cli;

  @BeforeEach
  void makeFolders() throws IOException {
    home = folder.resolve("home");
    pictures = Files.createDirectory(folder.resolve("pictures"));
    cli = new Cli(home);
    Files.copy(Path.of(Photos.of("cat.jpg")), pictures.resolve("m-good.jpg"));
  }

  @Test
  void captionsTheRestOfAFolderOfBadFiles() throws IOException {
    byte[] cat = Files.readAllBytes(pictures.resolve("m-good.jpg"));
    Files.write(pictures.resolve("zeros.jpg"), new byte[5000]);
    Files.write(pictures.resolve("empty.png"), new byte[0]);
    Files.writeString(pictures.resolve("page.jpg"), "<!doctype html><p>not a picture");
    Files.writeString(pictures.resolve("drawing.jpg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    Files.write(pictures.resolve("cut.jpg"), Arrays.copyOf(cat, cat.length / 3));
    Files.write(pictures.resolve("bomb.png"), pngHeader(50_000, 50_000));
    Files.write(pictures.resolve("reverse-\u202egpj.jpg"), new byte[100]);
    Files.write(pictures.resolve("line\nbreak.jpg"), new byte[100]);
    try (RandomAccessFile large =
        new RandomAccessFile(pictures.resolve("large.jpg").toFile(), "rw")) {
      large.write(cat);
      large.setLength(11L << 20);
    }
    int bad = 9;

    Run run = cli.run("caption", pictures.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.json()).hasSize(bad + 1);
    List<String> errors =
        run.err().lines().filter(line -> line.startsWith(pictures.toString())).toList();
    assertThat(errors).hasSize(bad);
    assertThat(errors).allMatch(line -> line.matches(".*: (INVALID_IMAGE|IMAGE_LIMIT): .{10,}"));
    assertThat(errors).anyMatch(line -> line.contains("reverse-\\u202egpj.jpg: INVALID_IMAGE"));
    assertThat(errors).anyMatch(line -> line.contains("line\\u000abreak.jpg: INVALID_IMAGE"));
    assertThat(errors).anyMatch(line -> line.contains("bomb.png: IMAGE_LIMIT"));
    assertThat(errors).anyMatch(line -> line.contains("large.jpg: IMAGE_LIMIT"));
    assertThat(run.err()).doesNotContain("\tat ").doesNotContain("Exception");
    for (JsonNode line : run.json()) {
      boolean good = line.get("file").asText().endsWith("m-good.jpg");
      assertThat(line.get("status").asText()).isEqualTo(good ? "DESCRIBED" : "REJECTED");
      assertThat(line.get("id").isNull()).isEqualTo(!good);
      assertThat(line.get("sha256").asText()).matches("[0-9a-f]{64}");
    }
    assertThat(run.err()).contains("10 pictures: 1 described, 9 rejected");
    assertThat(cli.run("list").json()).hasSize(1);
  }

  @Test
  void tellsOfFilesThatCannotBeAndCaptionsTheRest() {
    String good = pictures.resolve("m-good.jpg").toString();
    Run run =
        cli.run(
            "caption",
            pictures.resolve("../pictures/missing.jpg").toString(),
            "x".repeat(300) + ".jpg",
            "no\0name.jpg",
            "nothing-*.jpg",
            good);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines().filter(line -> line.contains(": INVALID_IMAGE: ")))
        .hasSize(4)
        .anyMatch(line -> line.contains("../pictures/missing.jpg: INVALID_IMAGE: does not exist"))
        .anyMatch(line -> line.contains("longer than the file system allows; shorten it"))
        .anyMatch(line -> line.startsWith("no\\u0000name.jpg: INVALID_IMAGE: no file can"))
        .anyMatch(line -> line.contains("nothing matches"));
    assertThat(run.json()).hasSize(5);
    assertThat(run.json().get(4).get("status").asText()).isEqualTo("DESCRIBED");
  }

  @Test
  void refusesANamedFileThatIsNoPicture() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "hello");
    Run run = cli.run("caption", text.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("notes.txt: INVALID_IMAGE: ");
  }

  @Test
  void takesAPictureWithDotsInItsPath() throws IOException {
    Path dots = Files.createDirectories(folder.resolve("..hidden..")).resolve("a..b.jpg");
    Files.copy(Path.of(Photos.of("cat.jpg")), dots);
    Run run = cli.run("caption", folder + "/pictures/../..hidden../a..b.jpg");
    assertThat(run.status()).as(run.err()).isZero();
    try (Stream<Path> stored = Files.walk(home.resolve("objects"))) {
      assertThat(stored.filter(Files::isRegularFile)).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "caption",
        "caption x.jpg --styles loud",
        "caption x.jpg --language no_such_tag!",
        "caption x.jpg --concurrency 0",
        "caption x.jpg --concurrency many",
        "caption x.jpg --nonsense",
        "caption x.jpg --set providers=palette",
        "caption x.jpg --set cutline.providers",
        "caption --retry-failed --dry-run",
        "nonsense",
        "list --limit 0",
        "list --limit 5000",
        "list --status odd",
        "list --from yesterday",
        "list --cursor nonsense",
        "list --cursor 0:nonsense",
        "list --owner",
        "search",
        "show",
        "edit",
        "revert 1",
        "revert 1 x",
        "delete",
        "delete-all",
        "export",
        "export --csv a.csv --html b",
        ""
      })
  void endsWithTwoOnWrongUsage(String line) {
    Run run = cli.run(line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).singleElement().asString().startsWith("cutline: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cutline.providers=openai|cutline.provider.openai.model",
        "cutline.providers=nobody|nobody",
        "cutline.provider.palette.colour=red|colour",
        "cutline.nonsense=1|cutline.nonsense",
        "cutline.deadline=soon|cutline.deadline",
        "cutline.images=tape|tape",
        "cutline.home=/dev/null/home|cutline.home",
        "cutline.environment=production|production"
      })
  void endsWithTwoOnWrongSettings(String setting, String named) {
    Run run = cli.run("caption", Photos.of("cat.jpg"), "--set", setting);
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("cutline: ").contains(named).doesNotContain("\tat ");
  }

  @Test
  void tellsAllProblemsOfSettingsAtOnce() {
    Run run =
        cli.with("CUTLINE_DEADLINE", "soon")
            .run("list", "--set", "cutline.nonsense=1", "--set", "cutline.images=tape");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines())
        .hasSizeGreaterThanOrEqualTo(3)
        .allMatch(l -> l.startsWith("cutline: "));
    assertThat(run.err()).contains("cutline.deadline", "cutline.nonsense", "tape");
  }

  @Test
  void tellsWhichKeyIsMissing() {
    Run run =
        cli.run(
            "caption",
            Photos.of("cat.jpg"),
            "--set",
            "cutline.providers=openai",
            "--set",
            "cutline.provider.openai.model=m");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("cutline.provider.openai.api-key").contains("OPENAI_API_KEY");
  }

  @Test
  void tellsOfASettingsFileThatIsNotThere() {
    Run run = cli.run("list", "--config", folder.resolve("none.properties").toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("none.properties");
  }

  @Test
  void takesNoOtherFileForSettings() throws IOException {
    Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear Zoë,\nthank you\n");
    for (String other : List.of(Photos.of("cat.jpg"), letter.toString(), folder.toString())) {
      Run run = cli.run("list", "--config", other);
      assertThat(run.status()).as(run.err()).isEqualTo(2);
      assertThat(run.err())
          .startsWith("cutline: settings file " + other)
          .doesNotContain("Exception");
    }
  }

  @Test
  void namesNothingToAddThatIsNotThere() {
    Run run = cli.run("caption", Photos.of("cat.jpg"), "--set", "cutline.providers=onnx");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("there is no captioner \"onnx\"")
        .contains("not there yet")
        .doesNotContain("dev.cutline:");
  }

  @Test
  void tellsOfAHomeInPlainWords() {
    for (String home : List.of("/dev/null/home", "/proc/nowhere")) {
      Run run = cli.run("list", "--set", "cutline.home=" + home);
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err())
          .startsWith("cutline: cutline.home: ")
          .contains("; name a folder of your own")
          .doesNotContain("Exception")
          .doesNotContain("java.");
    }
  }

  @Test
  void readsSettingsFromAFile() throws IOException {
    Path config = Files.writeString(folder.resolve("my.properties"), "cutline.language=de\n");
    Run run = cli.run("caption", Photos.of("cat.jpg"), "--config", config.toString());
    assertThat(run.json().get(0).get("language").asText()).isEqualTo("de");
  }

  @Test
  void refusesAnOwnerThatIsNone() {
    assertThat(cli.run("list", "--owner", "").status()).isEqualTo(2);
    assertThat(cli.run("list", "--owner", "x".repeat(129)).err()).contains("128");
    assertThat(cli.run("list", "--owner", "a\u0007b").err()).contains("U+0007");
    assertThat(cli.run("caption", Photos.of("cat.jpg"), "--owner", "x".repeat(10_000)).status())
        .isEqualTo(2);
  }

  @Test
  void printsStackTracesOnlyWhenAsked() {
    assertThat(cli.run("list", "--set", "cutline.images=tape").err()).doesNotContain("\tat ");
    assertThat(cli.run("list", "--set", "cutline.images=tape", "--verbose").err())
        .contains("\tat ");
  }

  /** Returns a PNG that claims a size and holds nothing of it. */
  private static byte[] pngHeader(int width, int height) {
    ByteBuffer png = ByteBuffer.allocate(33);
    png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    png.putInt(13).put(new byte[] {'I', 'H', 'D', 'R'}).putInt(width).putInt(height);
    png.put(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(png.array(), 12, 17);
    png.putInt((int) crc.getValue());
    return png.array();
  }
}
