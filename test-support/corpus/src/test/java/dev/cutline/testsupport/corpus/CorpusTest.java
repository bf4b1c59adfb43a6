package dev.cutline.testsupport.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.testsupport.corpus.Corpus.Picture;
import dev.cutline.testsupport.corpus.Corpus.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
  @TempDir Path folder;

  @Test
  void everyPictureIsTheOneThatTheManifestDescribes() throws Exception {
    String manifest = resource("MANIFEST.md");

    for (Picture picture : Corpus.pictures()) {
      String line =
          manifest.lines().filter(l -> l.startsWith("| " + picture.path())).findFirst().orElse("");
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(picture.bytes());
      assertThat(line)
          .as(picture.path())
          .contains("| " + picture.bytes().length + " |")
          .contains(HexFormat.of().formatHex(hash).substring(0, 16));
    }
    assertThat(Corpus.pictures())
        .hasSize(
            (int)
                manifest
                    .lines()
                    .filter(l -> l.contains("/"))
                    .filter(l -> l.startsWith("| "))
                    .count());
  }

  @Test
  void onlyTheArithmeticJpegMayBeRefused() {
    List<Picture> either =
        Corpus.pictures().stream().filter(p -> p.verdict() == Verdict.EITHER).toList();

    assertThat(either).extracting(Picture::path).containsExactly("jpeg/arithmetic.jpg");
    assertThat(either.get(0).note()).contains("arithmetic");
  }

  @Test
  void extractsFilesUnderTheirPaths() throws IOException {
    List<Path> files = Corpus.extractTo(folder, Corpus.folder("photos"));

    assertThat(files).hasSameSizeAs(Corpus.folder("photos"));
    assertThat(Files.readAllBytes(folder.resolve("photos/cat.jpg")))
        .isEqualTo(Corpus.bytes("photos/cat.jpg"));
  }

  @Test
  void extractsEverythingByDefault() throws IOException {
    assertThat(Corpus.extractTo(folder)).hasSameSizeAs(Corpus.pictures());
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> Corpus.picture("photos/dog.jpg"))
        .hasMessageContaining("photos/dog.jpg");
    assertThatThrownBy(() -> Corpus.folder("paintings")).hasMessageContaining("paintings");
    assertThatThrownBy(() -> new Picture("photos/dog.jpg", Verdict.ACCEPT, "").bytes())
        .hasMessageContaining("photos/dog.jpg");
  }

  @Test
  void namesAPictureWithoutItsFolders() {
    assertThat(Corpus.picture("photos/cat.jpg").name()).isEqualTo("cat.jpg");
    assertThat(Corpus.picture("photos/cat.jpg")).hasToString("photos/cat.jpg");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Corpus.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
