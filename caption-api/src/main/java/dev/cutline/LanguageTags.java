package dev.cutline;

import java.util.IllformedLocaleException;
import java.util.Locale;

/** Checks of BCP 47 language tags. */
public final class LanguageTags {
  private LanguageTags() {}

  /**
   * Returns the tag in canonical case, for example {@code pt-BR} for {@code PT-br}.
   *
   * @throws IllegalArgumentException if it is not well-formed BCP 47 with a language in it
   */
  public static String canonical(String tag) {
    try {
      Locale locale = new Locale.Builder().setLanguageTag(tag).build();
      if (!locale.getLanguage().isEmpty()) {
        return locale.toLanguageTag();
      }
    } catch (IllformedLocaleException e) {
      // falls through to the one message for both cases
    }
    throw new IllegalArgumentException("not a BCP 47 language tag: \"" + tag + "\"");
  }

  /**
   * Returns the primary language of a tag in lower case, for example {@code pt} for {@code pt-BR}.
   */
  public static String primary(String tag) {
    return tag.split("-", 2)[0].toLowerCase(Locale.ROOT);
  }
}
