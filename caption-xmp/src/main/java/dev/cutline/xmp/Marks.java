package dev.cutline.xmp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What of a sidecar is by us: a line for each text that we wrote, with what it is and the start of
 * its SHA-256, kept in the sidecar itself as {@code cutline:written}. A text that has its mark is
 * ours still and may be replaced or removed; one that has not is somebody's. A mark without its
 * text tells that somebody removed or changed it.
 *
 * <pre>
 * dc:description x-default 3c9a0f5d2b7e6a14
 * dc:description en 3c9a0f5d2b7e6a14
 * dc:subject b2f5ff47436671b6
 * </pre>
 */
final class Marks {
  private static final int DIGITS = 16;

  private final XmpArray written;

  /** The items by their lines: there may be as many as there are keywords. */
  private final Map<String, XmpArray.Item> lines = new HashMap<>();

  private Marks(XmpArray written) {
    this.written = written;
    for (XmpArray.Item item : written.items()) {
      String line = item.text();
      if (line != null) {
        lines.putIfAbsent(line, item);
      }
    }
  }

  static Marks of(XmpDocument document) throws MalformedXmpException {
    return new Marks(XmpArray.of(document, XmpProperty.WRITTEN));
  }

  /** Returns what a text of an alternative is called in its mark. */
  static String key(XmpProperty property, String language) {
    return property.qualifiedName() + " " + language.toLowerCase(Locale.ROOT);
  }

  /** Tells whether something was written under this name, whatever became of it. */
  boolean has(String key) {
    return lines.keySet().stream().anyMatch(line -> isOf(line, key));
  }

  /** Tells whether this very text was written under this name. */
  boolean has(String key, String text) {
    return lines.containsKey(line(key, text));
  }

  /** Notes a text as the only one of this name. */
  void put(String key, String text) {
    if (has(key, text)) {
      return;
    }
    List.copyOf(lines.keySet()).stream().filter(line -> isOf(line, key)).forEach(this::forget);
    add(key, text);
  }

  /** Notes a text as one more of this name. */
  void add(String key, String text) {
    String line = line(key, text);
    if (!lines.containsKey(line)) {
      lines.put(line, written.add(null, line));
    }
  }

  /** Forgets a text of this name. */
  void remove(String key, String text) {
    forget(line(key, text));
  }

  private void forget(String line) {
    XmpArray.Item item = lines.remove(line);
    if (item != null) {
      item.remove();
    }
  }

  XmpArray array() {
    return written;
  }

  private static boolean isOf(String line, String key) {
    return line.length() == key.length() + 1 + DIGITS && line.startsWith(key + " ");
  }

  private static String line(String key, String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return key + " " + HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
