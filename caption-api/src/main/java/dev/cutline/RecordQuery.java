package dev.cutline;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which of an owner's pictures are wanted. All conditions have to hold. */
public final class RecordQuery {
  private final String owner;
  private final @Nullable String text;
  private final @Nullable String tag;
  private final @Nullable String titlePrefix;
  private final @Nullable CaptionState captionState;
  private final @Nullable Boolean needsReview;
  private final @Nullable String provider;
  private final @Nullable String language;
  private final @Nullable String sha256;
  private final @Nullable Instant from;
  private final @Nullable Instant to;
  private final @Nullable String cursor;
  private final int limit;

  private RecordQuery(Builder builder) {
    this.owner = builder.owner;
    this.text = builder.text;
    this.tag = builder.tag;
    this.titlePrefix = builder.titlePrefix;
    this.captionState = builder.captionState;
    this.needsReview = builder.needsReview;
    this.provider = builder.provider;
    this.language = builder.language;
    this.sha256 = builder.sha256;
    this.from = builder.from;
    this.to = builder.to;
    this.cursor = builder.cursor;
    this.limit = builder.limit;
  }

  /** Starts with every picture of {@code owner}, 10 a page. */
  public static Builder builder(String owner) {
    return new Builder(owner);
  }

  public String owner() {
    return owner;
  }

  /**
   * Returns the words to be found in title, description, captions shown, tags or names of labels.
   * {@link dev.cutline.spi.SearchWords} makes them words: each has to occur, the last one at least
   * as the start of a word. A text without words asks for nothing.
   */
  public Optional<String> text() {
    return Optional.ofNullable(text);
  }

  /** Returns the tag that a picture must bear, exactly. */
  public Optional<String> tag() {
    return Optional.ofNullable(tag);
  }

  /**
   * Returns how the title must start, case of ASCII letters ignored; a picture without title does
   * not match.
   */
  public Optional<String> titlePrefix() {
    return Optional.ofNullable(titlePrefix);
  }

  public Optional<CaptionState> captionState() {
    return Optional.ofNullable(captionState);
  }

  public Optional<Boolean> needsReview() {
    return Optional.ofNullable(needsReview);
  }

  /** Returns the type of the rung that answered last in the first language. */
  public Optional<String> provider() {
    return Optional.ofNullable(provider);
  }

  /** Returns a language that captions are wanted in, as a canonical BCP 47 tag. */
  public Optional<String> language() {
    return Optional.ofNullable(language);
  }

  /** Returns the SHA-256 of the file as given. */
  public Optional<String> sha256() {
    return Optional.ofNullable(sha256);
  }

  /** Returns the earliest time of creation, inclusive. */
  public Optional<Instant> from() {
    return Optional.ofNullable(from);
  }

  /** Returns the latest time of creation, exclusive. */
  public Optional<Instant> to() {
    return Optional.ofNullable(to);
  }

  /** Returns where to go on: what the page before gave. */
  public Optional<String> cursor() {
    return Optional.ofNullable(cursor);
  }

  /** Returns the most records of a page, 1 to 1000. */
  public int limit() {
    return limit;
  }

  /** Returns a builder with everything of this query. */
  public Builder toBuilder() {
    return builder(owner)
        .text(text)
        .tag(tag)
        .titlePrefix(titlePrefix)
        .captionState(captionState)
        .needsReview(needsReview)
        .provider(provider)
        .language(language)
        .sha256(sha256)
        .from(from)
        .to(to)
        .cursor(cursor)
        .limit(limit);
  }

  /** Builds a {@link RecordQuery}; null lifts a condition. Not safe for several threads. */
  public static final class Builder {
    private final String owner;
    private @Nullable String text;
    private @Nullable String tag;
    private @Nullable String titlePrefix;
    private @Nullable CaptionState captionState;
    private @Nullable Boolean needsReview;
    private @Nullable String provider;
    private @Nullable String language;
    private @Nullable String sha256;
    private @Nullable Instant from;
    private @Nullable Instant to;
    private @Nullable String cursor;
    private int limit = 10;

    private Builder(String owner) {
      this.owner = Objects.requireNonNull(owner, "owner");
    }

    public Builder text(@Nullable String text) {
      this.text = text;
      return this;
    }

    public Builder tag(@Nullable String tag) {
      this.tag = tag;
      return this;
    }

    public Builder titlePrefix(@Nullable String titlePrefix) {
      this.titlePrefix = titlePrefix;
      return this;
    }

    public Builder captionState(@Nullable CaptionState captionState) {
      this.captionState = captionState;
      return this;
    }

    public Builder needsReview(@Nullable Boolean needsReview) {
      this.needsReview = needsReview;
      return this;
    }

    public Builder provider(@Nullable String provider) {
      this.provider = provider;
      return this;
    }

    /**
     * Sets a language.
     *
     * @throws IllegalArgumentException if it is no BCP 47 tag
     */
    public Builder language(@Nullable String language) {
      this.language = language == null ? null : LanguageTags.canonical(language);
      return this;
    }

    public Builder sha256(@Nullable String sha256) {
      this.sha256 = sha256;
      return this;
    }

    public Builder from(@Nullable Instant from) {
      this.from = from;
      return this;
    }

    public Builder to(@Nullable Instant to) {
      this.to = to;
      return this;
    }

    public Builder cursor(@Nullable String cursor) {
      this.cursor = cursor;
      return this;
    }

    /**
     * Sets the most records of a page.
     *
     * @throws IllegalArgumentException if it is not 1 to 1000
     */
    public Builder limit(int limit) {
      if (limit < 1 || limit > 1000) {
        throw new IllegalArgumentException("limit is 1 to 1000, not " + limit);
      }
      this.limit = limit;
      return this;
    }

    public RecordQuery build() {
      return new RecordQuery(this);
    }
  }
}
