package dev.cutline.jdbc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments as milliseconds; those beyond what a long can count become the nearest that it can. */
final class Times {
  private Times() {}

  /** Returns the last millisecond that is not after a moment. */
  static long floorMillis(Instant moment) {
    try {
      return moment.toEpochMilli();
    } catch (ArithmeticException e) {
      return moment.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  /** Returns how long one moment is after another. */
  static long minus(long moment, long other) {
    long difference = moment - other;
    boolean overflow = ((moment ^ other) & (moment ^ difference)) < 0;
    return overflow ? (moment < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : difference;
  }

  /** Returns the first millisecond that is not before a moment. */
  static long ceilMillis(Instant moment) {
    long floor = floorMillis(moment);
    boolean exact = moment.equals(moment.truncatedTo(ChronoUnit.MILLIS));
    return exact || floor == Long.MAX_VALUE ? floor : floor + 1;
  }
}
