package dev.cutline.core.chain;

import java.time.Duration;

/** What a chain has learnt about a rung, shared by all requests. Thread-safe. */
final class RungState {
  private final Rung rung;
  private final RateLimitMemory rateLimit;
  private final ConcurrencyLimit concurrency;
  private final Breaker breaker;
  private final Latencies latencies = new Latencies();
  private volatile boolean firstCallOver;

  RungState(Rung rung, Time time) {
    this.rung = rung;
    this.rateLimit = new RateLimitMemory(time);
    this.concurrency = new ConcurrencyLimit(rung.maxConcurrency().orElse(Integer.MAX_VALUE));
    this.breaker = new Breaker(time, rung.hasBreaker());
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

  Breaker breaker() {
    return breaker;
  }

  Latencies latencies() {
    return latencies;
  }

  /** Tells whether a request that comes now would reach the server. */
  boolean isReady() {
    return rateLimit.remaining().isEmpty() && breaker.refusal().isEmpty();
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
