package dev.cutline.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes GIF files block by block, with a table of two colours: 0 is black, 1 is red. */
final class SyntheticGif {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private SyntheticGif(int width, int height) {
    out.writeBytes("GIF89a".getBytes(StandardCharsets.ISO_8859_1));
    putSize(width, height);
    out.writeBytes(new byte[] {(byte) 0x80, 0, 0, 0, 0, 0, (byte) 255, 0, 0});
  }

  static SyntheticGif of(int width, int height) {
    return new SyntheticGif(width, height);
  }

  SyntheticGif extension(int label, byte[]... subBlocks) {
    out.write(0x21);
    out.write(label);
    for (byte[] subBlock : subBlocks) {
      out.write(subBlock.length);
      out.writeBytes(subBlock);
    }
    out.write(0);
    return this;
  }

  SyntheticGif application(String name, byte[]... subBlocks) {
    byte[][] all = new byte[subBlocks.length + 1][];
    all[0] = name.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(subBlocks, 0, all, 1, subBlocks.length);
    return extension(0xFF, all);
  }

  /** Adds a colour profile, in sub-blocks as long as they may be. */
  SyntheticGif profile(byte[] profile) {
    byte[][] pieces = new byte[(profile.length + 254) / 255][];
    for (int i = 0; i < pieces.length; i++) {
      int from = 255 * i;
      pieces[i] = Arrays.copyOfRange(profile, from, Math.min(profile.length, from + 255));
    }
    return application("ICCRGBG1012", pieces);
  }

  /** Adds the extension that makes an index of the next frame transparent. */
  SyntheticGif transparent(int index) {
    return extension(0xF9, new byte[] {1, 0, 0, (byte) index});
  }

  /** Adds a frame of this index everywhere. */
  SyntheticGif frame(int left, int top, int width, int height, int index, boolean interlaced) {
    out.write(0x2C);
    putSize(left, top);
    putSize(width, height);
    out.write(interlaced ? 0x40 : 0);
    out.write(2); // codes start with three bits: 4 is clear, 5 is end
    putCodes((long) width * height, index);
    return this;
  }

  SyntheticGif frame(int left, int top, int width, int height, int index) {
    return frame(left, top, width, height, index, false);
  }

  byte[] end() {
    out.write(0x3B);
    return out.toByteArray();
  }

  byte[] soFar() {
    return out.toByteArray();
  }

  /**
   * Codes that never grow, because the table is cleared before: clear, then two indexes, again and
   * again.
   */
  private void putCodes(long pixels, int index) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    int buffer = 0;
    int count = 0;
    for (long pixel = 0; pixel < pixels + 1; pixel++) {
      int[] codes =
          pixel == pixels
              ? new int[] {5}
              : pixel % 2 == 0 ? new int[] {4, index} : new int[] {index};
      for (int code : codes) {
        buffer |= code << count;
        count += 3;
        while (count >= 8) {
          packed.write(buffer);
          buffer >>= 8;
          count -= 8;
        }
      }
    }
    packed.write(buffer);
    byte[] bytes = packed.toByteArray();
    for (int at = 0; at < bytes.length; at += 255) {
      int length = Math.min(255, bytes.length - at);
      out.write(length);
      out.write(bytes, at, length);
    }
    out.write(0);
  }

  private void putSize(int one, int other) {
    out.write(one);
    out.write(one >> 8);
    out.write(other);
    out.write(other >> 8);
  }
}
