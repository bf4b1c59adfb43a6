package dev.cutline.core;

import dev.cutline.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/**
 * What time it is, and for how long a process may work on a record before others take it for dead.
 * Thread-safe.
 */
final class Leases {
  static final Duration DEFAULT_LENGTH = Duration.ofMinutes(2);

  /**
   * How many leases long a tombstone stands. A writer that hangs in the midst of a write finds out
   * at its next step that it has lost its lease; its object is found and deleted when the tombstone
   * is buried, so a single write would have to hang for this long, and its process die after that,
   * to leave an object behind.
   */
  private static final int TOMBSTONE = 10;

  private final InstantSource clock;
  private final Duration length;

  Leases(InstantSource clock, Duration length) {
    this.clock = clock;
    this.length = checked(length);
  }

  /**
   * Returns the length of a lease.
   *
   * @throws IllegalArgumentException if it is below one second
   */
  static Duration checked(Duration length) {
    if (length.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("a lease is at least a second long, not " + length);
    }
    return length;
  }

  /** Returns the time in milliseconds, as stores keep it. */
  Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  Lease next() {
    return new Lease(UUID.randomUUID().toString(), now().plus(length));
  }

  Lease renewed(Lease lease) {
    return new Lease(lease.token(), now().plus(length));
  }

  /** Tells whether less than half of it is left. */
  boolean isDue(Lease lease) {
    return lease.until().isBefore(now().plus(length.dividedBy(2)));
  }

  Instant tombstoneUntil() {
    return now().plus(length.multipliedBy(TOMBSTONE));
  }
}
