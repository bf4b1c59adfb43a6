package dev.cutline.core.chain;

import java.time.Duration;
import java.util.Optional;

/** What a chain has learnt about a rung, shared by all requests. Thread-safe. */
final class RungState {
  private final Rung rung;
  private final RateLimitMemory rateLimit;
  private final ConcurrencyLimit concurrency;
  private final Breaker breaker;
  private final Latencies latencies = new Latencies();
  private final HedgeAllowance hedging;
  private volatile boolean firstCallOver;

  RungState(Rung rung, Time time) {
    this.rung = rung;
    this.rateLimit = new RateLimitMemory(time);
    this.concurrency = new ConcurrencyLimit(rung.maxConcurrency().orElse(Integer.MAX_VALUE));
    this.breaker = new Breaker(time, rung.hasBreaker());
    this.hedging = new HedgeAllowance(rung.hedge().orElse(100));
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

  HedgeAllowance hedging() {
    return hedging;
  }

  /** Returns how long a call may take before the next rung is asked as well; empty: for ever. */
  Optional<Duration> hedgeAfter() {
    return rung.hedge().isPresent()
        ? latencies.quantile(rung.hedge().getAsDouble() / 100)
        : Optional.empty();
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
