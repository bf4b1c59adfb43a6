package dev.cutline.core;

import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.CaptionVersion.Author;
import dev.cutline.ImageRecord;
import dev.cutline.LanguageTags;
import dev.cutline.RecordQuery;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which of an owner's captions are to be asked for again, for example all by one model with one
 * version of the prompt that no person touched:
 *
 * <pre>{@code
 * RecaptionSelection.builder(RecordQuery.builder("alice").build())
 *     .model("gpt-5.4-nano-2026-03-17")
 *     .promptVersion("3")
 *     .untouched(true)
 *     .build()
 * }</pre>
 *
 * <p>A query finds pictures, and what is said here chooses among the languages of each, by the
 * texts that are shown in it. All conditions have to hold. Immutable.
 */
public final class RecaptionSelection {
  private final RecordQuery query;
  private final @Nullable String model;
  private final @Nullable String promptVersion;
  private final @Nullable String provider;
  private final boolean untouched;
  private final List<String> languages;
  private final @Nullable Instant notAskedSince;
  private final BiPredicate<ImageRecord, String> condition;
  private final @Nullable Function<ImageRecord, Staleness> staleness;

  private RecaptionSelection(Builder builder) {
    this.query = builder.query;
    this.model = builder.model;
    this.promptVersion = builder.promptVersion;
    this.provider = builder.provider;
    this.untouched = builder.untouched;
    this.languages = builder.languages;
    this.notAskedSince = builder.notAskedSince;
    this.condition = builder.condition;
    this.staleness = builder.staleness;
  }

  /**
   * Starts with every language of the pictures that a query finds.
   *
   * @param query its limit is the size of the pages that are read, and its cursor where to begin
   */
  public static Builder builder(RecordQuery query) {
    return new Builder(query);
  }

  /** Returns what finds the pictures. */
  public RecordQuery query() {
    return query;
  }

  /** Returns what is chosen of a picture; empty: nothing is. */
  public Optional<Chosen> of(ImageRecord record) {
    if (untouched && record.captions().stream().anyMatch(v -> v.author() == Author.HUMAN)) {
      return Optional.empty();
    }
    Recaption remedy = staleness == null ? null : staleness.apply(record).remedy();
    List<String> candidates = languages.isEmpty() ? record.languages() : languages;
    if (remedy != null) {
      candidates =
          remedy.languages().stream()
              .filter(language -> languages.isEmpty() || languages.contains(language))
              .toList();
    }
    List<String> chosen =
        candidates.stream().filter(language -> isChosen(record, language)).toList();
    return chosen.isEmpty()
        ? Optional.empty()
        : Optional.of(new Chosen(record, chosen, remedy == null ? Set.of() : remedy.styles()));
  }

  private boolean isChosen(ImageRecord record, String language) {
    boolean byText = model != null || promptVersion != null || provider != null;
    return (!byText
            || record.captions().stream()
                .anyMatch(text -> text.language().equals(language) && isMeant(text)))
        && !wasAsked(record, language)
        && condition.test(record, language);
  }

  private boolean isMeant(CaptionVersion text) {
    return text.author() == Author.MODEL
        && is(model, text.model())
        && is(promptVersion, text.promptVersion())
        && is(provider, text.provider());
  }

  private static boolean is(@Nullable String wanted, Optional<String> there) {
    return wanted == null || there.filter(wanted::equals).isPresent();
  }

  private boolean wasAsked(ImageRecord record, String language) {
    return notAskedSince != null
        && record
            .run(language)
            .filter(run -> run.failure().isEmpty() && !run.at().isBefore(notAskedSince))
            .isPresent();
  }

  /**
   * A picture that is chosen.
   *
   * @param languages of it that are, in its order, or in that of the selection if it names some
   * @param styles that it takes to mend what is stale; empty: those of the picture
   */
  public record Chosen(ImageRecord record, List<String> languages, Set<CaptionStyle> styles) {
    /**
     * Returns how to ask for what is chosen.
     *
     * @param options what holds for all; styles that it names come before those of this
     */
    public Recaption asked(Recaption options) {
      Recaption.Builder asked = options.toBuilder().languages(languages);
      return (options.styles().isEmpty() ? asked.styles(styles) : asked).build();
    }
  }

  /** Builds a {@link RecaptionSelection}; null lifts a condition. Not safe for several threads. */
  public static final class Builder {
    private final RecordQuery query;
    private @Nullable String model;
    private @Nullable String promptVersion;
    private @Nullable String provider;
    private boolean untouched;
    private List<String> languages = List.of();
    private @Nullable Instant notAskedSince;
    private BiPredicate<ImageRecord, String> condition = (record, language) -> true;
    private @Nullable Function<ImageRecord, Staleness> staleness;

    private Builder(RecordQuery query) {
      this.query = Objects.requireNonNull(query, "query");
    }

    /** Sets the model that wrote a text which is shown, as the server named it. */
    public Builder model(@Nullable String model) {
      this.model = model;
      return this;
    }

    /** Sets the version of the prompt that a text which is shown was asked for with. */
    public Builder promptVersion(@Nullable String promptVersion) {
      this.promptVersion = promptVersion;
      return this;
    }

    /** Sets the type of the rung that wrote a text which is shown, for example {@code openai}. */
    public Builder provider(@Nullable String provider) {
      this.provider = provider;
      return this;
    }

    /**
     * Sets whether pictures are left out of which a person wrote a caption that is shown, in any
     * language. A person's text stays shown in any case; this saves asking for what would not be.
     */
    public Builder untouched(boolean untouched) {
      this.untouched = untouched;
      return this;
    }

    /**
     * Sets the languages to choose from; ones that a picture lacks are chosen too, unless a
     * condition asks for a text in them. Empty: those of each picture.
     *
     * @throws IllegalArgumentException if one is no BCP 47 tag
     */
    public Builder languages(List<String> languages) {
      this.languages = languages.stream().map(LanguageTags::canonical).distinct().toList();
      return this;
    }

    /**
     * Leaves out languages in which a model has answered at or after an instant: with the beginning
     * of a run that was interrupted, what it has done is not done again.
     */
    public Builder notAskedSince(@Nullable Instant instant) {
      this.notAskedSince = instant;
      return this;
    }

    /** Sets a further condition on a picture and a language. */
    public Builder where(BiPredicate<ImageRecord, String> condition) {
      this.condition = Objects.requireNonNull(condition, "condition");
      return this;
    }

    /**
     * Sets that only what is stale is chosen: languages that today's settings would have otherwise
     * or that were never asked for, in every style that is wanted. Null: whatever the settings say.
     *
     * @param staleness {@link Cutline#staleness}
     */
    public Builder stale(@Nullable Function<ImageRecord, Staleness> staleness) {
      this.staleness = staleness;
      return this;
    }

    public RecaptionSelection build() {
      return new RecaptionSelection(this);
    }
  }
}
