package dev.cutline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cutline.cli.Cli.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidecarExportTest {
  @TempDir private Path folder;

  private Path photos;
  private Path cat;
  private Cli cli;
  private String id;

  @BeforeEach
  void captionACat() throws IOException {
    photos = Files.createDirectory(folder.resolve("photos"));
    cat = Files.copy(Path.of(Photos.of("cat.jpg")), photos.resolve("cat.jpg"));
    cli = new Cli(folder.resolve("home"));
    id = caption(cat);
  }

  @Test
  void writesASidecarBesideAFileAndLeavesTheFileAlone() throws IOException {
    cli.run("edit", id, "--creative", "She has <seen> it & \"all\" 😀.", "--tag", "pet");
    byte[] before = Files.readAllBytes(cat);
    Run run = cli.run("export", "--xmp", cat.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("1 sidecar: 1 created\n");
    assertThat(photos.resolve("cat.jpg.xmp"))
        .content()
        .contains("She has &lt;seen&gt; it &amp; ", "😀", "<rdf:li>pet</rdf:li>");
    assertThat(cat).hasBinaryContent(before);
    assertThat(cli.run("export", "--xmp", cat.toString()).err())
        .isEqualTo("1 sidecar: 1 unchanged\n");
    assertThat(names()).containsExactly("cat.jpg", "cat.jpg.xmp");
  }

  @Test
  void knowsAFileByItsContentWhereverItLies() throws IOException {
    Path moved = Files.createDirectories(photos.resolve("a/b")).resolve("renamed.png");
    Files.move(cat, moved);
    assertThat(cli.run("export", "--xmp", photos.toString()).err()).startsWith("0 sidecars");
    assertThat(cli.run("export", "--xmp", "-r", photos.toString()).err())
        .isEqualTo("1 sidecar: 1 created\n");
    assertThat(moved.resolveSibling("renamed.png.xmp")).exists();
  }

  @Test
  void namesTheFilesThatHaveNoCaption() throws IOException {
    Path coffee = Files.copy(Path.of(Photos.of("coffee.jpg")), photos.resolve("coffee.jpg"));
    Files.writeString(photos.resolve("notes.txt"), "no picture");
    Run run = cli.run("export", "--xmp", photos.toString());
    assertThat(run.status()).isZero();
    assertThat(run.err())
        .isEqualTo(
            coffee
                + ": there is no caption of it; caption it first\n"
                + "1 sidecar: 1 created, 1 without caption\n");
    assertThat(cli.run("export", "--xmp", cat.toString(), "--owner", "somebody").err())
        .contains("0 sidecars: 1 without caption");
  }

  @Test
  void takesWhatIsAskedForOnly() {
    assertThat(cli.run("export", "--xmp", cat.toString(), "--status", "captioned").err())
        .isEqualTo("0 sidecars: 1 left out\n");
    assertThat(cli.run("export", "--xmp", cat.toString(), "--status", "described").err())
        .isEqualTo("1 sidecar: 1 created\n");
  }

  @Test
  void letsTheNewestOfSeveralRecordsSpeak() throws IOException {
    String newer = caption(cat);
    cli.run("edit", id, "--creative", "The older one.");
    cli.run("edit", newer, "--creative", "The newer one.");
    cli.run("export", "--xmp", cat.toString());
    assertThat(photos.resolve("cat.jpg.xmp"))
        .content()
        .contains("The newer one.")
        .doesNotContain("The older one.");
  }

  @Test
  void keepsTheWordsOfOthersUnlessToldOtherwise() throws IOException {
    cli.run("edit", id, "--creative", "Ours.");
    Path sidecar = Files.writeString(photos.resolve("cat.xmp"), sidecarOfOthers());
    Run run = cli.run("export", "--xmp", cat.toString(), "--verbose");
    assertThat(run.err())
        .contains("cat.jpg: left to others: dc:description x-default, dc:description en\n")
        .contains("1 updated, 1 with words of others that were kept (--replace writes over them)");
    assertThat(sidecar).content().contains(">Theirs<").doesNotContain("Ours.");
    assertThat(cli.run("export", "--xmp", "--replace", cat.toString()).err())
        .isEqualTo("1 sidecar: 1 updated\n");
    assertThat(sidecar).content().contains(">Ours.<").doesNotContain("Theirs");
    assertThat(names()).containsExactly("cat.jpg", "cat.xmp");
  }

  @Test
  void takesAListOfFilesFromStandardInput() {
    Run run = cli.input(cat + "\0").run("export", "--xmp", "-0", "-");
    assertThat(run.err()).isEqualTo("1 sidecar: 1 created\n");
    assertThat(cli.input(cat + "\n").run("export", "--xmp", "-").err())
        .isEqualTo("1 sidecar: 1 unchanged\n");
  }

  @Test
  void namesSidecarsByTheStemWhereAsked() throws IOException {
    Run run = cli.run("export", "--xmp", "--sidecar-name", "stem", photos.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(names()).containsExactly("cat.jpg", "cat.xmp");
  }

  @Test
  void goesOnPastASidecarThatCannotBeRead() throws IOException {
    Path coffee = Files.copy(Path.of(Photos.of("coffee.jpg")), photos.resolve("coffee.jpg"));
    caption(coffee);
    Path broken = Files.writeString(photos.resolve("cat.jpg.xmp"), "<!DOCTYPE x><x>\u001b[31m</x>");
    Run run = cli.run("export", "--xmp", photos.toString(), photos.resolve("none.jpg").toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains(cat + ": the sidecar cat.jpg.xmp declares a document type")
        .contains("none.jpg: does not exist")
        .endsWith("1 sidecar: 1 created, 2 failed\n")
        .doesNotContain("\tat ");
    assertThat(broken).hasContent("<!DOCTYPE x><x>\u001b[31m</x>");
    assertThat(names()).contains("coffee.jpg.xmp");
  }

  @Test
  void tellsWhichSidecarCannotBeWritten() throws IOException {
    // The picture may have this name, its sidecar may not.
    Path longest = Files.move(cat, photos.resolve("x".repeat(249) + ".jpg"));
    Run run = cli.run("export", "--xmp", longest.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith(longest + ": its sidecar cannot be written (")
        .endsWith("0 sidecars: 1 failed\n");
  }

  @Test
  void stopsOnAFullDiskWithoutHalfASidecar() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=256k", "none", small.toString()))
        .as("a small file system cannot be mounted here")
        .isZero();
    try {
      Path picture = Files.copy(cat, small.resolve("cat.jpg"));
      fill(small.resolve("filler"));
      Run run = cli.run("export", "--xmp", small.toString());
      assertThat(run.status()).as(run.err()).isEqualTo(3);
      assertThat(run.err()).contains("no room for the sidecar of " + picture, "free some space");
      try (Stream<Path> files = Files.list(small)) {
        assertThat(files).containsExactlyInAnyOrder(picture, small.resolve("filler"));
      }
    } finally {
      run("umount", small.toString());
    }
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  out.write(new byte[1024]);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Test
  void stopsBetweenFilesWhenInterrupted() {
    cli.interruption().request();
    Run run = cli.run("export", "--xmp", photos.toString());
    assertThat(run.status()).isEqualTo(130);
    assertThat(photos.resolve("cat.jpg.xmp")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export --xmp",
        "export --xmp --csv - x.jpg",
        "export --csv - x.jpg",
        "export --csv - -r",
        "export --csv - --replace",
        "export --csv - --null",
        "export --xmp --null x.jpg",
        "export --csv - --sidecar-name stem",
        "export --xmp --from yesterday x.jpg",
        "export --xmp --sidecar-name odd x.jpg"
      })
  void endsWithTwoOnWrongUsage(String line) {
    Run run = cli.run(line.split(" "));
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).singleElement().asString().startsWith("cutline: ");
  }

  private static String sidecarOfOthers() {
    return """
        <x:xmpmeta xmlns:x="adobe:ns:meta/">
         <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
          <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
           <dc:description>
            <rdf:Alt>
             <rdf:li xml:lang="x-default">Theirs</rdf:li>
            </rdf:Alt>
           </dc:description>
          </rdf:Description>
         </rdf:RDF>
        </x:xmpmeta>
        """;
  }

  private String caption(Path file) {
    Run run = cli.run("caption", file.toString());
    assertThat(run.status()).as(run.err()).isZero();
    return run.json().get(0).get("id").asText();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(photos)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
