package dev.cutline;

import java.io.Serializable;
import java.time.Duration;

/**
 * A token bucket for each key: so many requests a period, refilled evenly. Thread-safe and, where
 * its store is shared, exact across processes.
 */
public interface RateLimiter extends AutoCloseable {
  /**
   * Takes one token of {@code key} if there is one. Never waits.
   *
   * @throws StoreException if the buckets cannot be reached
   */
  Decision tryAcquire(String key);

  /** Frees what this instance created. Closing twice does nothing. */
  @Override
  default void close() {}

  /**
   * Whether a request may pass.
   *
   * @param allowed whether a token was taken
   * @param limit the size of the bucket
   * @param remaining whole tokens left after this call
   * @param retryAfter how long until the next token; zero when allowed
   */
  record Decision(boolean allowed, long limit, long remaining, Duration retryAfter)
      implements Serializable {}
}
