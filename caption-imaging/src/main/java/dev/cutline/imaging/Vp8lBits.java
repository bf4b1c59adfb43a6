package dev.cutline.imaging;

/**
 * Reads bits of a lossless WebP, the lowest of each byte first. Behind the end come zeros. Not safe
 * for several threads.
 */
final class Vp8lBits {
  private final byte[] file;
  private final Range data;
  private int at;
  private long buffer;
  private int buffered;

  Vp8lBits(byte[] file, Range data) {
    this.file = file;
    this.data = data;
    this.at = data.from();
  }

  /** Returns the next {@code count} bits, 0 to 24. */
  int read(int count) {
    int bits = peek(count);
    skip(count);
    return bits;
  }

  /** Returns the next {@code count} bits, 0 to 24, and leaves them there. */
  int peek(int count) {
    if (buffered < count) {
      fill();
    }
    return (int) (buffer & ((1L << count) - 1));
  }

  /** Passes over {@code count} bits that have been peeked at. */
  void skip(int count) {
    buffer >>>= count;
    buffered -= count;
  }

  /** Tells whether bits behind the end have been read. */
  boolean isOverrun() {
    return at - data.to() > buffered / 8;
  }

  private void fill() {
    while (buffered <= 48) {
      if (at < data.to()) {
        buffer |= (long) Bytes.u8(file, at) << buffered;
      }
      at++;
      buffered += 8;
    }
  }
}
