package dev.cutline.imaging;

import dev.cutline.ImageFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Knows files by their first bytes: the pictures that are taken, and by name what people send
 * instead.
 */
final class FileKinds {
  private static final String REMEDY = "; JPEG, PNG, GIF and WebP are taken";

  private static final List<Kind> OTHERS =
      List.of(
          brand("an AVIF picture", "avif", "avis"),
          brand(
              "a HEIC picture, as iPhones make them",
              "heic",
              "heix",
              "hevc",
              "heim",
              "heis",
              "mif1",
              "msf1"),
          brand("a film (MP4 or QuickTime)", ""),
          mark(
              "a TIFF picture or a camera's raw file",
              "II*\0",
              "MM\0*",
              "II+\0",
              "MM\0+",
              "IIRO",
              "IIU\0"),
          mark("a BMP picture", "BM"),
          mark("a PDF document", "%PDF"),
          mark("a Photoshop file", "8BPS"),
          mark("a JPEG XL picture", "\u00ff\n", "\0\0\0\fJXL "),
          mark("a JPEG 2000 picture", "\0\0\0\fjP  ", "\u00ffO\u00ffQ"),
          mark("an icon file (ICO)", "\0\0\1\0"),
          mark("a ZIP archive or an office document", "PK\3\4", "PK\5\6"),
          mark("a packed file (gzip)", "\u001f\u008b"),
          mark("a PostScript file", "%!PS"),
          mark("a sound or film file (RIFF)", "RIFF"),
          mark("a film (Matroska or WebM)", "\u001aE\u00df\u00a3"),
          text("an SVG drawing", "<svg"),
          text("a web page (HTML)", "<!doctype html", "<html", "<head", "<body"),
          text("an XML document", "<?xml"),
          text("a JSON document", "{", "["));

  private FileKinds() {}

  /** Returns the format of a picture by its signature; empty if it has none that is taken. */
  static Optional<ImageFormat> pictureFormat(byte[] file) {
    if (Bytes.has(file, 0, "\u00ff\u00d8\u00ff")) {
      return Optional.of(ImageFormat.JPEG);
    }
    if (Bytes.has(file, 0, PngChunks.SIGNATURE)) {
      return Optional.of(ImageFormat.PNG);
    }
    if (Bytes.has(file, 0, "GIF87a") || Bytes.has(file, 0, "GIF89a")) {
      return Optional.of(ImageFormat.GIF);
    }
    if (Bytes.has(file, 0, "RIFF") && Bytes.has(file, 8, "WEBP")) {
      return Optional.of(ImageFormat.WEBP);
    }
    return Optional.empty();
  }

  /** Returns one line that says what the file looks like instead. */
  static String refusal(byte[] file) {
    if (file.length == 0) {
      return "the file is empty" + REMEDY;
    }
    if (isBlank(file)) {
      return "the file holds nothing but zeros; copy or download it again";
    }
    for (Kind kind : OTHERS) {
      if (kind.test.test(file)) {
        return "the file is " + kind.name + " by its content" + REMEDY;
      }
    }
    return "the file is no picture by its content" + REMEDY;
  }

  private static boolean isBlank(byte[] file) {
    for (byte value : file) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private static Kind mark(String name, String... marks) {
    return new Kind(
        name, file -> List.of(marks).stream().anyMatch(mark -> Bytes.has(file, 0, mark)));
  }

  /** The family of formats whose first box is ftyp; the brand behind it tells them apart. */
  private static Kind brand(String name, String... brands) {
    return new Kind(
        name,
        file ->
            Bytes.has(file, 4, "ftyp")
                && List.of(brands).stream().anyMatch(brand -> Bytes.has(file, 8, brand)));
  }

  /**
   * Text, in any case and behind white space, a byte order mark, comments or an XML declaration.
   */
  private static Kind text(String name, String... starts) {
    return new Kind(
        name,
        file -> {
          String head = new String(file, 0, Math.min(file.length, 1024), StandardCharsets.UTF_8);
          String bare = head.replace("\uFEFF", "").strip().toLowerCase(Locale.ROOT);
          return List.of(starts).stream().anyMatch(start -> startsWith(bare, start));
        });
  }

  private static boolean startsWith(String text, String start) {
    boolean isProlog =
        text.startsWith("<?xml") || text.startsWith("<!--") || text.startsWith("<!doctype svg");
    return text.startsWith(start) || isProlog && start.length() > 2 && text.contains(start);
  }

  private record Kind(String name, Predicate<byte[]> test) {}
}
