package dev.cutline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cutline.testsupport.corpus.Corpus;
import dev.cutline.testsupport.corpus.ExifTool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing private is left in what is stored of the corpus, whose private values are marked. */
class StoredFilesIT {
  /**
   * What exiftool may find: what it says of the file itself, the coding, colour profiles, and one
   * EXIF tag.
   */
  private static final Set<String> GROUPS =
      Set.of(
          "SourceFile",
          "ExifTool",
          "File",
          "Composite",
          "JFIF",
          "Adobe",
          "GIF",
          "PNG",
          "RIFF",
          "PNG-pHYs",
          "PNG-cICP");

  private static final Set<String> EXIF = Set.of("IFD0:Orientation");

  /** Text, times and comments have no place in the groups above either. */
  private static final Set<String> NEVER =
      Set.of(
          "comment",
          "description",
          "author",
          "copyright",
          "software",
          "title",
          "modifydate",
          "createdate",
          "xmp",
          "warning");

  @TempDir static Path home;
  @TempDir static Path pictures;

  @BeforeAll
  static void storeTheCorpus() throws Exception {
    Corpus.extractTo(pictures);
    CommandLineProcess run =
        CommandLineProcess.run(
            home,
            List.of("-Xmx1g"),
            "caption",
            "-r",
            pictures.toString(),
            "--set",
            "cutline.providers=palette");
    assertThat(run.status()).as(run.err()).isIn(0, 1);
    assertThat(stored()).hasSizeGreaterThan(3 * 50);
  }

  @Test
  void noMarkedValueIsLeft() throws Exception {
    for (Path file : stored()) {
      String bytes =
          new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
              .toLowerCase(Locale.ROOT);
      assertThat(bytes.contains("secret") || bytes.contains("private") || bytes.contains("48.8584"))
          .as("%s holds what was marked as private", file)
          .isFalse();
    }
  }

  @Test
  void anIndependentReaderFindsNothingOutsideTheAllowList() throws Exception {
    assumeTrue(ExifTool.isThere(), ExifTool.MISSING);
    Process process =
        new ProcessBuilder(
                "exiftool", "-json", "-G1", "-a", "-u", "-r", home.resolve("objects").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    JsonNode files = new ObjectMapper().readTree(process.getInputStream().readAllBytes());
    assertThat(files.size()).isEqualTo(stored().size());
    Set<String> found = new TreeSet<>();
    for (JsonNode file : files) {
      for (Map.Entry<String, JsonNode> tag : file.properties()) {
        if (!isAllowed(tag.getKey())) {
          found.add(tag.getKey());
        }
      }
    }
    assertThat(found).isEmpty();
  }

  private static boolean isAllowed(String tag) {
    String group = tag.replaceFirst(":.*", "");
    String name = tag.substring(tag.indexOf(':') + 1).toLowerCase(Locale.ROOT);
    if (group.startsWith("ICC") || group.equals("System")) {
      return true;
    }
    return EXIF.contains(tag) || GROUPS.contains(group) && NEVER.stream().noneMatch(name::contains);
  }

  private static List<Path> stored() throws Exception {
    try (Stream<Path> files = Files.walk(home.resolve("objects"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
