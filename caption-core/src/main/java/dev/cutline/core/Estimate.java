package dev.cutline.core;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;

/**
 * What captions would take, guessed from the sizes of the pictures before anybody is asked. Tokens
 * follow a rule of thumb, not the tokenizer of the model: for the order of a bill, not for its last
 * digit.
 */
public final class Estimate {
  private static final Estimate NOTHING =
      new Estimate(0, 0, 0, 0, BigDecimal.ZERO, true, Duration.ZERO);

  private final long images;
  private final long calls;
  private final long inputTokens;
  private final long outputTokens;
  private final BigDecimal costUsd;
  private final boolean costKnown;
  private final Duration time;

  Estimate(
      long images,
      long calls,
      long inputTokens,
      long outputTokens,
      BigDecimal costUsd,
      boolean costKnown,
      Duration time) {
    this.images = images;
    this.calls = calls;
    this.inputTokens = inputTokens;
    this.outputTokens = outputTokens;
    this.costKnown = costKnown;
    this.costUsd = Objects.requireNonNull(costUsd, "costUsd");
    this.time = Objects.requireNonNull(time, "time");
  }

  /** Returns the estimate of no pictures at all, to add others to. */
  public static Estimate nothing() {
    return NOTHING;
  }

  /** Returns the sum of both. */
  public Estimate plus(Estimate other) {
    return new Estimate(
        images + other.images,
        calls + other.calls,
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        costUsd.add(other.costUsd),
        costKnown && other.costKnown,
        time.plus(other.time));
  }

  public long images() {
    return images;
  }

  /**
   * Returns how often a model would be asked if the first rung always answered: once a picture and
   * language.
   */
  public long calls() {
    return calls;
  }

  public long inputTokens() {
    return inputTokens;
  }

  public long outputTokens() {
    return outputTokens;
  }

  /**
   * Returns US dollars by the prices in the settings; what has none there counts as nothing.
   *
   * @see #isCostKnown
   */
  public BigDecimal costUsd() {
    return costUsd;
  }

  /** Tells whether each remote model that would be asked has its prices in the settings. */
  public boolean isCostKnown() {
    return costKnown;
  }

  /**
   * Returns the time of all calls one after the other; divide by the number of calls that run at
   * once.
   */
  public Duration time() {
    return time;
  }

  @Override
  public String toString() {
    return "%d pictures, %d calls, about %d + %d tokens, %s dollars, %s"
        .formatted(images, calls, inputTokens, outputTokens, costUsd.toPlainString(), time);
  }
}
