package dev.cutline.imaging;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks the segments of a JPEG, first to last, from behind SOI to EOI. The entropy-coded data
 * behind each SOS comes as a segment of its own ({@link #ENTROPY}). Bytes between segments, which
 * decoders skip, are skipped too.
 */
final class JpegSegments {
  static final int ENTROPY = 0;
  static final int FIRST_SOF = 0xC0;
  static final int SOI = 0xD8;
  static final int EOI = 0xD9;
  static final int SOS = 0xDA;
  static final int DQT = 0xDB;
  static final int DRI = 0xDD;
  static final int DHP = 0xDE;
  static final int DHT = 0xC4;
  static final int DAC = 0xCC;
  static final int APP0 = 0xE0;
  static final int APP1 = 0xE1;
  static final int APP2 = 0xE2;
  static final int APP14 = 0xEE;
  static final int APP15 = 0xEF;
  static final int COM = 0xFE;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private final byte[] file;
  private int marker = SOI;
  private int start;
  private int dataStart;
  private int end = 2;

  /** Starts behind SOI, which the caller has seen. */
  JpegSegments(byte[] file) {
    this.file = file;
  }

  /**
   * Goes to the next segment.
   *
   * @return false behind EOI
   * @throws dev.cutline.ImageRejectedException if the file ends before EOI
   */
  boolean next() {
    if (marker == EOI) {
      return false;
    }
    if (marker == SOS) {
      marker = ENTROPY;
      start = end;
      dataStart = end;
      end = endOfEntropy(end);
      return true;
    }
    int at = end;
    do {
      at = endOfEntropy(at); // also skips what stands between segments
      marker = Bytes.u8(file, at + 1);
      start = at;
      at += 2;
    } while (marker == 0x01);
    dataStart = at;
    end = marker == EOI ? at : endOfSegment(at);
    return true;
  }

  /** Returns the second byte of the marker, or {@link #ENTROPY}. */
  int marker() {
    return marker;
  }

  /** Returns where the segment starts, its marker included. */
  int start() {
    return start;
  }

  /** Returns where its data starts, behind marker and length. */
  int dataStart() {
    return dataStart;
  }

  /** Returns where it ends. */
  int end() {
    return end;
  }

  Range data() {
    return new Range(dataStart, end);
  }

  int dataLength() {
    return end - dataStart;
  }

  boolean isApplicationDataOrComment() {
    return marker >= APP0 && marker <= APP15 || marker == COM;
  }

  private int endOfSegment(int at) {
    if (marker == SOI) {
      throw Refusals.broken("a second JPEG starts inside of the first at byte %,d", start);
    }
    if (marker < FIRST_SOF) {
      throw Refusals.broken("the JPEG has an unknown mark (FF%02X) at byte %,d", marker, start);
    }
    if (at + 2 > file.length) {
      throw Refusals.cutOff("the JPEG ends at byte %,d in a segment header", file.length);
    }
    int length = Bytes.u16be(file, at);
    if (length < 2) {
      throw Refusals.broken("the JPEG segment at byte %,d claims a length of %d", start, length);
    }
    if (length > file.length - at) {
      throw Refusals.cutOff(
          "the JPEG segment at byte %,d claims %,d bytes and the file has %,d more",
          start, length, file.length - at);
    }
    dataStart = at + 2;
    return at + length;
  }

  /**
   * Returns where the next marker stands that is no restart marker; stuffed and fill bytes are
   * passed over.
   */
  private int endOfEntropy(int from) {
    int at = from;
    while (true) {
      at = nextFf(at);
      if (at >= file.length - 1) {
        throw Refusals.cutOff("the JPEG ends at byte %,d without its end mark (EOI)", file.length);
      }
      int second = Bytes.u8(file, at + 1);
      if (second == 0xFF) {
        at++;
      } else if (second == 0 || second >= 0xD0 && second <= 0xD7) {
        at += 2;
      } else {
        return at;
      }
    }
  }

  /**
   * Returns where the next byte 0xFF stands, or the end of the file. Eight bytes at a step: this is
   * most of a strip.
   */
  private int nextFf(int from) {
    int at = from;
    int last = file.length - 8;
    while (at <= last) {
      long inverted = ~(long) LONGS.get(file, at);
      long zeros = (inverted - ONES) & ~inverted & HIGHS;
      if (zeros != 0) {
        return at + (Long.numberOfTrailingZeros(zeros) >> 3);
      }
      at += 8;
    }
    while (at < file.length && file[at] != (byte) 0xFF) {
      at++;
    }
    return at;
  }
}
