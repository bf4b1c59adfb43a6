package dev.cutline.core.contract;

import java.util.Map;

/** Takes off quotation marks around the whole of a text; those within it belong to it. */
final class Quotes {
  /** Which marks close what an opening one opened. */
  private static final Map<Character, String> CLOSING =
      Map.of(
          '"', "\"",
          '“', "”“\"",
          '”', "”",
          '„', "“”\"",
          '«', "»",
          '»', "«",
          '‹', "›",
          '‘', "’",
          '\'', "'",
          '「', "」");

  private static final String MORE_OPENING = "『《〝＂";
  private static final String MORE_CLOSING = "』》〞＂";
  private static final String DOUBLE = "\"“”„«»「」『』《》〝〞＂";
  private static final String END_MARKS = ".!?,;:。！？";

  private Quotes() {}

  static String strip(String text) {
    return mayHaveAny(text) ? stripped(text) : text;
  }

  /** Tells whether there may be a quotation mark: all but two of them are no ASCII characters. */
  private static boolean mayHaveAny(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\'' || c > '~') {
        return true;
      }
    }
    return false;
  }

  private static String stripped(String text) {
    String marks = endMarks(text);
    String body = text.substring(0, text.length() - marks.length());
    if (isQuoted(body)) {
      String inner = body.substring(1, body.length() - 1).strip();
      boolean ended = !inner.isEmpty() && END_MARKS.indexOf(inner.charAt(inner.length() - 1)) >= 0;
      return ended ? inner : inner + marks;
    }
    return withoutLoneMark(text);
  }

  /** Returns the marks after a closing quotation mark, as in {@code "A cat".}; empty if none. */
  private static String endMarks(String text) {
    int end = text.length();
    while (end > 0 && END_MARKS.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(end);
  }

  private static boolean isQuoted(String body) {
    if (body.length() < 2) {
      return false;
    }
    String closing = closing(body.charAt(0));
    if (closing.indexOf(body.charAt(body.length() - 1)) < 0) {
      return false;
    }
    // A quotation that ends earlier, as in "Stop" and "Go", is not around everything.
    for (int i = 1; i < body.length() - 1; i++) {
      if (closing.indexOf(body.charAt(i)) >= 0) {
        return isOpening(body, i) || i == 1 && DOUBLE.indexOf(body.charAt(body.length() - 2)) >= 0;
      }
    }
    return true;
  }

  private static boolean isOpening(String body, int at) {
    return body.charAt(at - 1) == ' ' && body.charAt(at + 1) != ' ';
  }

  private static String closing(char opening) {
    int more = MORE_OPENING.indexOf(opening);
    return more >= 0
        ? String.valueOf(MORE_CLOSING.charAt(more))
        : CLOSING.getOrDefault(opening, "");
  }

  /** An answer that was cut off, or cut out, has one mark without its other. */
  private static String withoutLoneMark(String text) {
    int count = 0;
    for (int i = 0; i < text.length() && count < 2; i++) {
      count += DOUBLE.indexOf(text.charAt(i)) >= 0 ? 1 : 0;
    }
    if (count != 1) {
      return text;
    }
    if (DOUBLE.indexOf(text.charAt(0)) >= 0) {
      return text.substring(1).strip();
    }
    String marks = endMarks(text);
    int last = text.length() - marks.length() - 1;
    if (last >= 0 && DOUBLE.indexOf(text.charAt(last)) >= 0 && !isInches(text, last)) {
      return text.substring(0, last).strip() + marks;
    }
    return text;
  }

  private static boolean isInches(String text, int at) {
    return text.charAt(at) == '"' && at > 0 && Character.isDigit(text.charAt(at - 1));
  }
}
