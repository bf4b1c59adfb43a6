package dev.cutline.core;

import dev.cutline.CaptionStyle;
import java.util.List;
import java.util.Set;

/**
 * What the settings of today would have otherwise in a picture's captions. A caption is stale if no
 * rung that is named today would be asked the way in which it was written: its {@linkplain
 * dev.cutline.Captioner#fingerprint() fingerprint} (type, address, model, prompt version, options)
 * is none of theirs. A picture is, too, if a language or style of the settings was never asked for.
 * What was asked for and failed is not stale but unfinished, and what a person wrote never is.
 * Immutable.
 */
public final class Staleness {
  private final List<String> reasons;
  private final List<String> languages;
  private final Set<CaptionStyle> styles;

  Staleness(List<String> reasons, List<String> languages, Set<CaptionStyle> styles) {
    this.reasons = reasons;
    this.languages = languages;
    this.styles = styles;
  }

  /** Tells whether anything would be otherwise. */
  public boolean isStale() {
    return !reasons.isEmpty();
  }

  /** Returns why, a line each; empty if nothing is stale. */
  public List<String> reasons() {
    return reasons;
  }

  /**
   * Returns how to mend it: the languages that are stale or missing, in every style that is wanted.
   * An answer that is remembered will do, because the question is another one than that of the
   * stale captions. If nothing is stale, {@link Recaption#ofDefaults}.
   */
  public Recaption remedy() {
    return isStale()
        ? Recaption.builder().languages(languages).styles(styles).useCache(true).build()
        : Recaption.ofDefaults();
  }

  @Override
  public String toString() {
    return isStale() ? "stale: " + String.join("; ", reasons) : "fresh";
  }
}
