package dev.cutline;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a captioner answered. A provider fills in the texts, model, usage and prompt version; the
 * chain adds the rung, the elapsed time, the cost and the trail.
 */
public final class CaptionReply {
  private final Map<CaptionStyle, String> texts;
  private final boolean decorative;
  private final String model;
  private final @Nullable String promptVersion;
  private final Usage usage;
  private final Duration elapsed;
  private final @Nullable String rung;
  private final @Nullable String provider;
  private final boolean cached;
  private final BigDecimal costUsd;
  private final List<Attempt> trail;
  private final @Nullable ReusedFrom reusedFrom;

  private CaptionReply(Builder builder) {
    this.texts = Collections.unmodifiableMap(new EnumMap<>(builder.texts));
    this.decorative = builder.decorative;
    this.model = builder.model;
    this.promptVersion = builder.promptVersion;
    this.usage = builder.usage;
    this.elapsed = builder.elapsed;
    this.rung = builder.rung;
    this.provider = builder.provider;
    this.cached = builder.cached;
    this.costUsd = builder.costUsd;
    this.trail = builder.trail;
    this.reusedFrom = builder.reusedFrom;
  }

  /** Starts a reply of {@code model}, named as the server reported it, not as it was asked for. */
  public static Builder builder(String model) {
    return new Builder(model);
  }

  /** Returns a builder with everything of this reply. */
  public Builder toBuilder() {
    Builder builder = new Builder(model);
    builder.texts.putAll(texts);
    return builder
        .decorative(decorative)
        .promptVersion(promptVersion)
        .usage(usage)
        .elapsed(elapsed)
        .rung(rung)
        .provider(provider)
        .cached(cached)
        .costUsd(costUsd)
        .trail(trail)
        .reusedFrom(reusedFrom);
  }

  /** Returns the text of a style; empty if the reply has none. */
  public Optional<String> text(CaptionStyle style) {
    return Optional.ofNullable(texts.get(style));
  }

  public Map<CaptionStyle, String> texts() {
    return texts;
  }

  /** Tells whether the picture is decoration only, so that its alt text is rightly empty. */
  public boolean isDecorative() {
    return decorative;
  }

  /** Returns the model as the server reported it. */
  public String model() {
    return model;
  }

  /** Returns which wording of the prompt was used; empty for captioners without one. */
  public Optional<String> promptVersion() {
    return Optional.ofNullable(promptVersion);
  }

  public Usage usage() {
    return usage;
  }

  /** Returns how long the answer took: the provider's call alone, or from a chain all of it. */
  public Duration elapsed() {
    return elapsed;
  }

  /** Returns the name of the rung that answered; empty unless a chain replied. */
  public Optional<String> rung() {
    return Optional.ofNullable(rung);
  }

  /** Returns the type of the rung that answered; empty unless a chain replied. */
  public Optional<String> provider() {
    return Optional.ofNullable(provider);
  }

  /** Tells whether this is an earlier answer used again; then it cost nothing. */
  public boolean isCached() {
    return cached;
  }

  /**
   * Returns which other picture this was an answer to; empty if it was one to this picture. Never
   * kept with an answer.
   */
  public Optional<ReusedFrom> reusedFrom() {
    return Optional.ofNullable(reusedFrom);
  }

  /**
   * Returns the cost of all attempts in US dollars, by the prices in the settings; zero if none are
   * set.
   */
  public BigDecimal costUsd() {
    return costUsd;
  }

  /** Returns what was tried, in order, the attempt that answered included. */
  public List<Attempt> trail() {
    return trail;
  }

  @Override
  public String toString() {
    return model + ": " + texts;
  }

  /** Builds a {@link CaptionReply}. Not safe for several threads. */
  public static final class Builder {
    private final String model;
    private final Map<CaptionStyle, String> texts = new EnumMap<>(CaptionStyle.class);
    private boolean decorative;
    private @Nullable String promptVersion;
    private Usage usage = Usage.NONE;
    private Duration elapsed = Duration.ZERO;
    private @Nullable String rung;
    private @Nullable String provider;
    private boolean cached;
    private BigDecimal costUsd = BigDecimal.ZERO;
    private List<Attempt> trail = List.of();
    private @Nullable ReusedFrom reusedFrom;

    private Builder(String model) {
      this.model = Objects.requireNonNull(model, "model");
    }

    public Builder text(CaptionStyle style, String text) {
      texts.put(style, Objects.requireNonNull(text, "text"));
      return this;
    }

    /** Replaces all texts. */
    public Builder texts(Map<CaptionStyle, String> texts) {
      this.texts.clear();
      this.texts.putAll(texts);
      return this;
    }

    public Builder decorative(boolean decorative) {
      this.decorative = decorative;
      return this;
    }

    public Builder promptVersion(@Nullable String promptVersion) {
      this.promptVersion = promptVersion;
      return this;
    }

    public Builder usage(Usage usage) {
      this.usage = Objects.requireNonNull(usage, "usage");
      return this;
    }

    public Builder elapsed(Duration elapsed) {
      this.elapsed = Objects.requireNonNull(elapsed, "elapsed");
      return this;
    }

    public Builder rung(@Nullable String rung) {
      this.rung = rung;
      return this;
    }

    public Builder provider(@Nullable String provider) {
      this.provider = provider;
      return this;
    }

    public Builder cached(boolean cached) {
      this.cached = cached;
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

    public Builder reusedFrom(@Nullable ReusedFrom reusedFrom) {
      this.reusedFrom = reusedFrom;
      return this;
    }

    public CaptionReply build() {
      return new CaptionReply(this);
    }
  }
}
