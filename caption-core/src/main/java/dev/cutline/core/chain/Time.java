package dev.cutline.core.chain;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The clock and the waiting of a chain, apart so that tests need not wait. Thread-safe. */
interface Time {
  /** Returns nanoseconds that never go back, as {@link System#nanoTime()}. */
  long nanos();

  /**
   * Waits for an event, at most for a time.
   *
   * @return whether it happened: the future is done, in whatever way
   */
  boolean await(CompletableFuture<?> event, Duration atMost) throws InterruptedException;
}
