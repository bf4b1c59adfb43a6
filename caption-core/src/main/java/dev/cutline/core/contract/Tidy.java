package dev.cutline.core.contract;

import java.util.regex.Pattern;

/**
 * Clears up what is left over where something was taken out: empty brackets, stops in heaps, signs
 * at the ends.
 */
final class Tidy {
  private static final Pattern START =
      Pattern.compile("^(?:[\\s,;:.!?…·•‣◦▪●–—\\-+~=/\\\\)\\]»”%&^@]|#(?!\\d))++(?=.)");
  private static final String END = " ,;:：，、–—-/\\([«„~=+•·^@\t\n\r\f\u000B";
  private static final Pattern MANY_MARKS = Pattern.compile("([!?！？])[!?！？]{2,}");
  private static final Pattern MANY_QUOTES = Pattern.compile("\"{2,}");
  private static final Pattern MANY_STOPS = Pattern.compile("\\.{4,}");
  private static final Pattern BLANKS = Pattern.compile("\\s{2,}");
  private static final Pattern BLANK_BEFORE_STOP =
      Pattern.compile("(?<=[\\p{L}\\p{N}])\\s+(?=[.,](?:\\s|$))");
  private static final Pattern EMPTY_BRACKETS = Pattern.compile("[(\\[] {0,9}[)\\]]");

  /** Of these, and of wide ones, there is nothing to clear up if no two stand together. */
  private static final Signs NOT_TWICE = new Signs(" .,!?\"()[]");

  private Tidy() {}

  static String up(String text) {
    return isTidy(text) ? text : tidied(text);
  }

  /** Tells whether there is nothing to clear up; it may say no where there is nothing either. */
  static boolean isTidy(String text) {
    if (text.isEmpty() || !Character.isLetterOrDigit(text.charAt(0))) {
      return false;
    }
    char before = 'a';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isNotTwice(c)) {
        if (isNotTwice(before) && c != ' ' || before == ' ' && c == ' ') {
          return false;
        }
      } else if (Character.isWhitespace(c)) {
        return false;
      }
      before = c;
    }
    return END.indexOf(before) < 0;
  }

  private static boolean isNotTwice(char c) {
    return NOT_TWICE.has(c) || c == '！' || c == '？';
  }

  private static String tidied(String text) {
    String tidy = BLANKS.matcher(text).replaceAll(" ");
    tidy = EMPTY_BRACKETS.matcher(tidy).replaceAll("");
    tidy = MANY_MARKS.matcher(tidy).replaceAll("$1");
    tidy = MANY_QUOTES.matcher(tidy).replaceAll("\"");
    tidy = MANY_STOPS.matcher(tidy).replaceAll("...");
    tidy = BLANKS.matcher(tidy).replaceAll(" ");
    tidy = BLANK_BEFORE_STOP.matcher(tidy).replaceAll("");
    tidy = START.matcher(tidy).replaceFirst("");
    return withoutEnd(tidy, END).strip();
  }

  /** Returns the text without any of {@code signs} at its end. */
  static String withoutEnd(String text, String signs) {
    int end = text.length();
    while (end > 0 && signs.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(0, end);
  }
}
