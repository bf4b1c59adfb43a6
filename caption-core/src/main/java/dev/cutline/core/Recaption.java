package dev.cutline.core;

import dev.cutline.CaptionStyle;
import dev.cutline.LanguageTags;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How a stored picture is captioned again. Immutable. */
public final class Recaption {
  private static final Recaption DEFAULTS = builder().build();

  private final Set<CaptionStyle> styles;
  private final List<String> languages;
  private final boolean useCache;

  private Recaption(Builder builder) {
    this.styles = builder.styles;
    this.languages = builder.languages;
    this.useCache = builder.useCache;
  }

  /** Returns: the styles and languages of the record, asked anew. */
  public static Recaption ofDefaults() {
    return DEFAULTS;
  }

  /** Starts with {@link #ofDefaults()}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the styles to ask for; empty: those of the record. */
  public Set<CaptionStyle> styles() {
    return styles;
  }

  /** Returns the languages to ask for; empty: those of the record. */
  public List<String> languages() {
    return languages;
  }

  /** Tells whether an earlier answer to the same question will do. */
  public boolean useCache() {
    return useCache;
  }

  /** Builds a {@link Recaption}. Not safe for several threads. */
  public static final class Builder {
    private Set<CaptionStyle> styles = Set.of();
    private List<String> languages = List.of();
    private boolean useCache;

    private Builder() {}

    /** Sets the styles to ask for; ones that the record does not want yet are added to it. */
    public Builder styles(Set<CaptionStyle> styles) {
      this.styles =
          styles.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(styles));
      return this;
    }

    /**
     * Sets the languages to ask for; ones that the record does not want yet are added to it.
     *
     * @throws IllegalArgumentException if one is no BCP 47 tag
     */
    public Builder languages(List<String> languages) {
      this.languages = languages.stream().map(LanguageTags::canonical).distinct().toList();
      return this;
    }

    /**
     * Sets whether an earlier answer to the same question will do, as it does for an upload. Off by
     * default: who asks again wants another answer. On for trying failed pictures again, so that
     * nothing is paid twice.
     */
    public Builder useCache(boolean useCache) {
      this.useCache = useCache;
      return this;
    }

    public Recaption build() {
      return new Recaption(this);
    }
  }
}
