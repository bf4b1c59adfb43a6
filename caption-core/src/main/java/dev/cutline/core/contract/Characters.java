package dev.cutline.core.contract;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes out what nobody sees: controls, characters that turn the direction of writing, that hide or
 * that no font has, and marks heaped on a letter. What is left is composed (NFC), its blanks are
 * plain ones and its lines end in {@code \n}.
 */
final class Characters {
  /** More than any writing puts on one letter: Hebrew with vowels and accents has as many. */
  private static final int MOST_MARKS = 4;

  private static final char ZERO_WIDTH_NON_JOINER = '\u200C';
  private static final char ZERO_WIDTH_JOINER = '\u200D';

  /** Letters and symbols by their type, blanks by their look. */
  private static final String BLANK_LETTERS = "\u115F\u1160\u3164\uFFA0\u2800\u17B4\u17B5\u034F";

  /** Scripts that are never written with joiners. */
  private static final Set<UnicodeScript> WITHOUT_JOINERS =
      EnumSet.of(
          UnicodeScript.LATIN,
          UnicodeScript.GREEK,
          UnicodeScript.CYRILLIC,
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.THAI);

  private static final Pattern LINE_ENDS = Pattern.compile("\\R");
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}&&[^\\n]]+");
  private static final Pattern BLANKS_AT_LINE_ENDS = Pattern.compile(" ?\\n[ \\n]*");

  private Characters() {}

  static String clean(String text) {
    return isPlain(text) ? text : cleaned(text);
  }

  /** Tells whether there is nothing to clean; it may say no where there is nothing either. */
  static boolean isPlain(String text) {
    boolean afterBlank = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ' ? afterBlank : !isPlain(c)) {
        return false;
      }
      afterBlank = c == ' ';
    }
    return !afterBlank || text.isEmpty();
  }

  /** Characters that are seen, and that normalization leaves alone in any company of these. */
  private static boolean isPlain(char c) {
    return c > ' ' && c <= '~'
        || c >= '\u00A1' && c <= '\u02FF' && c != '\u00AD'
        || c >= '\u0400' && c <= '\u0481'
        || c >= '\u3041' && c <= '\u3096'
        || c >= '\u30A1' && c <= '\u30FC'
        || c >= '\u4E00' && c <= '\u9FA5'
        || c >= '\uAC00' && c <= '\uD7A3'
        || "–—‘’“”„…、。".indexOf(c) >= 0;
  }

  private static String cleaned(String text) {
    String visible = withoutHeaps(visible(LINE_ENDS.matcher(text).replaceAll("\n")));
    String composed = Normalizer.normalize(visible, Normalizer.Form.NFC);
    String spaced = BLANKS.matcher(composed).replaceAll(" ");
    return BLANKS_AT_LINE_ENDS.matcher(spaced).replaceAll("\n").strip();
  }

  private static String visible(String text) {
    return text.codePoints()
        .filter(Characters::isVisible)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isVisible(int c) {
    if (c == '\n' || c == '\t' || c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      // The first of these stands for what could not be decoded.
      default -> c != 0xFFFD && BLANK_LETTERS.indexOf(c) < 0;
    };
  }

  /**
   * Takes off marks of which there are too many on one letter, all of them, and those on none; and
   * joiners that join nothing. Before the text is composed: that sorts the marks of a letter, and
   * takes long over a thousand.
   */
  private static String withoutHeaps(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int end = endOfMarks(text, i);
      if (end > i) {
        if (!isHeap(text, i, end, kept)) {
          kept.append(text, i, end);
        }
        i = end;
        continue;
      }
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (!isJoiner(c) || isJoining(kept, i == text.length() ? ' ' : text.codePointAt(i))) {
        kept.appendCodePoint(c);
      }
    }
    return kept.toString();
  }

  private static int endOfMarks(String text, int start) {
    int end = start;
    while (end < text.length() && isMark(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private static boolean isHeap(String text, int start, int end, StringBuilder before) {
    return text.codePointCount(start, end) > MOST_MARKS
        || before.isEmpty()
        || Character.isWhitespace(before.charAt(before.length() - 1));
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  private static boolean isJoiner(int c) {
    return c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER;
  }

  /**
   * Persian, Indic scripts and families of emoji are written with joiners; anywhere else they are
   * seen by nobody and can hide a message.
   */
  private static boolean isJoining(StringBuilder before, int next) {
    return !before.isEmpty()
        && takesJoiner(before.codePointBefore(before.length()))
        && takesJoiner(next);
  }

  private static boolean takesJoiner(int c) {
    return switch (Character.getType(c)) {
      case Character.OTHER_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK ->
          true;
      default -> Character.isLetter(c) && !WITHOUT_JOINERS.contains(UnicodeScript.of(c));
    };
  }
}
