package dev.cutline.imaging;

import java.io.EOFException;
import java.io.IOException;

/**
 * Unpacks the indexes of one frame of a GIF (LZW with codes of 2 to 12 bits). Not safe for several
 * threads.
 */
final class GifCodes {
  private static final int MAX_CODES = 4096;
  private static final int NONE = -1;

  private final byte[] file;
  private final int clear;
  private final short[] prefixes = new short[MAX_CODES];
  private final byte[] suffixes = new byte[MAX_CODES];
  private final byte[] pending = new byte[MAX_CODES + 1];
  private int pendingCount;
  private int subBlock;
  private int at;
  private int bits;
  private int bitCount;
  private int codeLength;
  private int known;
  private int previous = NONE;
  private int first;

  GifCodes(byte[] file, GifFrame frame) {
    this.file = file;
    int codeSize = Bytes.u8(file, frame.codeSizeAt());
    this.clear = 1 << codeSize;
    this.subBlock = frame.subBlocks();
    this.at = subBlock + 1;
    for (int i = 0; i < clear; i++) {
      suffixes[i] = (byte) i;
    }
    startOver();
  }

  /** Fills {@code row} with the next indexes. */
  void read(byte[] row) throws IOException {
    int x = 0;
    while (x < row.length) {
      while (pendingCount > 0 && x < row.length) {
        row[x++] = pending[--pendingCount];
      }
      if (x < row.length) {
        nextString();
      }
    }
  }

  /** Puts the indexes of the next code on the stack, last index first. */
  private void nextString() throws IOException {
    int code = nextCode();
    while (code == clear) {
      startOver();
      code = nextCode();
    }
    if (code == clear + 1) {
      throw new EOFException("the picture data of the GIF ends early");
    }
    if (code > known || code == known && previous == NONE) {
      throw new IOException("the picture data of the GIF uses an unknown code");
    }
    int walk = code;
    if (code == known) {
      pending[pendingCount++] = (byte) first;
      walk = previous;
    }
    while (walk >= clear) {
      pending[pendingCount++] = suffixes[walk];
      walk = prefixes[walk];
    }
    first = suffixes[walk];
    pending[pendingCount++] = (byte) first;
    learn();
    previous = code;
  }

  private void learn() {
    if (previous == NONE || known >= MAX_CODES) {
      return;
    }
    prefixes[known] = (short) previous;
    suffixes[known] = (byte) first;
    known++;
    if (known == 1 << codeLength && codeLength < 12) {
      codeLength++;
    }
  }

  private void startOver() {
    codeLength = Integer.numberOfTrailingZeros(clear) + 1;
    known = clear + 2;
    previous = NONE;
  }

  private int nextCode() throws IOException {
    while (bitCount < codeLength) {
      bits |= nextByte() << bitCount;
      bitCount += 8;
    }
    int code = bits & ((1 << codeLength) - 1);
    bits >>>= codeLength;
    bitCount -= codeLength;
    return code;
  }

  private int nextByte() throws IOException {
    int length = Bytes.u8(file, subBlock);
    if (length > 0 && at > subBlock + length) {
      subBlock = at;
      at++;
      length = Bytes.u8(file, subBlock);
    }
    if (length == 0) {
      throw new EOFException("the picture data of the GIF ends early");
    }
    return Bytes.u8(file, at++);
  }
}
