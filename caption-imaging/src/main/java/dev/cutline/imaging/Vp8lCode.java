package dev.cutline.imaging;

import java.io.IOException;

/**
 * A prefix code of a lossless WebP: short codes by one look-up, long ones bit by bit. Small,
 * because a picture may have thousands. Immutable.
 */
final class Vp8lCode {
  private static final int MAX_LENGTH = 15;
  private static final int LOOK_UP_BITS = 8;

  /** Bytes of an object and its arrays besides their elements. */
  private static final int OVERHEAD = 120;

  /** By the next bits: symbol, and above it the length of its code; 0 for codes that are longer. */
  private final short[] lookUp;

  private final int lookUpBits;

  /** How many codes there are of each length. */
  private final short[] counts;

  /** Symbols by length of code, then by value. */
  private final short[] symbols;

  private Vp8lCode(short[] lookUp, int lookUpBits, short[] counts, short[] symbols) {
    this.lookUp = lookUp;
    this.lookUpBits = lookUpBits;
    this.counts = counts;
    this.symbols = symbols;
  }

  /** Returns a code of one symbol, which takes no bits. */
  static Vp8lCode ofOne(int symbol) {
    return new Vp8lCode(new short[0], 0, new short[0], new short[] {(short) symbol});
  }

  /**
   * Returns the code in which symbol i has a code of {@code lengths[i]} bits, 0 for none.
   *
   * @throws IOException if these lengths do not make a complete code
   */
  static Vp8lCode ofLengths(int[] lengths) throws IOException {
    short[] counts = new short[MAX_LENGTH + 1];
    int longest = 0;
    int used = 0;
    for (int length : lengths) {
      counts[length]++;
      longest = Math.max(longest, length);
      used += length > 0 ? 1 : 0;
    }
    counts[0] = 0;
    short[] symbols = sorted(lengths, counts, used);
    if (used == 1) {
      return ofOne(symbols[0]);
    }
    checkComplete(counts);
    int bits = Math.min(LOOK_UP_BITS, longest);
    return new Vp8lCode(lookUp(counts, symbols, bits), bits, counts, symbols);
  }

  /** Returns the bytes that this code takes in memory. */
  int memory() {
    return OVERHEAD + 2 * (lookUp.length + counts.length + symbols.length);
  }

  /** Reads a symbol. */
  int read(Vp8lBits bits) throws IOException {
    if (lookUpBits == 0) {
      return symbols[0];
    }
    int entry = lookUp[bits.peek(lookUpBits)] & 0xFFFF;
    if (entry != 0) {
      bits.skip(entry >> 12);
      return entry & 0xFFF;
    }
    return readLong(bits);
  }

  private int readLong(Vp8lBits bits) throws IOException {
    int next = bits.peek(MAX_LENGTH);
    int code = 0;
    int first = 0;
    int index = 0;
    for (int length = 1; length <= MAX_LENGTH; length++) {
      code |= next >> (length - 1) & 1;
      int count = counts[length];
      if (code - first < count) {
        bits.skip(length);
        return symbols[index + code - first];
      }
      index += count;
      first = first + count << 1;
      code <<= 1;
    }
    throw new IOException("the picture data of the WebP uses an unknown code");
  }

  private static short[] sorted(int[] lengths, short[] counts, int used) {
    int[] next = new int[MAX_LENGTH + 2];
    for (int length = 1; length <= MAX_LENGTH; length++) {
      next[length + 1] = next[length] + counts[length];
    }
    short[] symbols = new short[used];
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] > 0) {
        symbols[next[lengths[symbol]]++] = (short) symbol;
      }
    }
    return symbols;
  }

  private static void checkComplete(short[] counts) throws IOException {
    int left = 1;
    for (int length = 1; length <= MAX_LENGTH; length++) {
      left = 2 * left - counts[length];
      if (left < 0) {
        break;
      }
    }
    if (left != 0) {
      throw new IOException("the picture data of the WebP has an incomplete code");
    }
  }

  private static short[] lookUp(short[] counts, short[] symbols, int bits) {
    short[] lookUp = new short[1 << bits];
    int code = 0;
    int index = 0;
    for (int length = 1; length <= bits; length++, code <<= 1) {
      for (int i = 0; i < counts[length]; i++, code++, index++) {
        int reversed = Integer.reverse(code) >>> (32 - length);
        for (int entry = reversed; entry < lookUp.length; entry += 1 << length) {
          lookUp[entry] = (short) (length << 12 | symbols[index]);
        }
      }
    }
    return lookUp;
  }
}
