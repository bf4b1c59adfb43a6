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
    return run(file, packed, limit, unpacked) < 0 ? null : unpacked.toByteArray();
  }

  /**
   * Returns how many bytes the data unpacks to; what exceeds {@code limit} is not counted much
   * further.
   */
  static long measure(byte[] file, Range packed, long limit) {
    return Math.max(0, run(file, packed, limit, null));
  }

  private static long run(
      byte[] file, Range packed, long limit, @Nullable ByteArrayOutputStream sink) {
    byte[] step = new byte[STEP];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(file, packed.from(), packed.length());
      long total = 0;
      while (!inflater.finished() && total <= limit) {
        int count = inflater.inflate(step);
        if (count == 0) {
          return -1;
        }
        total += count;
        if (sink != null) {
          sink.write(step, 0, count);
        }
      }
      return total;
    } catch (DataFormatException e) {
      return -1;
    } finally {
      inflater.end();
    }
  }
}
