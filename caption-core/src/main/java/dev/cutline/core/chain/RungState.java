package dev.cutline.core.chain;

import java.time.Duration;

/** What a chain has learnt about a rung, shared by all requests. Thread-safe. */
final class RungState {
  private final Rung rung;
  private final RateLimitMemory rateLimit;
  private final ConcurrencyLimit concurrency;
  private volatile boolean firstCallOver;

  RungState(Rung rung, Time time) {
    this.rung = rung;
    this.rateLimit = new RateLimitMemory(time);
    this.concurrency = new ConcurrencyLimit(rung.maxConcurrency().orElse(Integer.MAX_VALUE));
  }

  Rung rung() {
    return rung;
  }

  RateLimitMemory rateLimit() {
    return rateLimit;
  }

  ConcurrencyLimit concurrency() {
    return concurrency;
  }

  /** Returns the timeout for a request that comes now. */
  Duration timeout() {
    return firstCallOver ? rung.timeout() : rung.firstTimeout().orElse(rung.timeout());
  }

  /** Notes that a call has ended, well or not. */
  void callOver() {
    firstCallOver = true;
  }
}
