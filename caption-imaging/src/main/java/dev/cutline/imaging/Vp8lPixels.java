package dev.cutline.imaging;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the coded pixels of a lossless WebP or of one of the small pictures that it needs: literal
 * colours, colours seen before, and copies of what lies behind. Not safe for several threads.
 */
final class Vp8lPixels {
  /**
   * The first 120 distances mean a place nearby: columns to the left (negative: to the right) and
   * rows up, by distance.
   */
  private static final byte[] NEAR = {
    0, 1, 1, 0, 1, 1, -1, 1, 0, 2, 2, 0, 1, 2, -1, 2, 2, 1, -2, 1, 2, 2, -2, 2, 0, 3, 3, 0, 1, 3,
        -1, 3, 3, 1, -3, 1, 2,
    3, -2, 3, 3, 2, -3, 2, 0, 4, 4, 0, 1, 4, -1, 4, 4, 1, -4, 1, 3, 3, -3, 3, 2, 4, -2, 4, 4, 2, -4,
        2, 0, 5, 3, 4, -3, 4,
    4, 3, -4, 3, 5, 0, 1, 5, -1, 5, 5, 1, -5, 1, 2, 5, -2, 5, 5, 2, -5, 2, 4, 4, -4, 4, 3, 5, -3, 5,
        5, 3, -5, 3, 0, 6, 6,
    0, 1, 6, -1, 6, 6, 1, -6, 1, 2, 6, -2, 6, 6, 2, -6, 2, 4, 5, -4, 5, 5, 4, -5, 4, 3, 6, -3, 6, 6,
        3, -6, 3, 0, 7, 7, 0,
    1, 7, -1, 7, 5, 5, -5, 5, 7, 1, -7, 1, 4, 6, -4, 6, 6, 4, -6, 4, 2, 7, -2, 7, 7, 2, -7, 2, 3, 7,
        -3, 7, 7, 3, -7, 3, 5,
    6, -5, 6, 6, 5, -6, 5, 8, 0, 4, 7, -4, 7, 7, 4, -7, 4, 8, 1, 8, 2, 6, 6, -6, 6, 8, 3, 5, 7, -5,
        7, 7, 5, -7, 5, 8, 4,
    6, 7, -6, 7, 7, 6, -7, 6, 8, 5, 7, 7, -7, 7, 8, 6, 8, 7
  };

  private static final int NEAR_COUNT = NEAR.length / 2;

  private final Vp8lBits bits;
  private final int width;
  private final long total;
  private final int[] window;
  private final int mask;
  private final int cacheBits;
  private final int[] cache;
  private final Vp8lCode[] groups;
  private final int @Nullable [] groupOfBlock;
  private final int blockBits;
  private long position;

  /** Where the copy under way ends. */
  private long copyEnd;

  private int copyDistance;

  private Vp8lPixels(Vp8lBits bits, Vp8lCodes codes, int width, int height, boolean isPicture)
      throws IOException {
    this.bits = bits;
    this.width = width;
    this.total = (long) width * height;
    this.cacheBits = bits.read(1) == 1 ? readCacheBits() : 0;
    this.cache = new int[cacheBits == 0 ? 0 : 1 << cacheBits];
    boolean grouped = isPicture && bits.read(1) == 1;
    this.blockBits = grouped ? 2 + bits.read(3) : 0;
    this.groupOfBlock = grouped ? readGroups(codes, height) : null;
    this.groups = codes.readGroups(groupCount(), cache.length);
    this.window = new int[windowSize(total)];
    this.mask = window.length - 1;
  }

  /** Starts on the picture itself. */
  static Vp8lPixels ofPicture(Vp8lBits bits, Vp8lCodes codes, int width, int height)
      throws IOException {
    return new Vp8lPixels(bits, codes, width, height, true);
  }

