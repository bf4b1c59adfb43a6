package dev.cutline.imaging;

import java.util.Arrays;

/**
 * Collects bytes into one array that is never copied more than once at the end. Not safe for
 * several threads.
 */
final class ByteSink {
  private byte[] bytes;
  private int size;

  /**
   * @param capacity bytes that will do in all likelihood; more are taken when they come
   */
  ByteSink(int capacity) {
    bytes = new byte[capacity];
  }

  int size() {
    return size;
  }

  ByteSink put(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
    return this;
  }

  ByteSink put(byte[] from) {
    return put(from, 0, from.length);
  }

  /** Appends the bytes of {@code from} between two places. */
  ByteSink put(byte[] from, int start, int end) {
    reserve(end - start);
    System.arraycopy(from, start, bytes, size, end - start);
    size += end - start;
    return this;
  }

  /** Appends one byte a character. */
  ByteSink put(String mark) {
    for (int i = 0; i < mark.length(); i++) {
      put(mark.charAt(i));
    }
    return this;
  }

  ByteSink putU16be(int value) {
    return put(value >> 8).put(value);
  }

  ByteSink putU32be(long value) {
    return putU16be((int) (value >> 16)).putU16be((int) value);
  }

  ByteSink putU32le(long value) {
    return put((int) value)
        .put((int) (value >> 8))
        .put((int) (value >> 16))
        .put((int) (value >> 24));
  }

  /** Writes a length over four bytes that have been appended before. */
  void patchU32le(int at, long value) {
    Bytes.putU32le(bytes, at, value);
  }

  /** Returns what has been appended; the sink is not used any more. */
  byte[] toByteArray() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length + (bytes.length >> 1) + 16));
    }
  }
}
