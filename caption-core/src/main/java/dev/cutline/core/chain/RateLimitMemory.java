package dev.cutline.core.chain;

import dev.cutline.CaptionException;
import java.time.Duration;
import java.util.Optional;

/**
 * Until when a server asked to be left alone, remembered across requests. Where it names no time,
 * it is taken for 1 s, doubling with each time in a row up to a minute. Thread-safe.
 */
final class RateLimitMemory {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration FIRST_GUESS = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 6;
  private static final Duration LONGEST_GUESS = Duration.ofMinutes(1);

  private final Time time;
  private boolean waiting;
  private long until;
  private int inARow;

  RateLimitMemory(Time time) {
    this.time = time;
  }

  /** Notes what a server said. A longer time that is already known stays. */
  synchronized void note(CaptionException failure) {
    Duration wait = failure.retryAfter().map(RateLimitMemory::sensible).orElseGet(this::guess);
    inARow++;
    long end = time.nanos() + wait.toNanos();
    if (!waiting || end - until > 0) {
      waiting = true;
      until = end;
    }
  }

  /** Notes that the server answers again. */
  synchronized void answered() {
    inARow = 0;
  }

  /** Returns how long to leave it alone; empty if it may be asked now. */
  synchronized Optional<Duration> remaining() {
    if (waiting) {
      long left = until - time.nanos();
      if (left > 0) {
        return Optional.of(Duration.ofNanos(left));
      }
      waiting = false;
    }
    return Optional.empty();
  }

  private Duration guess() {
    Duration doubled = FIRST_GUESS.multipliedBy(1L << Math.min(inARow, MOST_DOUBLINGS));
    return doubled.compareTo(LONGEST_GUESS) < 0 ? doubled : LONGEST_GUESS;
  }

  private static Duration sensible(Duration said) {
    if (said.isNegative()) {
      return Duration.ZERO;
    }
    return said.compareTo(LONGEST) < 0 ? said : LONGEST;
  }
}
