package dev.cutline;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A moment until which an answer is of use. Measured on a monotonic clock: changes of the wall
 * clock do not move it.
 */
public final class Deadline {
  private static final Duration CENTURY = Duration.ofDays(36_525);

  private final LongSupplier nanoClock;
  private final long endNanos;

  private Deadline(LongSupplier nanoClock, long endNanos) {
    this.nanoClock = nanoClock;
    this.endNanos = endNanos;
  }

  /** Returns a deadline that lies {@code time} from now; zero or negative: it has passed. */
  public static Deadline after(Duration time) {
    return after(time, System::nanoTime);
  }

  /**
   * Like {@link #after(Duration)} on a clock of your own, for tests: nanoseconds that never go
   * back.
   */
  public static Deadline after(Duration time, LongSupplier nanoClock) {
    return new Deadline(nanoClock, nanoClock.getAsLong() + nanos(time));
  }

  /** Returns the time that is left, never negative. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, endNanos - nanoClock.getAsLong()));
  }

  public boolean hasPassed() {
    return endNanos - nanoClock.getAsLong() <= 0;
  }

  /** Returns a deadline {@code time} from now, or this one if it is earlier. */
  public Deadline atMost(Duration time) {
    long end = nanoClock.getAsLong() + nanos(time);
    return end - endNanos < 0 ? new Deadline(nanoClock, end) : this;
  }

  /** A century is as good as for ever, and leaves room for nanoseconds to be added up. */
  private static long nanos(Duration time) {
    if (time.compareTo(CENTURY) > 0) {
      return CENTURY.toNanos();
    }
    return time.isNegative() ? 0 : time.toNanos();
  }

  @Override
  public String toString() {
    return "in " + remaining();
  }
}
