package dev.cutline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.cli.Cli.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionCommandTest {
  @TempDir private Path folder;

  private Path home;
  private Cli cli;

  @BeforeEach
  void makeHome() {
    home = folder.resolve("home");
    cli = new Cli(home);
  }

  @Test
  void captionsAFolderOfPhotos() {
    Run run = cli.run("caption", Photos.FOLDER.toString());
    assertThat(run.status()).as(run.err()).isZero();
    List<JsonNode> lines = run.json();
    assertThat(lines)
        .extracting(line -> Path.of(line.get("file").asText()).getFileName().toString())
        .containsExactly(
            "canyon.jpg",
            "cat.jpg",
            "coffee.jpg",
            "dandelion.jpg",
            "hibiscus.jpg",
            "marsh-birds.webp",
            "pier-sunset.jpg",
            "street-bus.jpg");
    for (JsonNode line : lines) {
      assertThat(line.get("status").asText()).isEqualTo("DESCRIBED");
      assertThat(line.get("provider").asText()).isEqualTo("palette");
      assertThat(line.get("concise").asText().split(" ")).hasSizeBetween(2, 10);
      assertThat(line.get("creative").asText()).isNotBlank();
      assertThat(line.get("alt").asText()).isNotBlank().hasSizeLessThanOrEqualTo(125);
      assertThat(line.get("phash").asText()).matches("[0-9a-f]{16}");
      assertThat(line.get("error").isNull()).isTrue();
      assertThat(home.resolve("objects").resolve(line.get("thumbnail").asText())).exists();
    }
    assertThat(lines.get(5).get("format").asText()).isEqualTo("WEBP");
    assertThat(run.err()).contains("8 pictures: 8 described, 1 file skipped (no pictures)");
  }

  @Test
  void tellsHowToNameAModelWhereNoneIs() {
    String photo = Photos.of("cat.jpg");
    assertThat(cli.run("caption", photo).err()).contains("no model is named");
    assertThat(cli.run("caption", photo, "--set", "cutline.providers=palette").err())
        .doesNotContain("no model is named");
    Run nothing = cli.run("caption", "");
    assertThat(nothing.err())
        .startsWith("'': INVALID_IMAGE: the name is empty; name a file")
        .doesNotContain("no model is named");
    assertThat(nothing.status()).isEqualTo(1);
  }

  @Test
  void showsATableOnATerminal() {
    Run run = cli.onTerminal().run("caption", Photos.of("cat.jpg"));
    assertThat(run.out().lines()).hasSize(2);
    assertThat(run.out().lines().toList().get(0)).startsWith("FILE").contains("STATUS", "CAPTION");
    assertThat(run.out()).contains("cat.jpg").contains("DESCRIBED");
  }

  @Test
  void writesALineForEachLanguage() {
    Run run = cli.run("caption", Photos.of("cat.jpg"), "--language", "en,de", "--styles", "alt");
    assertThat(run.json()).extracting(l -> l.get("language").asText()).containsExactly("en", "de");
    assertThat(run.json().get(0).get("alt").asText())
        .isNotEqualTo(run.json().get(1).get("alt").asText());
    assertThat(run.json().get(0).get("concise").isNull()).isTrue();
    assertThat(run.json())
        .extracting(l -> l.get("id").asText())
        .as("one upload")
        .containsOnly(run.json().get(0).get("id").asText());
  }

  @Test
  void takesNothingInForALanguageThatNobodySpeaks() {
    Run run = cli.run("caption", Photos.of("cat.jpg"), "--language", "en,ja");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("language \"ja\": no provider in use writes it (palette de, en, es, fr)");
    assertThat(cli.run("list").json()).isEmpty();
  }

  @Test
  void storesTagsAndOwner() {
    cli.run("caption", Photos.of("cat.jpg"), "--tag", "a", "--tag", "b", "--owner", "Zoë 🚀");
    assertThat(cli.run("list").json()).isEmpty();
    JsonNode record = cli.run("list", "--owner", "Zoë 🚀", "--tag", "b").json().get(0);
    assertThat(record.get("owner").asText()).isEqualTo("Zoë 🚀");
    assertThat(record.get("tags").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(record.get("thumbnail").asText()).startsWith("images/~");
  }

  @Test
  void readsAListFromStandardInput() {
    Run run =
        cli.input(Photos.of("cat.jpg") + "\n" + Photos.of("coffee.jpg") + "\n").run("caption", "-");
    assertThat(run.json()).hasSize(2);
  }

  @Test
  void readsAListOfNamesWithLineBreaksFromStandardInput() throws IOException {
    Path odd = folder.resolve("a\nb\r.jpg");
    Files.copy(Path.of(Photos.of("cat.jpg")), odd);
    Run run = cli.input(odd + "\0" + Photos.of("coffee.jpg") + "\0").run("caption", "--null", "-");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json())
        .extracting(line -> line.get("file").asText())
        .containsExactly(odd.toString(), Photos.of("coffee.jpg"));
    assertThat(cli.input(odd + "\0").run("caption", "-0", "-").json()).hasSize(1);
    Run alone = cli.run("caption", "-0", Photos.of("cat.jpg"));
    assertThat(alone.status()).isEqualTo(2);
    assertThat(alone.err()).contains("--null: goes with -");
  }

  @Test
  void doesEveryFileAgainWithoutResume() {
    cli.run("caption", Photos.of("cat.jpg"));
    Run again = cli.run("caption", Photos.of("cat.jpg"));
    assertThat(again.json()).hasSize(1);
    assertThat(cli.run("list").json()).hasSize(2);
  }

  @Test
  void skipsWhatIsDoneWithResume() {
    cli.run("caption", Photos.of("cat.jpg"));
    Run again = cli.run("caption", Photos.of("cat.jpg"), Photos.of("coffee.jpg"), "--resume");
    assertThat(again.json()).hasSize(1);
    assertThat(again.json().get(0).get("file").asText()).endsWith("coffee.jpg");
    assertThat(again.err()).contains("1 picture: 1 described, 1 left as they were");
    assertThat(cli.run("list").json()).hasSize(2);
  }

  @Test
  void knowsAFileByItsContentNotItsName() throws IOException {
    cli.run("caption", Photos.of("cat.jpg"));
    Path renamed = Files.copy(Path.of(Photos.of("cat.jpg")), folder.resolve("other.png"));
    assertThat(cli.run("caption", renamed.toString(), "--resume").out()).isEmpty();
    Run other = cli.run("caption", renamed.toString(), "--resume", "--owner", "other");
    assertThat(other.json()).hasSize(1);
  }

  @Test
  void doesWithResumeWhatLacksALanguageOrAStyle() {
    cli.run("caption", Photos.of("cat.jpg"), "--styles", "alt");
    Run more = cli.run("caption", Photos.of("cat.jpg"), "--resume", "--language", "en,de");
    assertThat(more.json()).hasSize(2);
    assertThat(more.json()).allMatch(line -> !line.get("concise").isNull());
    assertThat(cli.run("caption", Photos.of("cat.jpg"), "--resume", "--language", "de").out())
        .isEmpty();
    assertThat(cli.run("list").json()).as("one record, two languages").hasSize(2);
  }

  @Test
  void appendsToTheFileOfResultsWithResume() throws IOException {
    Path out = folder.resolve("out.jsonl");
    Run first = cli.run("caption", Photos.of("cat.jpg"), "--out", out.toString());
    assertThat(first.out()).isEmpty();
    cli.run(
        "caption",
        Photos.of("cat.jpg"),
        Photos.of("coffee.jpg"),
        "--out",
        out.toString(),
        "--resume");
    assertThat(Cli.json(Files.readString(out)))
        .extracting(line -> Path.of(line.get("file").asText()).getFileName().toString())
        .containsExactly("cat.jpg", "coffee.jpg");
    cli.run("caption", Photos.of("coffee.jpg"), "--out", out.toString());
    assertThat(Files.readAllLines(out)).hasSize(1);
  }

  @Test
  void completesLinesThatAnEarlierProcessCouldNotWrite() throws IOException {
    Path out = folder.resolve("out.jsonl");
    String cat = Photos.of("cat.jpg");
    String coffee = Photos.of("coffee.jpg");
    cli.run("caption", cat, coffee, "--out", out.toString());
    String whole = Files.readString(out);
    Files.writeString(out, whole.substring(0, whole.length() - 40));
    cli.run("caption", cat, coffee, "--out", out.toString(), "--resume");
    assertThat(Files.readString(out)).isEqualTo(whole);
  }

  @Test
  void takesCopiesOfAFileInOnceWithResume() throws IOException {
    Path copies = Files.createDirectory(folder.resolve("copies"));
    for (int i = 0; i < 12; i++) {
      Files.copy(Path.of(Photos.of("cat.jpg")), copies.resolve("%02d.jpg".formatted(i)));
    }
    Path out = folder.resolve("out.jsonl");
    Run run =
        cli.run(
            "caption",
            copies.toString(),
            "--out",
            out.toString(),
            "--resume",
            "--concurrency",
            "6");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).contains("1 picture: 1 described, 11 left as they were");
    assertThat(cli.run("list").json()).hasSize(1);
    List<JsonNode> lines = Cli.json(Files.readString(out));
    assertThat(lines).extracting(line -> line.get("file").asText()).hasSize(12).isSorted();
    assertThat(lines).extracting(line -> line.get("id").asText()).containsOnly(idOf(lines.get(0)));
  }

  private static String idOf(JsonNode line) {
    return line.get("id").asText();
  }

  @Test
  void writesNoLineOfARejectedFileAgainUntilItChanges() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    Path broken = Files.writeString(pictures.resolve("broken.jpg"), "no picture");
    Files.copy(Path.of(Photos.of("cat.jpg")), pictures.resolve("cat.jpg"));
    assertThat(statusesAfterResume(pictures, 1)).containsExactly("REJECTED", "DESCRIBED");
    assertThat(statusesAfterResume(pictures, 1)).containsExactly("REJECTED", "DESCRIBED");
    assertThat(statusesAfterResume(pictures, 1)).containsExactly("REJECTED", "DESCRIBED");

    Files.copy(Path.of(Photos.of("coffee.jpg")), broken, StandardCopyOption.REPLACE_EXISTING);
    for (int i = 0; i < 2; i++) {
      assertThat(statusesAfterResume(pictures, 0))
          .containsExactly("REJECTED", "DESCRIBED", "DESCRIBED");
    }
    Files.writeString(broken, "no picture");
    for (int i = 0; i < 2; i++) {
      assertThat(statusesAfterResume(pictures, 1))
          .containsExactly("REJECTED", "DESCRIBED", "DESCRIBED", "REJECTED");
    }
  }

  /** Returns the statuses of all lines of the file of results, which goes from run to run. */
  private List<String> statusesAfterResume(Path pictures, int status) throws IOException {
    Path out = folder.resolve("out.jsonl");
    Run run = cli.run("caption", pictures.toString(), "--resume", "--out", out.toString());
    assertThat(run.status()).as(run.err()).isEqualTo(status);
    return Cli.json(Files.readString(out)).stream()
        .map(line -> line.get("status").asText())
        .toList();
  }

  @Test
  void leavesAFileOfResultsAsItIsWhereAllWasDoneElsewhereToo() throws IOException {
    Path out = folder.resolve("out.jsonl");
    cli.run("caption", Photos.of("cat.jpg"), "--out", out.toString());
    cli.run("caption", Photos.of("cat.jpg"));
    String before = Files.readString(out);
    cli.run("caption", Photos.of("cat.jpg"), "--out", out.toString(), "--resume");
    assertThat(out).content().isEqualTo(before);
  }

  @Test
  void addsTheLineOfAPictureWhoseTextsAreOthersNow() throws IOException {
    Path out = folder.resolve("out.jsonl");
    cli.run("caption", Photos.of("cat.jpg"), "--out", out.toString());
    String id = idOf(Cli.json(Files.readString(out)).get(0));
    cli.run("edit", id, "--alt", "Our cat");
    for (int i = 0; i < 2; i++) {
      cli.run("caption", Photos.of("cat.jpg"), "--out", out.toString(), "--resume");
      List<JsonNode> lines = Cli.json(Files.readString(out));
      assertThat(lines).hasSize(2);
      assertThat(lines.get(1).get("alt").asText()).isEqualTo("Our cat");
    }
  }

  @Test
  void writesAnewWhatWasDoneInAHomeThatIsGone() throws IOException {
    Path out = folder.resolve("out.jsonl");
    cli.run("caption", Photos.of("cat.jpg"), "--out", out.toString());
    Cli elsewhere = new Cli(folder.resolve("another home"));
    elsewhere.run("caption", Photos.of("cat.jpg"), "--out", out.toString(), "--resume");
    List<JsonNode> lines = Cli.json(Files.readString(out));
    assertThat(lines).hasSize(2);
    assertThat(idOf(lines.get(1))).isNotEqualTo(idOf(lines.get(0)));
  }

  @Test
  void countsAndEstimatesOnlyInADryRun() {
    Run run =
        cli.run(
            "caption",
            Photos.FOLDER.toString(),
            "--dry-run",
            "--set",
            "cutline.providers=openai",
            "--set",
            "cutline.provider.openai.model=m",
            "--set",
            "cutline.provider.openai.api-key=k",
            "--set",
            "cutline.provider.openai.endpoint=http://127.0.0.1:9/v1",
            "--set",
            "cutline.provider.openai.price.input=2",
            "--set",
            "cutline.provider.openai.price.output=10");
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode sum = run.json().get(0);
    assertThat(sum.get("pictures").asInt()).isEqualTo(Photos.COUNT);
    assertThat(sum.get("skipped").asInt()).isEqualTo(1);
    assertThat(sum.get("calls").asInt()).isEqualTo(Photos.COUNT);
    assertThat(sum.get("inputTokens").asLong()).isPositive();
    assertThat(sum.get("costUsd").asDouble()).isPositive();
    assertThat(cli.run("list").json()).isEmpty();
    assertThat(cli.onTerminal().run("caption", Photos.of("cat.jpg"), "--dry-run").out())
        .startsWith("1 picture, 1 call, ")
        .contains("$0.00");
  }

  @Test
  void saysThatACostIsUnknownRatherThanNothing() {
    List<String> dryRun =
        List.of(
            "caption",
            Photos.of("cat.jpg"),
            "--dry-run",
            "--set",
            "cutline.providers=openai",
            "--set",
            "cutline.provider.openai.model=m",
            "--set",
            "cutline.provider.openai.api-key=k");

    assertThat(cli.run(dryRun.toArray(String[]::new)).json().get(0).get("costUsd").isNull())
        .isTrue();
    assertThat(cli.onTerminal().run(dryRun.toArray(String[]::new)).out())
        .contains("cost unknown (set price.input and price.output of the provider)");
  }

  @Test
  void leavesOutOfADryRunWhatResumeWouldSkip() {
    cli.run("caption", Photos.of("cat.jpg"));
    Run run =
        cli.run("caption", Photos.of("cat.jpg"), Photos.of("coffee.jpg"), "--dry-run", "--resume");
    assertThat(run.json().get(0).get("pictures").asInt()).isEqualTo(1);
    assertThat(run.json().get(0).get("before").asInt()).isEqualTo(1);
  }

  @Test
  void stopsAtOnceWhenItIsInterruptedBefore() {
    cli.interruption().request();
    Run run = cli.run("caption", Photos.FOLDER.toString());
    assertThat(run.status()).isEqualTo(130);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("0 pictures").contains("interrupted; go on with --resume");
  }

  @Test
  void stopsWhereNobodyReadsTheResults() {
    Run run =
        cli.out(
                new OutputStream() {
                  @Override
                  public void write(int b) throws IOException {
                    throw new IOException("Broken pipe");
                  }
                })
            .run("caption", Photos.FOLDER.toString(), "--concurrency", "1");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("standard output takes no more").contains("--resume");
  }

  @Test
  void refusesToAppendToAFileOfSomethingElse() throws IOException {
    Path letter = Files.writeString(folder.resolve("letter.txt"), "dear\n");
    Run run = cli.run("caption", Photos.of("cat.jpg"), "--out", letter.toString(), "--resume");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("letter.txt").contains("line 1");
    assertThat(letter).hasContent("dear");
  }

  @Test
  void keepsTheLineBreakOfAFileThatEndsWell() throws IOException {
    Path out = folder.resolve("out.jsonl");
    cli.run("caption", Photos.of("cat.jpg"), "--out", out.toString());
    Files.writeString(out, "\n", StandardOpenOption.APPEND);
    cli.run("caption", Photos.of("coffee.jpg"), "--out", out.toString(), "--resume");
    assertThat(Files.readAllLines(out)).hasSize(3);
  }
}
