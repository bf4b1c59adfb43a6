package dev.cutline;

import java.time.Instant;

/**
 * The right to finish what was begun on a record, for a time. Whoever finds it run out may take the
 * work over.
 *
 * @param token who holds it; random, so that nobody takes it for theirs
 * @param until when it runs out
 */
public record Lease(String token, Instant until) {
  /** Tells whether somebody else may take over at {@code now}. */
  public boolean hasRunOut(Instant now) {
    return !until.isAfter(now);
  }
}
