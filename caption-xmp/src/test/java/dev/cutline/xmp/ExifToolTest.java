package dev.cutline.xmp;

import static dev.cutline.xmp.Samples.captioned;
import static dev.cutline.xmp.Samples.english;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutline.testsupport.corpus.Corpus;
import dev.cutline.testsupport.corpus.Corpus.Picture;
import dev.cutline.testsupport.corpus.ExifTool;
import dev.cutline.xmp.SidecarReport.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an independent program reads in our sidecars, and what becomes of ours in its hands. Needs
 * exiftool: skipped where it is missing, except under CI, where it must be there.
 */
class ExifToolTest {
  private static final Map<String, String> TEXTS = new LinkedHashMap<>();

  static {
    TEXTS.put("en", "A \"cat\" & <friends> ]]> it's 😀👨‍👩‍👧 &amp; &#65;");
    TEXTS.put("ar", "قطة تنظر إليك من النافذة");
    TEXTS.put("zh-Hant", "一隻貓看著你");
    TEXTS.put("pt-BR", "Um gato à janela");
    TEXTS.put("de", "Zwei Zeilen:\nKatze, Fenster");
  }

  @TempDir private Path folder;

  @BeforeEach
  void exiftoolIsThere() throws InterruptedException {
    assumeTrue(ExifTool.isThere(), ExifTool.MISSING);
  }

  @Test
  void readsBackEveryFieldBesidePicturesThatStayAsTheyWere() throws Exception {
    List<Picture> pictures = new ArrayList<>(Corpus.folder("metadata"));
    pictures.addAll(Corpus.folder("photos"));
    PictureText text = PictureText.of(captioned(TEXTS, "cat", "at home, <&>", "قطة", "😀"));
    Corpus.extractTo(folder, pictures);
    for (Picture picture : pictures) {
      XmpSidecars.ofDefaults().write(folder.resolve(picture.path()), text);
      assertThat(folder.resolve(picture.path())).hasBinaryContent(picture.bytes());
    }
    for (Picture picture : pictures.subList(0, 3)) {
      Path sidecar = folder.resolve(picture.path() + ".xmp");
      Map<String, String> read = read(sidecar);
      for (Map.Entry<String, String> expected : text.descriptions().entrySet()) {
        assertThat(read).containsEntry(tag("Description", expected.getKey()), expected.getValue());
      }
      for (Map.Entry<String, String> expected : text.altTexts().entrySet()) {
        assertThat(read)
            .containsEntry(tag("AltTextAccessibility", expected.getKey()), expected.getValue());
      }
      assertThat(read).containsEntry("Subject", String.join("|", text.keywords()));
      assertThat(read).doesNotContainKeys("Warning", "Error");
    }
    assertThat(
            exiftool("-q", "-r", "-ext", "xmp", "-validate", "-warning", "-a", folder.toString()))
        .as("warnings about any of them")
        .doesNotContain("Warning");
  }

  @Test
  void readsTheEmptyAltTextOfADecoration() throws Exception {
    Path picture = folder.resolve("line.png");
    PictureText decoration =
        PictureText.of(
            Samples.record()
                .captions(List.of(Samples.caption(dev.cutline.CaptionStyle.ALT, "en", "")))
                .build());
    Path sidecar = XmpSidecars.ofDefaults().write(picture, decoration).file();
    assertThat(read(sidecar))
        .containsEntry("AltTextAccessibility", "")
        .containsEntry("AltTextAccessibility-en", "");
  }

  /** Others write the whole file anew; what is ours is known to be ours after that. */
  @Test
  void knowsItsOwnAfterAnotherProgramHasWrittenTheSidecarAnew() throws Exception {
    Path picture = folder.resolve("cat.jpg");
    Path sidecar =
        XmpSidecars.ofDefaults().write(picture, PictureText.of(captioned(TEXTS, "cat"))).file();
    String before = Files.readString(sidecar);
    exiftool(
        "-q",
        "-overwrite_original",
        "-XMP-xmp:Rating=4",
        "-XMP-dc:Subject+=theirs",
        sidecar.toString());
    assertThat(Files.readString(sidecar)).isNotEqualTo(before).contains("Image::ExifTool");

    XmpSidecars sidecars = XmpSidecars.ofDefaults();
    assertThat(sidecars.write(picture, PictureText.of(captioned(TEXTS, "cat"))).change())
        .isEqualTo(Change.UNCHANGED);
    SidecarReport report = sidecars.write(picture, english("Another", "dog"));
    assertThat(report.kept()).isEmpty();
    assertThat(read(sidecar))
        .containsEntry("Description", "Another")
        .containsEntry("Description-en", "Another")
        .doesNotContainKey("Description-ar")
        .containsEntry("Subject", "theirs|dog")
        .containsEntry("Rating", "4");
  }

  @Test
  void keepsWhatAPersonWroteWithAnotherProgram() throws Exception {
    Path picture = folder.resolve("cat.jpg");
    Path sidecar = XmpSidecars.ofDefaults().write(picture, english("Ours", "cat", "dog")).file();
    exiftool(
        "-q",
        "-overwrite_original",
        "-XMP-dc:Description=By hand",
        "-XMP-dc:Subject-=dog",
        sidecar.toString());
    SidecarReport report = XmpSidecars.ofDefaults().write(picture, english("Newer", "cat", "dog"));
    assertThat(report.kept()).contains("dc:description x-default", "dc:subject dog");
    assertThat(read(sidecar))
        .containsEntry("Description", "By hand")
        .containsEntry("Subject", "cat")
        .containsEntry("AltTextAccessibility", "Alt: Newer");
    XmpSidecars.builder().replacing(true).build().write(picture, english("Newer", "cat", "dog"));
    assertThat(read(sidecar))
        .containsEntry("Description", "Newer")
        .containsEntry("Subject", "cat|dog");
  }

  @ParameterizedTest
  @ValueSource(strings = {"darktable.xmp", "exiftool.xmp", "lightroom.xmp"})
  void readsEverythingElseInASidecarOfOthersAsBefore(String name) throws Exception {
    Path picture = folder.resolve("cat.jpg");
    Path sidecar = Files.writeString(folder.resolve("cat.jpg.xmp"), Samples.sidecar(name));
    Map<String, String> before = read(sidecar);
    XmpSidecars.ofDefaults().write(picture, PictureText.of(captioned(TEXTS, "cat")));
    Map<String, String> after = read(sidecar);
    before.remove("Subject");
    assertThat(after).containsAllEntriesOf(before).hasSizeGreaterThan(before.size());
    assertThat(after.get("Subject")).endsWith("|cat");
  }

  private static String tag(String name, String language) {
    return language.equals("x-default") ? name : name + "-" + language;
  }

  /** Returns the XMP of a file by tag, with the items of an array between bars. */
  private static Map<String, String> read(Path sidecar) throws Exception {
    // exiftool writes languages in a case of its own
    Map<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    String read = exiftool("-a", "-s", "-ec", "-sep", "|", "-XMP:all", sidecar.toString());
    for (String line : read.lines().toList()) {
      String[] parts = line.split("\\s*: ?", 2);
      tags.put(parts[0], parts.length < 2 ? "" : parts[1].replace("\\n", "\n"));
    }
    return tags;
  }

  private static String exiftool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("exiftool", "-charset", "UTF8"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
