package dev.cutline.core.chain;

import dev.cutline.CaptionException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a chain has learnt about a rung, shared by all requests. Thread-safe. */
final class RungState {
  private static final Logger log = LoggerFactory.getLogger(RungState.class);

  private final Rung rung;
  private final RateLimitMemory rateLimit;
  private final ConcurrencyLimit concurrency;
  private final Breaker breaker;
  private final Latencies latencies = new Latencies();
  private final HedgeAllowance hedging;
  private volatile boolean firstCallOver;
  private volatile @Nullable String lastFailure;

  /**
   * @param listener is told when the breaker opens or closes
   */
  RungState(Rung rung, Time time, ChainListener listener) {
    this.rung = rung;
    this.rateLimit = new RateLimitMemory(time);
    this.concurrency = new ConcurrencyLimit(rung.maxConcurrency().orElse(Integer.MAX_VALUE));
    this.breaker = new Breaker(time, rung.hasBreaker(), change -> announce(change, listener));
    this.hedging = new HedgeAllowance(rung.hedge().orElse(100));
  }

  private void announce(Breaker.Change change, ChainListener listener) {
    if (change.state() == BreakerState.OPEN) {
      log.warn(
          "{} does not work ({}) and is left alone for {} s",
          rung,
          why(String.valueOf(change.cause())),
          change.interval().toSeconds());
    } else {
      log.info("{} works again", rung);
    }
    listener.breaker(
        new BreakerEvent(
            rung, change.state(), change.cause(), change.interval(), change.byProbe()));
  }

  /** Returns the last failure, and the cause before it where that is another one. */
  private String why(String cause) {
    String last = lastFailure;
    if (last == null) {
      return cause;
    }
    return last.startsWith(cause + " ") ? last : cause + ", last " + last;
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

  /** Returns for how long it is left alone; empty if it is not. */
  Optional<Duration> leftAlone() {
    Optional<Duration> byWish = rateLimit.remaining();
    Optional<Duration> byBreaker =
        breaker.refusal().map(Breaker.Refusal::left).filter(left -> left != null);
    return byWish.isPresent() && byBreaker.isPresent()
        ? Optional.of(Collections.max(List.of(byWish.get(), byBreaker.get())))
        : byWish.or(() -> byBreaker);
  }

  /** Notes why a call failed. */
  void failed(CaptionException failure) {
    lastFailure = failure.reason() + " (" + Trail.oneLine(failure.getMessage()) + ")";
  }

  /** Returns why the last failed call failed; null if none has. */
  @Nullable String lastFailure() {
    return lastFailure;
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
