package dev.cutline.core;

import dev.cutline.CaptionStyle;
import dev.cutline.LanguageTags;
import dev.cutline.core.money.RunBudget;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a stored picture is captioned again. Immutable. */
public final class Recaption {
  private static final Recaption DEFAULTS = builder().build();

  private final Set<CaptionStyle> styles;
  private final List<String> languages;
  private final boolean useCache;
  private final @Nullable RunBudget budget;

  private Recaption(Builder builder) {
    this.styles = builder.styles;
    this.languages = builder.languages;
    this.useCache = builder.useCache;
    this.budget = builder.budget;
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

  /** Returns what it may be paid from; empty: no limit but those of the day. */
  public Optional<RunBudget> budget() {
    return Optional.ofNullable(budget);
  }

  /** Returns a builder with everything of these options. */
  public Builder toBuilder() {
    return builder().styles(styles).languages(languages).useCache(useCache).budget(budget);
  }

  /** Builds a {@link Recaption}. Not safe for several threads. */
  public static final class Builder {
    private Set<CaptionStyle> styles = Set.of();
    private List<String> languages = List.of();
    private boolean useCache;
    private @Nullable RunBudget budget;

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

    /**
     * Sets what it may be paid from, together with others of the same budget; null: no limit, which
     * is the default. Where that does not reach, the captions that are there stay, and the run says
     * {@link dev.cutline.Reason#BUDGET_SPENT}.
     */
    public Builder budget(@Nullable RunBudget budget) {
      this.budget = budget;
      return this;
    }

    public Recaption build() {
      return new Recaption(this);
    }
  }
}
