package dev.cutline.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * How owners stand in the keys of stores. A plain owner stands as it is, any other as {@code ~} and
 * the base32 of its SHA-256, so that no owner reaches another's prefix, on file systems without
 * case either.
 */
public final class OwnerKey {
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  private OwnerKey() {}

  /**
   * Returns the key of an owner: 1 to 64 characters of {@code [a-z0-9_~-]}, the same always.
   *
   * @throws IllegalArgumentException if the owner is no Unicode text
   */
  public static String of(String owner) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(owner)) {
      // Encoded all the same, every half of a surrogate pair would become the same question mark,
      // and two owners would have one key.
      throw new IllegalArgumentException("the owner is no Unicode text: half of a surrogate pair");
    }
    return PLAIN.matcher(owner).matches() ? owner : "~" + base32(sha256(owner));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** RFC 4648 in lower case, without padding. */
  private static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder((bytes.length * 8 + 4) / 5);
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = buffer << 8 | b & 0xff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE32.charAt(buffer >> bits & 31));
      }
    }
    if (bits > 0) {
      text.append(BASE32.charAt(buffer << 5 - bits & 31));
    }
    return text.toString();
  }
}
