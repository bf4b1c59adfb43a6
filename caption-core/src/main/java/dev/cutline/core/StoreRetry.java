package dev.cutline.core;

import dev.cutline.StoreException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Asks a store again that could not be reached for a moment, where giving up would lose what was
 * paid for. At most four times in all, with pauses of about 100, 200 and 400 ms, and not once ten
 * seconds have gone by: a store that waits for half a minute before it gives up has tried for long
 * enough by itself. An interrupt ends it. Thread-safe.
 */
final class StoreRetry {
  static final int TRIES = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Sleep sleep;
  private final LongSupplier nanos;
  private final DoubleSupplier random;

  /** Makes one that really waits. */
  StoreRetry() {
    this(
        pause -> TimeUnit.NANOSECONDS.sleep(pause.toNanos()),
        System::nanoTime,
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * Makes one with a time of its own.
   *
   * @param random gives numbers from 0 to 1
   */
  StoreRetry(Sleep sleep, LongSupplier nanos, DoubleSupplier random) {
    this.sleep = sleep;
    this.nanos = nanos;
    this.random = random;
  }

  /** Lets time pass. */
  @FunctionalInterface
  interface Sleep {
    void pause(Duration pause) throws InterruptedException;
  }

  /** Something that a store does. */
  @FunctionalInterface
  interface Work<T> {
    /**
     * Does it.
     *
     * @param again whether it was tried before: then it may have happened all the same
     */
    T run(boolean again);
  }

  /**
   * Returns what the store returns.
   *
   * @throws StoreException the last failure; of a kind other than {@link
   *     StoreException.Kind#UNAVAILABLE} at once
   */
  <T> T run(Work<T> work) {
    long start = nanos.getAsLong();
    Duration pause = FIRST_PAUSE;
    for (int tries = 1; ; tries++) {
      try {
        return work.run(tries > 1);
      } catch (StoreException e) {
        boolean passes = e.kind() == StoreException.Kind.UNAVAILABLE;
        if (!passes || tries == TRIES || isLate(start, pause) || !pauses(pause)) {
          throw e;
        }
        pause = pause.multipliedBy(2);
      }
    }
  }

  private boolean isLate(long start, Duration pause) {
    return nanos.getAsLong() - start + pause.toNanos() > PATIENCE.toNanos();
  }

  /** Waits, half of it at random, so that those who failed together do not come back together. */
  private boolean pauses(Duration pause) {
    try {
      sleep.pause(Duration.ofNanos((long) (pause.toNanos() * (0.5 + random.getAsDouble() / 2))));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
