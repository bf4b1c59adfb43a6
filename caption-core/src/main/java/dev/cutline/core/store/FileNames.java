package dev.cutline.core.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns the segments of keys into names of files and back. A segment stands as it is, but for those
 * that Windows keeps for itself or cuts off: they get a plus sign, which no key holds, on both
 * ends.
 */
final class FileNames {
  /** Many file systems take 255 bytes; the rest is for the signs. */
  private static final int MAX_SEGMENT = 250;

  private static final Pattern RESERVED =
      Pattern.compile("(?:con|prn|aux|nul|com\\d|lpt\\d)(?:\\..*)?|.*\\.");

  private static final Pattern PLAIN = Pattern.compile("(?!\\.+$)[a-z0-9~_.-]+");

  private FileNames() {}

  /**
   * Returns where a key lies below a folder; a prefix that ends in a slash is taken as its folder.
   */
  static Path resolve(Path folder, String key) {
    Path path = folder;
    for (String segment : key.split("/", 0)) {
      if (segment.length() > MAX_SEGMENT) {
        throw new IllegalArgumentException(
            "a segment of a key has at most " + MAX_SEGMENT + " characters in files");
      }
      path = path.resolve(encode(segment));
    }
    return path;
  }

  /** Returns the segment that a name stands for; empty if it is none of ours. */
  static Optional<String> decode(String name) {
    boolean marked = name.length() > 2 && name.startsWith("+") && name.endsWith("+");
    String segment = marked ? name.substring(1, name.length() - 1) : name;
    return PLAIN.matcher(segment).matches() && encode(segment).equals(name)
        ? Optional.of(segment)
        : Optional.empty();
  }

  private static String encode(String segment) {
    return RESERVED.matcher(segment).matches() ? "+" + segment + "+" : segment;
  }
}
