package dev.cutline;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One text of one style and language, with who wrote it, when and by what means. Never changed once
 * stored.
 */
public final class CaptionVersion {
  private final long number;
  private final CaptionStyle style;
  private final String language;
  private final String text;
  private final boolean decorative;
  private final Author author;
  private final @Nullable String rung;
  private final @Nullable String provider;
  private final @Nullable String model;
  private final @Nullable String promptVersion;
  private final @Nullable String origin;
  private final BigDecimal costUsd;
  private final Instant createdAt;
  private final @Nullable ReusedFrom reusedFrom;

  private CaptionVersion(Builder builder) {
    this.number = builder.number;
    this.style = builder.style;
    this.language = builder.language;
    this.text = builder.text;
    this.decorative = builder.decorative;
    this.author = builder.author;
    this.rung = builder.rung;
    this.provider = builder.provider;
    this.model = builder.model;
    this.promptVersion = builder.promptVersion;
    this.origin = builder.origin;
    this.costUsd = builder.costUsd;
    this.createdAt = Objects.requireNonNull(builder.createdAt, "createdAt");
    this.reusedFrom = builder.reusedFrom;
  }

  /**
   * Starts a version.
   *
   * @param number 1, 2, 3… among all versions of one picture
   * @param language canonical BCP 47 tag
   * @throws IllegalArgumentException if the number is below 1
   */
  public static Builder builder(
      long number, CaptionStyle style, String language, String text, Author author) {
    return new Builder(number, style, language, text, author);
  }

  /** Returns its number among all versions of the picture, from 1. */
  public long number() {
    return number;
  }

  public CaptionStyle style() {
    return style;
  }

  /** Returns the language as a canonical BCP 47 tag. */
  public String language() {
    return language;
  }

  /** Returns the text; empty only for the alt text of a decorative picture. */
  public String text() {
    return text;
  }

  /** Tells whether the picture was found to be decoration only. */
  public boolean isDecorative() {
    return decorative;
  }

  public Author author() {
    return author;
  }

  /** Returns the name of the rung that wrote it; empty for a person. */
  public Optional<String> rung() {
    return Optional.ofNullable(rung);
  }

  /** Returns the type of the rung that wrote it; empty for a person. */
  public Optional<String> provider() {
    return Optional.ofNullable(provider);
  }

  /** Returns the model as the server named it; empty for a person. */
  public Optional<String> model() {
    return Optional.ofNullable(model);
  }

  public Optional<String> promptVersion() {
    return Optional.ofNullable(promptVersion);
  }

  /**
   * Returns a short hash of the {@linkplain Captioner#fingerprint() fingerprint} of who wrote it,
   * so that a later change of model, prompt or address can be seen; empty for a person and where
   * nobody noted it.
   */
  public Optional<String> origin() {
    return Optional.ofNullable(origin);
  }

  /** Returns this text's share of the cost of its call, in US dollars. */
  public BigDecimal costUsd() {
    return costUsd;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** Returns which other picture a model wrote this for; empty if for this one, or by a person. */
  public Optional<ReusedFrom> reusedFrom() {
    return Optional.ofNullable(reusedFrom);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CaptionVersion that
        && number == that.number
        && style == that.style
        && language.equals(that.language)
        && text.equals(that.text)
        && decorative == that.decorative
        && author == that.author
        && Objects.equals(rung, that.rung)
        && Objects.equals(provider, that.provider)
        && Objects.equals(model, that.model)
        && Objects.equals(promptVersion, that.promptVersion)
        && Objects.equals(origin, that.origin)
        && costUsd.compareTo(that.costUsd) == 0
        && createdAt.equals(that.createdAt)
        && Objects.equals(reusedFrom, that.reusedFrom);
  }

  @Override
  public int hashCode() {
    return Objects.hash(number, style, language, text);
  }

  @Override
  public String toString() {
    return "#" + number + " " + style.id() + "/" + language + " by " + author + ": " + text;
  }

  /** Who wrote a text. A person's text always wins over a model's. */
  public enum Author {
    HUMAN,
    MODEL
  }

  /** Builds a {@link CaptionVersion}. Not safe for several threads. */
  public static final class Builder {
    private final long number;
    private final CaptionStyle style;
    private final String language;
    private final String text;
    private final Author author;
    private boolean decorative;
    private @Nullable String rung;
    private @Nullable String provider;
    private @Nullable String model;
    private @Nullable String promptVersion;
    private @Nullable String origin;
    private BigDecimal costUsd = BigDecimal.ZERO;
    private Instant createdAt = Instant.EPOCH;
    private @Nullable ReusedFrom reusedFrom;

    private Builder(long number, CaptionStyle style, String language, String text, Author author) {
      if (number < 1) {
        throw new IllegalArgumentException("versions count from 1, not " + number);
      }
      this.number = number;
      this.style = Objects.requireNonNull(style, "style");
      this.language = LanguageTags.canonical(language);
      this.text = Objects.requireNonNull(text, "text");
      this.author = Objects.requireNonNull(author, "author");
    }

    public Builder decorative(boolean decorative) {
      this.decorative = decorative;
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

    public Builder model(@Nullable String model) {
      this.model = model;
      return this;
    }

    public Builder promptVersion(@Nullable String promptVersion) {
      this.promptVersion = promptVersion;
      return this;
    }

    public Builder origin(@Nullable String origin) {
      this.origin = origin;
      return this;
    }

    public Builder costUsd(BigDecimal costUsd) {
      this.costUsd = Objects.requireNonNull(costUsd, "costUsd");
      return this;
    }

    /** Sets when it was written; stores keep milliseconds. */
    public Builder createdAt(Instant createdAt) {
      this.createdAt = createdAt;
      return this;
    }

    public Builder reusedFrom(@Nullable ReusedFrom reusedFrom) {
      this.reusedFrom = reusedFrom;
      return this;
    }

    public CaptionVersion build() {
      return new CaptionVersion(this);
    }
  }
}
