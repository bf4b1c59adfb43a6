package dev.cutline.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutline.testsupport.corpus.Corpus;
import dev.cutline.testsupport.corpus.Corpus.Picture;
import dev.cutline.testsupport.corpus.Corpus.Verdict;
import dev.cutline.testsupport.corpus.ExifTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an independent reader of metadata finds in cleaned pictures and in renditions: size, coding,
 * profile, orientation, and nothing else. Needs exiftool: skipped where it is missing, except under
 * CI, where it must be there.
 */
class ExifToolTest {
  /** Groups that say nothing of the person: those of the file system and of exiftool itself. */
  private static final Set<String> ALLOWED_GROUPS = Set.of("ExifTool", "System", "Composite");

  /** The groups of a colour profile: ICC-header, ICC_Profile, ICC-chrm, … */
  private static final String PROFILE = "ICC";

  private static final Set<String> ALLOWED =
      Set.of(
          "File:FileType",
          "File:FileTypeExtension",
          "File:MIMEType",
          "File:ExifByteOrder",
          "File:ImageWidth",
          "File:ImageHeight",
          "File:EncodingProcess",
          "File:BitsPerSample",
          "File:ColorComponents",
          "File:YCbCrSubSampling",
          "JFIF:JFIFVersion",
          "JFIF:ResolutionUnit",
          "JFIF:XResolution",
          "JFIF:YResolution",
          "Adobe:DCTEncodeVersion",
          "Adobe:APP14Flags0",
          "Adobe:APP14Flags1",
          "Adobe:ColorTransform",
          "IFD0:Orientation",
          "PNG:ImageWidth",
          "PNG:ImageHeight",
          "PNG:BitDepth",
          "PNG:ColorType",
          "PNG:Compression",
          "PNG:Filter",
          "PNG:Interlace",
          "PNG:ProfileName",
          "PNG:Palette",
          "PNG:Transparency",
          "PNG:BackgroundColor",
          "PNG:Gamma",
          "PNG:SRGBRendering",
          "PNG:SignificantBits",
          "PNG:WhitePointX",
          "PNG:WhitePointY",
          "PNG:RedX",
          "PNG:RedY",
          "PNG:GreenX",
          "PNG:GreenY",
          "PNG:BlueX",
          "PNG:BlueY",
          "PNG:AnimationFrames",
          "PNG:AnimationPlays",
          "PNG-pHYs:PixelUnits",
          "PNG-pHYs:PixelsPerUnitX",
          "PNG-pHYs:PixelsPerUnitY",
          "GIF:GIFVersion",
          "GIF:ImageWidth",
          "GIF:ImageHeight",
          "GIF:HasColorMap",
          "GIF:ColorResolutionDepth",
          "GIF:BitsPerPixel",
          "GIF:BackgroundColor",
          "GIF:AnimationIterations",
          "GIF:FrameCount",
          "GIF:Duration",
          "GIF:TransparentColor",
          "RIFF:WebP_Flags",
          "RIFF:ImageWidth",
          "RIFF:ImageHeight",
          "RIFF:VP8Version",
          "RIFF:HorizontalScale",
          "RIFF:VerticalScale",
          "RIFF:AlphaIsUsed",
          "RIFF:AlphaPreprocessing",
          "RIFF:AlphaFiltering",
          "RIFF:AlphaCompression",
          "RIFF:BackgroundColor",
          "RIFF:AnimationLoopCount",
          "RIFF:FrameCount",
          "RIFF:Duration");

  @TempDir Path folder;

  @BeforeEach
  void exiftoolIsThere() throws InterruptedException {
    assumeTrue(ExifTool.isThere(), ExifTool.MISSING);
  }

  @Test
  void findsNothingPrivateInCleanedPictures() throws Exception {
    MetadataStripper stripper = new MetadataStripper();
    for (Picture picture : accepted()) {
      byte[] file = picture.bytes();
      ImageInfo info = Pixels.INSPECTOR.inspect(file);
      write(picture, info.format().extension(), stripper.strip(file, info));
    }

    assertThat(tagsBeyondTheAllowed()).isEmpty();
  }

  @Test
  void findsNothingPrivateInRenditions() throws Exception {
    Renderer renderer = new Renderer();
    for (Picture picture : Corpus.folder("metadata")) {
      byte[] file = picture.bytes();
      Renditions renditions = renderer.render(file, Pixels.INSPECTOR.inspect(file));
      write(picture, "model.jpg", renditions.model().toByteArray());
      write(picture, "thumbnail.jpg", renditions.thumbnail().toByteArray());
      write(picture, "square.jpg", renditions.square().toByteArray());
    }

    assertThat(tagsBeyondTheAllowed()).isEmpty();
  }

  @Test
  void findsPlentyInTheOriginals() throws Exception {
    Corpus.extractTo(folder, Corpus.folder("metadata"));

    assertThat(tagsBeyondTheAllowed())
        .contains("GPS:GPSLatitude", "IPTC:Keywords")
        .hasSizeGreaterThan(50);
  }

  private static List<Picture> accepted() {
    return Corpus.pictures().stream().filter(p -> p.verdict() == Verdict.ACCEPT).toList();
  }

  private void write(Picture picture, String extension, byte[] bytes) throws IOException {
    Files.write(folder.resolve(picture.path().replace('/', '-') + "." + extension), bytes);
  }

  /** Returns group and name of each tag that is not allowed, in all files of the folder. */
  private Set<String> tagsBeyondTheAllowed() throws Exception {
    Set<String> tags = new TreeSet<>();
    for (String line : run("exiftool", "-r", "-q", "-a", "-u", "-G1", "-s", folder.toString())) {
      if (!line.startsWith("[")) {
        continue; // the names of the files
      }
      String group = line.substring(1, line.indexOf(']'));
      String name = line.substring(line.indexOf(']') + 1).strip().split("[ :]", 2)[0];
      boolean harmless = ALLOWED_GROUPS.contains(group) || group.startsWith(PROFILE);
      if (!harmless && !ALLOWED.contains(group + ":" + name)) {
        tags.add(group + ":" + name);
      }
    }
    return tags;
  }

  private static List<String> run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    List<String> lines;
    try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
      lines = new ArrayList<>(reader.lines().toList());
    }
    process.waitFor();
    return lines;
  }
}
