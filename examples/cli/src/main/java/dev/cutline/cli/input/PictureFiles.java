package dev.cutline.cli.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Tells which files of a folder somebody would call pictures, by name or by content. Generous:
 * whoever is named here and is none gets an error of his own, with a reason.
 */
final class PictureFiles {
  /** Also formats that we do not take: a folder of them deserves to be told so. */
  private static final Set<String> EXTENSIONS =
      Set.of(
          "jpg", "jpeg", "jpe", "jfif", "png", "apng", "gif", "webp", "heic", "heif", "avif", "jxl",
          "tif", "tiff", "bmp");

  private static final int HEAD = 12;

  private PictureFiles() {}

  /** Tells whether a file is a picture by its name or, failing that, by its first bytes. */
  static boolean isPicture(Path file, BasicFileAttributes attributes) {
    if (!attributes.isRegularFile()) {
      return false;
    }
    return hasPictureName(file.toString()) || hasPictureContent(file);
  }

  static boolean hasPictureName(String name) {
    int dot = name.lastIndexOf('.');
    return dot >= 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  private static boolean hasPictureContent(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return isPictureHead(in.readNBytes(HEAD));
    } catch (IOException e) {
      // Not a picture by name, and by content nobody can tell: it is skipped like any other file.
      return false;
    }
  }

  /** Tells whether bytes are how a JPEG, PNG, GIF or WebP starts. */
  static boolean isPictureHead(byte[] head) {
    return startsWith(head, 0, 0xff, 0xd8, 0xff)
        || startsWith(head, 0, 0x89, 'P', 'N', 'G')
        || startsWith(head, 0, 'G', 'I', 'F', '8')
        || startsWith(head, 0, 'R', 'I', 'F', 'F') && startsWith(head, 8, 'W', 'E', 'B', 'P');
  }

  private static boolean startsWith(byte[] head, int offset, int... expected) {
    if (head.length < offset + expected.length) {
      return false;
    }
    int[] actual = new int[expected.length];
    Arrays.setAll(actual, i -> head[offset + i] & 0xff);
    return Arrays.equals(actual, expected);
  }
}
