package dev.cutline.imaging;

import java.nio.charset.StandardCharsets;

/**
 * Reads numbers and marks out of a file in memory. Callers have checked that the bytes are there.
 */
final class Bytes {
  private Bytes() {}

  static int u8(byte[] file, int at) {
    return file[at] & 0xFF;
  }

  static int u16be(byte[] file, int at) {
    return u8(file, at) << 8 | u8(file, at + 1);
  }

  static int u16le(byte[] file, int at) {
    return u8(file, at) | u8(file, at + 1) << 8;
  }

  static int u24le(byte[] file, int at) {
    return u16le(file, at) | u8(file, at + 2) << 16;
  }

  static long u32be(byte[] file, int at) {
    return (long) u16be(file, at) << 16 | u16be(file, at + 2);
  }

  static long u32le(byte[] file, int at) {
    return u16le(file, at) | (long) u16le(file, at + 2) << 16;
  }

  static void putU32le(byte[] file, int at, long value) {
    for (int i = 0; i < 4; i++) {
      file[at + i] = (byte) (value >> 8 * i);
    }
  }

  /**
   * Tells whether the bytes at {@code at} are those of {@code mark}; false where the file ends
   * before.
   */
  static boolean has(byte[] file, int at, String mark) {
    if (at < 0 || at > file.length - mark.length()) {
      return false;
    }
    for (int i = 0; i < mark.length(); i++) {
      if (u8(file, at + i) != mark.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns {@code length} bytes as text, one character a byte. */
  static String latin1(byte[] file, int at, int length) {
    return new String(file, at, length, StandardCharsets.ISO_8859_1);
  }
}
