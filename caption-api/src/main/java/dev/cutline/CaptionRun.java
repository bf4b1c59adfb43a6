package dev.cutline;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking for captions in one language: who answered, at what price, or why nobody did.
 */
public final class CaptionRun {
  private final String language;
  private final Instant at;
  private final @Nullable String rung;
  private final @Nullable String provider;
  private final @Nullable String model;
  private final boolean cached;
  private final Duration latency;
  private final Usage usage;
  private final BigDecimal costUsd;
  private final List<Attempt> trail;
  private final @Nullable Reason failure;
  private final @Nullable String message;

  private CaptionRun(Builder builder) {
    this.language = builder.language;
    this.at = builder.at;
    this.rung = builder.rung;
    this.provider = builder.provider;
    this.model = builder.model;
    this.cached = builder.cached;
    this.latency = builder.latency;
    this.usage = builder.usage;
    this.costUsd = builder.costUsd;
    this.trail = builder.trail;
    this.failure = builder.failure;
    this.message = builder.message;
  }

  /**
   * Starts a run.
   *
   * @param language canonical BCP 47 tag
   * @param at when it ended; stores keep milliseconds
   */
  public static Builder builder(String language, Instant at) {
    return new Builder(language, at);
  }

  public String language() {
    return language;
  }

  public Instant at() {
    return at;
  }

  /** Returns the rung that answered; empty if none did. */
  public Optional<String> rung() {
    return Optional.ofNullable(rung);
  }

  /** Returns the type of the rung that answered; empty if none did. */
  public Optional<String> provider() {
    return Optional.ofNullable(provider);
  }

  public Optional<String> model() {
    return Optional.ofNullable(model);
  }

  /** Tells whether an earlier answer was used again. */
  public boolean isCached() {
    return cached;
  }

  public Duration latency() {
    return latency;
  }

  /** Returns the tokens of all attempts. */
  public Usage usage() {
    return usage;
  }

  /** Returns the cost of all attempts in US dollars. */
  public BigDecimal costUsd() {
    return costUsd;
  }

  public List<Attempt> trail() {
    return trail;
  }

  /** Returns why nobody answered; empty if somebody did. */
  public Optional<Reason> failure() {
    return Optional.ofNullable(failure);
  }

  /** Returns what went wrong, in one line; empty if nothing did. */
  public Optional<String> message() {
    return Optional.ofNullable(message);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CaptionRun that
        && language.equals(that.language)
        && at.equals(that.at)
        && Objects.equals(rung, that.rung)
        && Objects.equals(provider, that.provider)
        && Objects.equals(model, that.model)
        && cached == that.cached
        && latency.equals(that.latency)
        && usage.equals(that.usage)
        && costUsd.compareTo(that.costUsd) == 0
        && trail.equals(that.trail)
        && failure == that.failure
        && Objects.equals(message, that.message);
  }

  @Override
  public int hashCode() {
    return Objects.hash(language, at, rung, model, failure);
  }

  @Override
  public String toString() {
    return language + " " + (failure == null ? rung : failure) + " " + trail;
  }

  /** Builds a {@link CaptionRun}. Not safe for several threads. */
  public static final class Builder {
    private final String language;
    private final Instant at;
    private @Nullable String rung;
    private @Nullable String provider;
    private @Nullable String model;
    private boolean cached;
    private Duration latency = Duration.ZERO;
    private Usage usage = Usage.NONE;
    private BigDecimal costUsd = BigDecimal.ZERO;
    private List<Attempt> trail = List.of();
    private @Nullable Reason failure;
    private @Nullable String message;

    private Builder(String language, Instant at) {
      this.language = LanguageTags.canonical(language);
      this.at = Objects.requireNonNull(at, "at");
    }

    public Builder rung(@Nullable String rung) {
      this.rung = rung;
      return this;
    }

    public Builder provider(@Nullable String provider) {
      this.provider = provider;
      return this;
    }

    public Builder model(@Nullable String model) {
      this.model = model;
      return this;
    }

    public Builder cached(boolean cached) {
      this.cached = cached;
      return this;
    }

    /** Sets how long it took; stores keep milliseconds. */
    public Builder latency(Duration latency) {
      this.latency = Objects.requireNonNull(latency, "latency");
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

    public Builder trail(List<Attempt> trail) {
      this.trail = List.copyOf(trail);
      return this;
    }

    public Builder failure(@Nullable Reason failure, @Nullable String message) {
      this.failure = failure;
      this.message = message;
      return this;
    }

    public CaptionRun build() {
      return new CaptionRun(this);
    }
  }
}
