package dev.cutline;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One line of the trail: which rung was asked and how it ended. */
public final class Attempt {
  private final String rung;
  private final String provider;
  private final @Nullable String model;
  private final Outcome outcome;
  private final Duration elapsed;
  private final Usage usage;
  private final BigDecimal costUsd;
  private final @Nullable String message;
  private final @Nullable String sentSha256;

  private Attempt(Builder builder) {
    this.rung = builder.rung;
    this.provider = builder.provider;
    this.model = builder.model;
    this.outcome = builder.outcome;
    this.elapsed = builder.elapsed;
    this.usage = builder.usage;
    this.costUsd = builder.costUsd;
    this.message = builder.message;
    this.sentSha256 = builder.sentSha256;
  }

  /**
   * Starts an attempt.
   *
   * @param rung the name of the rung in the settings, for example {@code primary}
   * @param provider the type of the rung, for example {@code openai}
   */
  public static Builder builder(String rung, String provider, Outcome outcome) {
    return new Builder(rung, provider, outcome);
  }

  public String rung() {
    return rung;
  }

  public String provider() {
    return provider;
  }

  /** Returns the model as the server named it; empty when it never answered. */
  public Optional<String> model() {
    return Optional.ofNullable(model);
  }

  public Outcome outcome() {
    return outcome;
  }

  /** Returns the time spent on it; zero when skipped. */
  public Duration elapsed() {
    return elapsed;
  }

  /** Returns the tokens used, also those of answers that were of no use: they are billed. */
  public Usage usage() {
    return usage;
  }

  /** Returns what it cost in US dollars by the prices in the settings; zero if none are set. */
  public BigDecimal costUsd() {
    return costUsd;
  }

  /** Returns what went wrong, in one line without secrets; empty when nothing did. */
  public Optional<String> message() {
    return Optional.ofNullable(message);
  }

  /**
   * Returns the SHA-256 of exactly the picture that the rung was given, as 64 lower-case hex
   * digits; empty if it was given none.
   */
  public Optional<String> sentSha256() {
    return Optional.ofNullable(sentSha256);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attempt that
        && rung.equals(that.rung)
        && provider.equals(that.provider)
        && Objects.equals(model, that.model)
        && outcome == that.outcome
        && elapsed.equals(that.elapsed)
        && usage.equals(that.usage)
        && costUsd.compareTo(that.costUsd) == 0
        && Objects.equals(message, that.message)
        && Objects.equals(sentSha256, that.sentSha256);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rung, provider, model, outcome, elapsed, usage, message);
  }

  @Override
  public String toString() {
    return rung + " " + outcome + " " + elapsed.toMillis() + " ms";
  }

  /** Builds an {@link Attempt}. Not safe for several threads. */
  public static final class Builder {
    private final String rung;
    private final String provider;
    private final Outcome outcome;
    private @Nullable String model;
    private Duration elapsed = Duration.ZERO;
    private Usage usage = Usage.NONE;
    private BigDecimal costUsd = BigDecimal.ZERO;
    private @Nullable String message;
    private @Nullable String sentSha256;

    private Builder(String rung, String provider, Outcome outcome) {
      this.rung = Objects.requireNonNull(rung, "rung");
      this.provider = Objects.requireNonNull(provider, "provider");
      this.outcome = Objects.requireNonNull(outcome, "outcome");
    }

    public Builder model(@Nullable String model) {
      this.model = model;
      return this;
    }

    public Builder elapsed(Duration elapsed) {
      this.elapsed = Objects.requireNonNull(elapsed, "elapsed");
      return this;
    }

    public Builder usage(Usage usage) {
      this.usage = Objects.requireNonNull(usage, "usage");
      return this;
    }

    public Builder costUsd(BigDecimal costUsd) {
      this.costUsd = Objects.requireNonNull(costUsd, "costUsd");
      return this;
    }

    public Builder message(@Nullable String message) {
      this.message = message;
      return this;
    }

    public Builder sentSha256(@Nullable String sentSha256) {
      this.sentSha256 = sentSha256;
      return this;
    }

    public Attempt build() {
      return new Attempt(this);
    }
  }
}
