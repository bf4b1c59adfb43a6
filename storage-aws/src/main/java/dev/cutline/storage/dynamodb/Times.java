package dev.cutline.storage.dynamodb;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Moments as milliseconds and as text that sorts; what a long cannot count becomes its end. */
final class Times {
  private Times() {}

  static long floorMillis(Instant moment) {
    try {
      return moment.toEpochMilli();
    } catch (ArithmeticException e) {
      return moment.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  static long ceilMillis(Instant moment) {
    long floor = floorMillis(moment);
    boolean exact = moment.equals(moment.truncatedTo(ChronoUnit.MILLIS));
    return exact || floor == Long.MAX_VALUE ? floor : floor + 1;
  }

  /** Returns 16 hex digits that sort as signed numbers do. */
  static String sortable(long millis) {
    return String.format(Locale.ROOT, "%016x", millis ^ Long.MIN_VALUE);
  }
}
