package dev.cutline.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes WebP files chunk by chunk. */
final class SyntheticWebp {
  private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();

  /** Starts an extended file. */
  static SyntheticWebp extended(int flags, int width, int height) {
    byte[] header = new byte[10];
    header[0] = (byte) flags;
    putU24(header, 4, width - 1);
    putU24(header, 7, height - 1);
    return new SyntheticWebp().chunk("VP8X", header);
  }

  static SyntheticWebp simple() {
    return new SyntheticWebp();
  }

  SyntheticWebp chunk(String name, byte[] data) {
    chunks.writeBytes(bytesOf(name, data));
    return this;
  }

  /** Adds a frame of an animation that holds these chunks. */
  SyntheticWebp frame(int left, int top, int width, int height, byte[] inner) {
    byte[] data = new byte[16 + inner.length];
    putU24(data, 0, left / 2);
    putU24(data, 3, top / 2);
    putU24(data, 6, width - 1);
    putU24(data, 9, height - 1);
    System.arraycopy(inner, 0, data, 16, inner.length);
    return chunk("ANMF", data);
  }

  byte[] toBytes() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    byte[] inner = chunks.toByteArray();
    byte[] size = new byte[4];
    Bytes.putU32le(size, 0, 4 + inner.length);
    file.writeBytes("RIFF".getBytes(StandardCharsets.ISO_8859_1));
    file.writeBytes(size);
    file.writeBytes("WEBP".getBytes(StandardCharsets.ISO_8859_1));
    file.writeBytes(inner);
    return file.toByteArray();
  }

  static byte[] bytesOf(String name, byte[] data) {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    byte[] size = new byte[4];
    Bytes.putU32le(size, 0, data.length);
    chunk.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
    chunk.writeBytes(size);
    chunk.writeBytes(data);
    if (data.length % 2 != 0) {
      chunk.write(0);
    }
    return chunk.toByteArray();
  }

  /** Returns a lossless picture of one colour, which takes no bits a pixel. */
  static byte[] evenLossless(int width, int height, int argb) {
    LsbBits bits = losslessHeader(width, height, argb >>> 24 != 255);
    bits.put(0, 1).put(0, 1).put(0, 1); // no transform, no cache, one group of codes
    for (int symbol : new int[] {argb >> 8 & 255, argb >> 16 & 255, argb & 255, argb >>> 24}) {
      bits.put(1, 1).put(0, 1).put(1, 1).put(symbol, 8);
    }
    return bits.put(1, 1).put(0, 1).put(0, 1).put(0, 1).toBytes();
  }

  static LsbBits losslessHeader(int width, int height, boolean alpha) {
    return new LsbBits()
        .put(0x2F, 8)
        .put(width - 1, 14)
        .put(height - 1, 14)
        .put(alpha ? 1 : 0, 1)
        .put(0, 3);
  }

  /** Returns a lossy picture that is all zeros behind its header, which decodes to an even one. */
  static byte[] evenLossy(int width, int height) {
    int blocks = (width + 15) / 16 * ((height + 15) / 16);
    byte[] data = new byte[10 + 1024 + blocks * 8];
    int firstPart = 1024 + blocks * 2;
    int tag = 0x10 | firstPart << 5;
    putU24(data, 0, tag);
    data[3] = (byte) 0x9D;
    data[4] = 0x01;
    data[5] = 0x2A;
    data[6] = (byte) width;
    data[7] = (byte) (width >> 8);
    data[8] = (byte) height;
    data[9] = (byte) (height >> 8);
    return data;
  }

  private static void putU24(byte[] into, int at, int value) {
    for (int i = 0; i < 3; i++) {
      into[at + i] = (byte) (value >> 8 * i);
    }
  }

  /** Bits, the lowest of each byte first. */
  static final class LsbBits {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long buffer;
    private int count;

    LsbBits put(int value, int bits) {
      buffer |= (value & (1L << bits) - 1) << count;
      count += bits;
      while (count >= 8) {
        out.write((int) buffer);
        buffer >>>= 8;
        count -= 8;
      }
      return this;
    }

    byte[] toBytes() {
      return put(0, 7).out.toByteArray();
    }
  }
}
