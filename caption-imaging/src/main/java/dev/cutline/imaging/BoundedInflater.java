package dev.cutline.imaging;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Unpacks zlib data no further than a limit, so that a small file cannot unpack to gigabytes. */
final class BoundedInflater {
  private static final int STEP = 8192;

  private BoundedInflater() {}

  /**
   * Returns the unpacked bytes; null if the data is damaged. What exceeds {@code limit} is cut
   * somewhat behind it, so that the caller sees a length above the limit.
   */
  static byte @Nullable [] inflate(byte[] file, Range packed, long limit) {
    ByteArrayOutputStream unpacked = new ByteArrayOutputStream(STEP);
    boolean whole = run(file, packed, limit, (step, count) -> unpacked.write(step, 0, count));
    return whole ? unpacked.toByteArray() : null;
  }

  /**
   * Returns how many bytes the data unpacks to; what exceeds {@code limit} is not counted much
   * further. Of damaged data, those before the damage: they cost as much time as others.
   */
  static long measure(byte[] file, Range packed, long limit) {
    long[] total = {0};
    run(file, packed, limit, (step, count) -> total[0] += count);
    return total[0];
  }

  /** Tells whether the data is whole, as far as it was unpacked. */
  private static boolean run(byte[] file, Range packed, long limit, Taker taker) {
    byte[] step = new byte[STEP];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(file, packed.from(), packed.length());
      long total = 0;
      while (!inflater.finished() && total <= limit) {
        int count = inflater.inflate(step);
        if (count == 0) {
          return inflater.finished();
        }
        total += count;
        taker.take(step, count);
      }
      return true;
    } catch (DataFormatException e) {
      return false;
    } finally {
      inflater.end();
    }
  }

  private interface Taker {
    void take(byte[] step, int count);
  }
}
