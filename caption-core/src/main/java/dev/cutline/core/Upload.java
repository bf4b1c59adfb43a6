package dev.cutline.core;

import dev.cutline.CaptionStyle;
import dev.cutline.LanguageTags;
import dev.cutline.core.money.RunBudget;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A picture to be taken in, with what its owner tells about it. Immutable. */
public final class Upload {
  private final String owner;
  private final @Nullable Path path;
  private final byte @Nullable [] bytes;
  private final @Nullable String fileName;
  private final @Nullable String title;
  private final @Nullable String description;
  private final List<String> tags;
  private final List<String> languages;
  private final Set<CaptionStyle> styles;
  private final @Nullable String context;
  private final boolean localOnly;
  private final @Nullable Boolean keepFacts;
  private final @Nullable RunBudget budget;

  private Upload(Builder builder) {
    this.owner = builder.owner;
    this.path = builder.path;
    this.bytes = builder.bytes;
    this.fileName = builder.fileName;
    this.title = builder.title;
    this.description = builder.description;
    this.tags = builder.tags;
    this.languages = builder.languages;
    this.styles = builder.styles;
    this.context = builder.context;
    this.localOnly = builder.localOnly;
    this.keepFacts = builder.keepFacts;
    this.budget = builder.budget;
  }

  /**
   * Returns an upload of a file, with everything else left to the defaults of {@link Cutline}.
   *
   * @throws IllegalArgumentException if the owner is not 1 to 128 characters of text
   */
  public static Upload of(String owner, Path file) {
    return builder(owner, file).build();
  }

  /**
   * Starts an upload of a file, whose name becomes the {@linkplain Builder#fileName file name}. It
   * is read by {@link Cutline#upload}, not here.
   *
   * @throws IllegalArgumentException if the owner is not 1 to 128 characters of text
   */
  public static Builder builder(String owner, Path file) {
    return new Builder(owner, Objects.requireNonNull(file, "file"), null).fileName(nameOf(file));
  }

  /**
   * Starts an upload of bytes that are here already. They are not copied: the caller leaves them
   * alone until {@link Cutline#upload} has returned.
   *
   * @throws IllegalArgumentException if the owner is not 1 to 128 characters of text
   */
  public static Builder builder(String owner, byte[] bytes) {
    return new Builder(owner, null, Objects.requireNonNull(bytes, "bytes"));
  }

  public String owner() {
    return owner;
  }

  public Optional<String> fileName() {
    return Optional.ofNullable(fileName);
  }

  public Optional<String> title() {
    return Optional.ofNullable(title);
  }

  public Optional<String> description() {
    return Optional.ofNullable(description);
  }

  public List<String> tags() {
    return tags;
  }

  /** Returns the languages wanted; empty: the default ones. */
  public List<String> languages() {
    return languages;
  }

  /** Returns the styles wanted; empty: the default ones. */
  public Set<CaptionStyle> styles() {
    return styles;
  }

  public Optional<String> context() {
    return Optional.ofNullable(context);
  }

  public boolean isLocalOnly() {
    return localOnly;
  }

  /** Returns whether harmless facts are kept; empty: as the default is. */
  public Optional<Boolean> keepFacts() {
    return Optional.ofNullable(keepFacts);
  }

  /** Returns what its captions may be paid from; empty: no limit but those of the day. */
  public Optional<RunBudget> budget() {
    return Optional.ofNullable(budget);
  }

  @Nullable Path path() {
    return path;
  }

  byte @Nullable [] bytes() {
    return bytes;
  }

  /** Returns the owner and the name of the file; no bytes. */
  @Override
  public String toString() {
    return "upload of " + (fileName == null ? "a picture" : fileName) + " by " + owner;
  }

  private static @Nullable String nameOf(Path file) {
    Path name = file.getFileName();
    return name == null ? null : name.toString();
  }

  /** Builds an {@link Upload}. Not safe for several threads. */
  public static final class Builder {
    private final String owner;
    private final @Nullable Path path;
    private final byte @Nullable [] bytes;
    private @Nullable String fileName;
    private @Nullable String title;
    private @Nullable String description;
    private List<String> tags = List.of();
    private List<String> languages = List.of();
    private Set<CaptionStyle> styles = Set.of();
    private @Nullable String context;
    private boolean localOnly;
    private @Nullable Boolean keepFacts;
    private @Nullable RunBudget budget;

    private Builder(String owner, @Nullable Path path, byte @Nullable [] bytes) {
      this.owner = Texts.owner(owner);
      this.path = path;
      this.bytes = bytes;
    }

    /**
     * Sets the name of the file to show. It is text, never a path: control characters in it are
     * replaced, and more than 255 characters cut off.
     */
    public Builder fileName(@Nullable String fileName) {
      this.fileName = Texts.fileName(fileName);
      return this;
    }

    /**
     * Sets the title; blank or null: none.
     *
     * @throws IllegalArgumentException if it has more than 500 characters, line breaks or control
     *     characters
     */
    public Builder title(@Nullable String title) {
      this.title = Texts.title(title);
      return this;
    }

    /**
     * Sets the description; blank or null: none.
     *
     * @throws IllegalArgumentException if it has more than 10,000 characters, or control characters
     *     but line breaks
     */
    public Builder description(@Nullable String description) {
      this.description = Texts.description(description);
      return this;
    }

    /**
     * Sets the tags; blank ones and repetitions are dropped.
     *
     * @throws IllegalArgumentException if there are more than 50, or one has more than 100
     *     characters, line breaks or control characters
     */
    public Builder tags(List<String> tags) {
      this.tags = Texts.tags(tags);
      return this;
    }

    /**
     * Sets the languages that captions are wanted in, the first being the one shown; each is a call
     * of its own.
     *
     * @throws IllegalArgumentException if one is no BCP 47 tag
     */
    public Builder languages(List<String> languages) {
      this.languages = languages.stream().map(LanguageTags::canonical).distinct().toList();
      return this;
    }

    /** Sets the styles that are wanted. */
    public Builder styles(Set<CaptionStyle> styles) {
      this.styles = immutable(styles);
      return this;
    }

    /**
     * Sets what the models are told about the picture, as data; blank or null: nothing.
     *
     * @throws IllegalArgumentException if it has more than 4,000 characters, or control characters
     *     but line breaks
     */
    public Builder context(@Nullable String context) {
      this.context = Texts.context(context);
      return this;
    }

    /**
     * Sets whether only rungs on this machine may see the picture, now and when it is captioned
     * again.
     */
    public Builder localOnly(boolean localOnly) {
      this.localOnly = localOnly;
      return this;
    }

    /** Sets whether capture time and camera go to the record; they never stay in the file. */
    public Builder keepFacts(boolean keepFacts) {
      this.keepFacts = keepFacts;
      return this;
    }

    /**
     * Sets what its captions may be paid from, together with other uploads of the same budget;
     * null: no limit, which is the default. Where that does not reach, the picture is stored
     * without a caption, for {@link dev.cutline.Reason#BUDGET_SPENT}.
     */
    public Builder budget(@Nullable RunBudget budget) {
      this.budget = budget;
      return this;
    }

    public Upload build() {
      return new Upload(this);
    }

    private static Set<CaptionStyle> immutable(Set<CaptionStyle> styles) {
      return styles.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(styles));
    }
  }
}
