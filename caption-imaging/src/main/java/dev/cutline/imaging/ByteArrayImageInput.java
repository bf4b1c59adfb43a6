package dev.cutline.imaging;

import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Lets decoders read a piece of an array. The streams of the JDK would copy it into a cache, in
 * memory or even on disk. Not safe for several threads.
 */
final class ByteArrayImageInput extends ImageInputStreamImpl {
  private final byte[] bytes;
  private final Range range;

  ByteArrayImageInput(byte[] bytes, Range range) {
    this.bytes = bytes;
    this.range = range;
  }

  ByteArrayImageInput(byte[] bytes) {
    this(bytes, new Range(0, bytes.length));
  }

  @Override
  public int read() {
    bitOffset = 0;
    if (streamPos >= range.length()) {
      return -1;
    }
    return Bytes.u8(bytes, range.from() + (int) streamPos++);
  }

  @Override
  public int read(byte[] into, int from, int length) {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (streamPos >= range.length()) {
      return -1;
    }
    int count = (int) Math.min(length, range.length() - streamPos);
    System.arraycopy(bytes, range.from() + (int) streamPos, into, from, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return range.length();
  }
}