  /** Returns all pixels of a small picture. */
  static int[] readAll(Vp8lBits bits, Vp8lCodes codes, int width, int height) throws IOException {
    Vp8lPixels pixels = new Vp8lPixels(bits, codes, width, height, false);
    int[] all = new int[width * height];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      pixels.readRow(row);
      System.arraycopy(row, 0, all, y * width, width);
    }
    return all;
  }

  private static int windowSize(long total) {
    return (int) Math.min(Vp8lDecoder.MAX_WINDOW, Long.highestOneBit(2 * total - 1));
  }

  /** Reads the next row of pixels. */
  void readRow(int[] row) throws IOException {
    long start = position;
    long end = start + width;
    while (position < end) {
      if (position < copyEnd) {
        copy(Math.min(end, copyEnd));
      } else {
        readNext();
      }
    }
    for (int x = 0; x < width; x++) {
      row[x] = window[(int) (start + x) & mask];
    }
    if (bits.isOverrun()) {
      throw new IOException("the picture data of the WebP ends early");
    }
  }

  private void readNext() throws IOException {
    int group = group();
    int symbol = groups[group + Vp8lCodes.GREEN].read(bits);
    if (symbol < Vp8lCodes.LITERALS) {
      int red = groups[group + Vp8lCodes.RED].read(bits);
      int blue = groups[group + Vp8lCodes.BLUE].read(bits);
      int alpha = groups[group + Vp8lCodes.ALPHA].read(bits);
      put(alpha << 24 | red << 16 | symbol << 8 | blue);
    } else if (symbol < Vp8lCodes.LITERALS + Vp8lCodes.LENGTHS) {
      int length = readNumber(symbol - Vp8lCodes.LITERALS);
      copyDistance = distance(readNumber(groups[group + Vp8lCodes.DISTANCE].read(bits)));
      copyEnd = position + length;
      if (copyDistance > position || copyEnd > total) {
        throw new IOException("the picture data of the WebP copies from outside of the picture");
      }
    } else {
      put(cache[symbol - Vp8lCodes.LITERALS - Vp8lCodes.LENGTHS]);
    }
  }

  private void copy(long end) {
    while (position < end) {
      put(window[(int) (position - copyDistance) & mask]);
    }
  }

  private void put(int pixel) {
    window[(int) position & mask] = pixel;
    position++;
    if (cacheBits > 0) {
      cache[0x1E35A7BD * pixel >>> 32 - cacheBits] = pixel;
    }
  }

  private int group() {
    if (groupOfBlock == null) {
      return 0;
    }
    int x = (int) (position % width) >> blockBits;
    int y = (int) (position / width) >> blockBits;
    return groupOfBlock[y * Vp8lDecoder.blocks(width, blockBits) + x] * Vp8lCodes.GROUP;
  }

  /**
   * Small numbers stand for themselves, large ones for a power of two and a half of it, and the
   * bits behind it.
   */
  private int readNumber(int prefix) {
    if (prefix < 4) {
      return prefix + 1;
    }
    int extra = prefix - 2 >> 1;
    return (2 + (prefix & 1) << extra) + bits.read(extra) + 1;
  }

  private int distance(int number) {
    if (number > NEAR_COUNT) {
      return number - NEAR_COUNT;
    }
    return Math.max(1, NEAR[2 * number - 2] + NEAR[2 * number - 1] * width);
  }

  private int readCacheBits() throws IOException {
    int count = bits.read(4);
    if (count < 1 || count > 11) {
      throw new IOException(
          "the picture data of the WebP claims a cache of 2^" + count + " colours");
    }
    return count;
  }

  private int[] readGroups(Vp8lCodes codes, int height) throws IOException {
    int[] blocks =
        readAll(
            bits,
            codes,
            Vp8lDecoder.blocks(width, blockBits),
            Vp8lDecoder.blocks(height, blockBits));
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = blocks[i] >> 8 & 0xFFFF;
    }
    return blocks;
  }

  private int groupCount() {
    int most = 0;
    for (int i = 0; groupOfBlock != null && i < groupOfBlock.length; i++) {
      most = Math.max(most, groupOfBlock[i]);
    }
    return most + 1;
  }
}
