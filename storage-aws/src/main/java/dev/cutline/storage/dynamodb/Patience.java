package dev.cutline.storage.dynamodb;

import dev.cutline.StoreException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Waits between tries of one piece of work: a random part of a time that doubles, so that those who
 * met once do not meet again. Not safe for several threads.
 */
final class Patience {
  private static final int TRIES = 14;
  private static final long FIRST_MILLIS = 10;
  private static final long LONGEST_MILLIS = 1_000;

  private int tries = 1;

  /** Tells whether one more try may be. */
  boolean isLeft() {
    return tries < TRIES;
  }

  /**
   * Waits before the next try.
   *
   * @throws StoreException if this thread is interrupted
   */
  void pause() {
    long most = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(tries, 10));
    tries++;
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(most) + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "interrupted while DynamoDB was busy", e);
    }
  }
}
