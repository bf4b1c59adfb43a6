package dev.cutline.cli.input;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of files as texts from which the files can be found again. To most file systems a name is
 * bytes, and they need be no UTF-8: each byte that is none stands as {@code \x} and two digits
 * here, as shells take it within {@code $'…'}. To Java it would be U+FFFD, whichever byte it was.
 */
public final class RawNames {
  private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-fA-F]{2})");
  private static final char REPLACEMENT = '\uFFFD';

  /** Windows has no names that are no text, and a backslash there is no part of a name. */
  private static final boolean NAMES_ARE_BYTES = File.separatorChar == '/';

  private RawNames() {}

  /** Tells whether a text stands for bytes that Java could not make sense of. */
  public static boolean isDamaged(String text) {
    return text.indexOf(REPLACEMENT) >= 0;
  }

  /** Returns bytes as text. */
  public static String text(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer decoded = CharBuffer.allocate(bytes.length);
    StringBuilder text = new StringBuilder(bytes.length);
    while (true) {
      CoderResult result = decoder.decode(in, decoded, true);
      text.append(decoded.flip());
      decoded.clear();
      if (!result.isError()) {
        return text.toString();
      }
      for (int i = 0; i < result.length(); i++) {
        text.append("\\x").append(HexFormat.of().toHexDigits(in.get()));
      }
    }
  }

  /** Returns the text of a path. */
  public static String of(Path path) {
    String text = path.toString();
    if (!isDamaged(text) || !NAMES_ARE_BYTES) {
      return text;
    }
    // Java tells the bytes in this way only, and of whole paths only: one that begins nowhere is
    // put below the root, for the working folder is none of its business.
    String escaped = root(path).resolve(path).toUri().getRawPath();
    String whole = text(unescaped(escaped.replaceFirst("(?<=.)/$", "")));
    return path.isAbsolute() ? whole : whole.substring(1);
  }

  /** Returns the path that a text with bytes in it stands for; empty if there are none in it. */
  static Optional<Path> path(String text) {
    if (!NAMES_ARE_BYTES || !BYTE.matcher(text).find() || text.contains("\\x00")) {
      return Optional.empty();
    }
    Path below = Path.of(URI.create("file:///" + escaped(bytes(text)).replaceFirst("^/+", "")));
    return Optional.of(text.startsWith("/") ? below : below.subpath(0, below.getNameCount()));
  }

  private static Path root(Path path) {
    return path.getFileSystem().getRootDirectories().iterator().next();
  }

  private static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher escape = BYTE.matcher(text);
    int end = 0;
    while (escape.find()) {
      bytes.writeBytes(text.substring(end, escape.start()).getBytes(StandardCharsets.UTF_8));
      bytes.write(HexFormat.fromHexDigits(escape.group(1)));
      end = escape.end();
    }
    bytes.writeBytes(text.substring(end).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  private static String escaped(byte[] bytes) {
    StringBuilder path = new StringBuilder(3 * bytes.length);
    for (byte each : bytes) {
      if (each == '/') {
        path.append('/');
      } else {
        path.append('%').append(HexFormat.of().toHexDigits(each));
      }
    }
    return path.toString();
  }

  private static byte[] unescaped(String path) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) == '%') {
        bytes.write(HexFormat.fromHexDigits(path, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(path.charAt(i));
      }
    }
    return bytes.toByteArray();
  }
}
