package dev.cutline.core;

import dev.cutline.CaptionStyle;
import dev.cutline.LanguageTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a person changes on a record. What is not set stays as it is. Immutable. */
public final class Edit {
  private final @Nullable String title;
  private final @Nullable String description;
  private final @Nullable List<String> tags;
  private final List<Text> captions;
  private final @Nullable Long expectedVersion;

  private Edit(Builder builder) {
    this.title = builder.title;
    this.description = builder.description;
    this.tags = builder.tags;
    this.captions = List.copyOf(builder.captions);
    this.expectedVersion = builder.expectedVersion;
  }

  /** Starts with no change. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the new title, the empty text for none; empty if it stays. */
  public Optional<String> title() {
    return Optional.ofNullable(title);
  }

  /** Returns the new description, the empty text for none; empty if it stays. */
  public Optional<String> description() {
    return Optional.ofNullable(description);
  }

  /** Returns the new tags; empty if they stay. */
  public Optional<List<String>> tags() {
    return Optional.ofNullable(tags);
  }

  /** Returns the captions that the person wrote. */
  public List<Text> captions() {
    return captions;
  }

  /** Returns the version of the record that the person saw; empty: whatever it is. */
  public OptionalLong expectedVersion() {
    return expectedVersion == null ? OptionalLong.empty() : OptionalLong.of(expectedVersion);
  }

  /**
   * A caption in a person's own words.
   *
   * @param style which of the texts
   * @param language canonical BCP 47 tag
   * @param text empty only as the alt text of a decorative picture
   */
  public record Text(CaptionStyle style, String language, String text) {}

  /** Builds an {@link Edit}. Not safe for several threads. */
  public static final class Builder {
    private @Nullable String title;
    private @Nullable String description;
    private @Nullable List<String> tags;
    private final List<Text> captions = new ArrayList<>();
    private @Nullable Long expectedVersion;

    private Builder() {}

    /**
     * Sets the title; blank removes it.
     *
     * @throws IllegalArgumentException as {@link Upload.Builder#title}
     */
    public Builder title(String title) {
      this.title = Objects.requireNonNullElse(Texts.title(title), "");
      return this;
    }

    /**
     * Sets the description; blank removes it.
     *
     * @throws IllegalArgumentException as {@link Upload.Builder#description}
     */
    public Builder description(String description) {
      this.description = Objects.requireNonNullElse(Texts.description(description), "");
      return this;
    }

    /**
     * Replaces all tags.
     *
     * @throws IllegalArgumentException as {@link Upload.Builder#tags}
     */
    public Builder tags(List<String> tags) {
      this.tags = Texts.tags(tags);
      return this;
    }

    /**
     * Adds a caption in the person's own words. It is shown from now on, whatever models write
     * later. The limits of the styles are for models; a person may write up to 2,000 characters.
     *
     * @param text blank only for {@link CaptionStyle#ALT}: the picture is decoration
     * @throws IllegalArgumentException if the text is blank, longer, or holds control characters
     *     but line breaks; if the language is no BCP 47 tag; if this style and language are set
     *     already
     */
    public Builder caption(CaptionStyle style, String language, String text) {
      Text added = new Text(style, LanguageTags.canonical(language), Texts.caption(text));
      if (added.text().isEmpty() && style != CaptionStyle.ALT) {
        throw new IllegalArgumentException("only an alt text may be empty");
      }
      if (captions.stream()
          .anyMatch(t -> t.style() == style && t.language().equals(added.language()))) {
        throw new IllegalArgumentException(
            "two captions for " + style.id() + " in " + added.language());
      }
      captions.add(added);
      return this;
    }

    /**
     * Sets the version of the record that the person saw; the edit fails if somebody else was
     * faster.
     */
    public Builder expectedVersion(long version) {
      this.expectedVersion = version;
      return this;
    }

    public Edit build() {
      return new Edit(this);
    }
  }
}
