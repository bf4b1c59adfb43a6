package dev.cutline.core;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Makes ids that sort by time: UUIDs of version 7 (RFC 9562) with the millisecond in front. Within
 * one instance each is greater than the one before, also when many are made in a millisecond or the
 * clock goes back. Thread-safe.
 */
public final class ImageIds {
  private static final long COUNTER_LIMIT = 1 << 12;

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private long lastMillis;
  private long counter;

  public ImageIds(InstantSource clock) {
    this.clock = clock;
  }

  /** Returns the next id, in the usual spelling of a UUID. */
  public String next() {
    return new UUID(nextHigh(), random.nextLong() >>> 2 | 1L << 63).toString();
  }

  /**
   * 48 bits of milliseconds, the version, and 12 bits that count within a millisecond from a random
   * start.
   */
  private synchronized long nextHigh() {
    long now = clock.millis();
    if (now > lastMillis) {
      lastMillis = now;
      // Half of the room is kept for counting.
      counter = random.nextInt((int) COUNTER_LIMIT / 2);
    } else if (++counter == COUNTER_LIMIT) {
      // More than fit into a millisecond: borrow the next one.
      lastMillis++;
      counter = 0;
    }
    return lastMillis << 16 | 7L << 12 | counter;
  }
}
