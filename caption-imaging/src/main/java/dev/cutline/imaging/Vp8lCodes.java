package dev.cutline.imaging;

import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the prefix codes of a lossless WebP, and counts what they take in memory. Not safe for
 * several threads.
 */
final class Vp8lCodes {
  static final int GREEN = 0;
  static final int RED = 1;
  static final int BLUE = 2;
  static final int ALPHA = 3;
  static final int DISTANCE = 4;

  /** Codes of a group. */
  static final int GROUP = 5;

  /** Symbols of green that mean a colour; then come lengths, then places in the cache. */
  static final int LITERALS = 256;

  static final int LENGTHS = 24;

  /**
   * What encoders make takes a tenth of it; files made to harm could take hundreds of megabytes.
   */
  static final int MAX_MEMORY = 32 << 20;

  private static final int DISTANCES = 40;
  private static final int[] LENGTH_ORDER = {
    17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  };

  private final Vp8lBits bits;
  private long memory;

  Vp8lCodes(Vp8lBits bits) {
    this.bits = bits;
  }

  /**
   * Reads groups of codes, {@value #GROUP} each, side by side.
   *
   * @param cacheSize how many places the cache of colours has
   */
  Vp8lCode[] readGroups(int groups, int cacheSize) throws IOException {
    Vp8lCode[] codes = new Vp8lCode[groups * GROUP];
    for (int i = 0; i < codes.length; i++) {
      int kind = i % GROUP;
      int symbols =
          kind == GREEN ? LITERALS + LENGTHS + cacheSize : kind == DISTANCE ? DISTANCES : LITERALS;
      codes[i] = read(symbols);
      memory += codes[i].memory();
      if (memory > MAX_MEMORY) {
        throw Refusals.tooLarge(
            "the tables to decode this WebP take more than %,d bytes, which only files made to harm do; save it again",
            MAX_MEMORY);
      }
    }
    if (bits.isOverrun()) {
      throw new IOException("the picture data of the WebP ends early");
    }
    return codes;
  }

  private Vp8lCode read(int symbols) throws IOException {
    return bits.read(1) == 1 ? readSimple(symbols) : Vp8lCode.ofLengths(readLengths(symbols));
  }

  /** One or two symbols, spelt out. */
  private Vp8lCode readSimple(int symbols) throws IOException {
    boolean two = bits.read(1) == 1;
    int first = bits.read(bits.read(1) == 1 ? 8 : 1);
    int second = two ? bits.read(8) : first;
    if (Math.max(first, second) >= symbols) {
      throw new IOException("the picture data of the WebP has a code for an unknown symbol");
    }
    if (first == second) {
      return Vp8lCode.ofOne(first);
    }
    int[] lengths = new int[Math.max(first, second) + 1];
    lengths[first] = 1;
    lengths[second] = 1;
    return Vp8lCode.ofLengths(lengths);
  }

  /** The lengths of all codes, themselves coded. */
  private int[] readLengths(int symbols) throws IOException {
    int[] codeLengths = new int[LENGTH_ORDER.length];
    int count = 4 + bits.read(4);
    for (int i = 0; i < count; i++) {
      codeLengths[LENGTH_ORDER[i]] = bits.read(3);
    }
    Vp8lCode code = Vp8lCode.ofLengths(codeLengths);
    int left = bits.read(1) == 0 ? symbols : 2 + bits.read(2 + 2 * bits.read(3));
    if (left > symbols) {
      throw new IOException("the picture data of the WebP has a code of too many symbols");
    }
    int[] lengths = new int[symbols];
    int previous = 8;
    for (int symbol = 0; symbol < symbols && left > 0; left--) {
      int length = code.read(bits);
      if (length < 16) {
        lengths[symbol++] = length;
        previous = length == 0 ? previous : length;
      } else {
        int repeated = length == 16 ? previous : 0;
        int repeats =
            length == 16 ? 3 + bits.read(2) : length == 17 ? 3 + bits.read(3) : 11 + bits.read(7);
        if (repeats > symbols - symbol) {
          throw new IOException("the picture data of the WebP has a code of too many symbols");
        }
        Arrays.fill(lengths, symbol, symbol + repeats, repeated);
        symbol += repeats;
      }
    }
    return lengths;
  }
}
