package dev.cutline.core.chain;

import dev.cutline.Capabilities;
import dev.cutline.Reason;
import dev.cutline.core.money.Prices;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One rung of a chain: how it is configured, and how it stood when this was asked for. */
public final class RungStatus {
  private final Rung rung;
  private final BreakerState breaker;
  private final @Nullable Reason outage;
  private final @Nullable Duration leftAlone;
  private final @Nullable Duration median;
  private final @Nullable Duration p95;
  private final int underWay;
  private final int waiting;
  private final int allowed;
  private final @Nullable String lastFailure;
  private final @Nullable BigDecimal spentToday;

  RungStatus(RungState state, @Nullable BigDecimal spentToday) {
    this.rung = state.rung();
    Breaker.View view = state.breaker().view();
    this.breaker = view.state();
    this.outage = view.cause();
    this.leftAlone = state.leftAlone().orElse(null);
    this.median = state.latencies().quantile(0.5).orElse(null);
    this.p95 = state.latencies().quantile(0.95).orElse(null);
    ConcurrencyLimit.View calls = state.concurrency().view();
    this.underWay = calls.underWay();
    this.waiting = calls.waiting();
    this.allowed = calls.allowed();
    this.lastFailure = state.lastFailure();
    this.spentToday = spentToday;
  }

  /** Returns its name in the settings, for example {@code primary}. */
  public String name() {
    return rung.name();
  }

  /** Returns the id of its provider, for example {@code openai}. */
  public String type() {
    return rung.type();
  }

  public Capabilities capabilities() {
    return rung.capabilities();
  }

  /** Returns what decides its answers besides the request: type, model, prompt version. */
  public String fingerprint() {
    return rung.fingerprint();
  }

  /** Returns what a call is charged. */
  public Prices prices() {
    return rung.prices();
  }

  /**
   * Tells whether it is known what a call costs: it has prices, or it runs on this machine, or no
   * model is asked.
   */
  public boolean isCostKnown() {
    return rung.isCostKnown();
  }

  public BreakerState breaker() {
    return breaker;
  }

  /** Returns what opened its breaker; empty while that is closed. */
  public Optional<Reason> outage() {
    return Optional.ofNullable(outage);
  }

  /** Returns for how long it is left alone, by its breaker or its own wish; empty if it is not. */
  public Optional<Duration> leftAlone() {
    return Optional.ofNullable(leftAlone);
  }

  /** Returns the median of its last 200 answers' times; empty before there are 20. */
  public Optional<Duration> median() {
    return Optional.ofNullable(median);
  }

  /** Returns the 95th percentile of its last 200 answers' times; empty before there are 20. */
  public Optional<Duration> p95() {
    return Optional.ofNullable(p95);
  }

  /** Returns how many calls are under way, those that were given up but go on included. */
  public int underWay() {
    return underWay;
  }

  /** Returns how many requests wait for a turn. */
  public int waiting() {
    return waiting;
  }

  /** Returns how many calls may be under way at once now; empty if there is no limit. */
  public OptionalInt allowed() {
    return allowed == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(allowed);
  }

  /** Returns why its last failed call failed, in one line; empty if none has. */
  public Optional<String> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  /** Returns US dollars that may be spent on one day, in UTC; empty if there is no limit. */
  public Optional<BigDecimal> dailyBudget() {
    return rung.dailyBudget();
  }

  /**
   * Returns US dollars that are spent and set aside today, in UTC, across processes; empty if it
   * has no daily budget, or the ledger cannot be reached.
   */
  public Optional<BigDecimal> spentToday() {
    return Optional.ofNullable(spentToday);
  }

  @Override
  public String toString() {
    return name() + " (" + fingerprint() + ")";
  }
}
