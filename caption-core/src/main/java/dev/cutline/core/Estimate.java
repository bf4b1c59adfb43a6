package dev.cutline.core;

import dev.cutline.Usage;
import dev.cutline.core.chain.Rung;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What captions would take, guessed from the sizes of the pictures before anybody is asked. Tokens
 * follow a rule of thumb, not the tokenizer of the model: for the order of a bill, not for its last
 * digit. Immutable.
 */
public final class Estimate {
  private static final Estimate NOTHING = ofPictures(0);

  private final long images;
  private final long calls;
  private final Usage usage;
  private final BigDecimal costUsd;
  private final boolean costKnown;
  private final @Nullable LocalDate listedOn;
  private final Map<String, Work> work;

  private Estimate(
      long images,
      long calls,
      Usage usage,
      BigDecimal costUsd,
      boolean costKnown,
      @Nullable LocalDate listedOn,
      Map<String, Work> work) {
    this.images = images;
    this.calls = calls;
    this.usage = usage;
    this.costUsd = costUsd;
    this.costKnown = costKnown;
    this.listedOn = listedOn;
    this.work = Map.copyOf(work);
  }

  /** Returns the estimate of no pictures at all, to add others to. */
  public static Estimate nothing() {
    return NOTHING;
  }

  /** Returns the estimate of pictures that nobody is asked for. */
  static Estimate ofPictures(int count) {
    return new Estimate(count, 0, Usage.NONE, BigDecimal.ZERO, true, null, Map.of());
  }

  /** Returns the estimate of one call for a picture that is counted apart. */
  static Estimate ofCall(Rung rung, Usage usage, Duration time) {
    return new Estimate(
        0,
        1,
        usage,
        rung.prices().cost(usage, 1, time),
        rung.isCostKnown(),
        rung.prices().listedOn().orElse(null),
        Map.of(rung.name(), new Work(time, rung.maxConcurrency().orElse(Integer.MAX_VALUE))));
  }

  /** Returns the sum of both. */
  public Estimate plus(Estimate other) {
    Map<String, Work> all = new TreeMap<>(work);
    other.work.forEach((rung, more) -> all.merge(rung, more, Work::plus));
    return new Estimate(
        images + other.images,
        calls + other.calls,
        usage.plus(other.usage),
        costUsd.add(other.costUsd),
        costKnown && other.costKnown,
        earlier(listedOn, other.listedOn),
        all);
  }

  private static @Nullable LocalDate earlier(@Nullable LocalDate one, @Nullable LocalDate other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  public long images() {
    return images;
  }

  /**
   * Returns how often a rung would be asked if the first one always answered: once a picture and
   * language.
   */
  public long calls() {
    return calls;
  }

  public long inputTokens() {
    return usage.inputTokens();
  }

  public long outputTokens() {
    return usage.outputTokens();
  }

  /**
   * Returns US dollars by the prices of the rungs; what has none counts as nothing.
   *
   * @see #isCostKnown
   */
  public BigDecimal costUsd() {
    return costUsd;
  }

  /** Tells whether each remote model that would be asked has its prices. */
  public boolean isCostKnown() {
    return costKnown;
  }

  /**
   * Returns the day of the oldest list price in the cost, which may have changed since; empty if
   * all prices are from the settings, or nothing is charged.
   */
  public Optional<LocalDate> listedOn() {
    return Optional.ofNullable(listedOn);
  }

  /** Returns the time of all calls one after the other. */
  public Duration time() {
    return work.values().stream().map(Work::time).reduce(Duration.ZERO, Duration::plus);
  }

  /**
   * Returns how long it takes with some pictures at work at once. The languages of a picture come
   * one after the other, and no rung gets more calls at once than it may have.
   *
   * @param concurrency pictures at work at once, at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public Duration time(int concurrency) {
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency is at least 1, not " + concurrency);
    }
    long atOnce = Math.max(1, Math.min(concurrency, images));
    Duration longest = time().dividedBy(atOnce);
    for (Work each : work.values()) {
      Duration needed = each.time().dividedBy(Math.min(atOnce, each.most()));
      longest = needed.compareTo(longest) > 0 ? needed : longest;
    }
    return longest;
  }

  @Override
  public String toString() {
    return "%d pictures, %d calls, about %d + %d tokens, %s dollars, %s"
        .formatted(images, calls, inputTokens(), outputTokens(), costUsd.toPlainString(), time());
  }

  /** The calls of one rung, one after the other, and how many it may have at once. */
  private record Work(Duration time, int most) {
    Work plus(Work more) {
      return new Work(time.plus(more.time), Math.min(most, more.most));
    }
  }
}
