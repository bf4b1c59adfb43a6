package dev.cutline.core.contract;

import dev.cutline.CaptionStyle;
import java.util.regex.Pattern;

/**
 * Keeps pictographs out. A screen reader says each of them aloud, and a concise caption has no room
 * for them; a creative one may have up to two.
 */
final class Emoji {
  private static final int MOST_IN_CREATIVE = 2;

  private static final String ONE =
      "(?:[\\x{1F000}-\\x{1FAFF}\\x{2600}-\\x{27BF}\\x{2B00}-\\x{2BFF}\\x{231A}\\x{231B}"
          + "\\x{23E9}-\\x{23FF}\\x{2190}-\\x{21FF}\\x{25A0}-\\x{25FF}]|[0-9#*]\\x{FE0F}?\\x{20E3})"
          + "[\\x{FE0E}\\x{FE0F}\\x{1F3FB}-\\x{1F3FF}\\x{20E3}]*+";

  /** One as it is seen: with its variants, joined ones and both halves of a flag taken together. */
  private static final Pattern EMOJI =
      Pattern.compile("[\\x{1F1E6}-\\x{1F1FF}]{2}|" + ONE + "(?:\\x{200D}" + ONE + ")*+\\x{200D}?");

  private static final Pattern LEFT_OVER = Pattern.compile("[\\x{FE0E}\\x{FE0F}\\x{20E3}]+");

  private Emoji() {}

  /** Tells whether there may be one, or the rest of one: few texts have a character like theirs. */
  private static boolean mayHaveAny(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '\u20E3'
          && (c <= '\u2BFF' || Character.isSurrogate(c) || c >= '\uFE0E' && c <= '\uFE0F')) {
        return true;
      }
    }
    return false;
  }

  static String limit(String text, CaptionStyle style) {
    if (!mayHaveAny(text)) {
      return text;
    }
    long count = EMOJI.matcher(text).results().count();
    if (style == CaptionStyle.CREATIVE && count <= MOST_IN_CREATIVE) {
      return text;
    }
    return LEFT_OVER.matcher(EMOJI.matcher(text).replaceAll(" ")).replaceAll("");
  }
}
