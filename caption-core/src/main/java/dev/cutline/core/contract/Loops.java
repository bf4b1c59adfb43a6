package dev.cutline.core.contract;

import java.util.Arrays;

/**
 * Finds the texts of a model that goes round in circles: one to five words said four times or more
 * in a row, or one letter ten times. One pass over the text.
 */
final class Loops {
  private static final int LONGEST_PHRASE = 5;
  private static final int TIMES = 4;
  private static final int LETTERS = 10;
  private static final String BETWEEN = ",.;。、，";

  /** The last words, in turns. */
  private final int[] starts = new int[LONGEST_PHRASE + 1];

  private final int[] ends = new int[LONGEST_PHRASE + 1];

  /** How many words in a row are the same as the one so many words before them. */
  private final int[] repeated = new int[LONGEST_PHRASE + 1];

  private final String text;
  private int words;

  private Loops(String text) {
    this.text = text;
  }

  static boolean isIn(String text) {
    return hasRun(text) || new Loops(text).hasPhrase();
  }

  private static boolean hasRun(String text) {
    int last = -1;
    int run = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(last)) {
      int c = text.codePointAt(i);
      run = c == last ? run + 1 : 1;
      if (run == LETTERS && Segments.isLetterOrNumber(c)) {
        return true;
      }
      last = c;
    }
    return false;
  }

  private boolean hasPhrase() {
    int at = 0;
    while (at < text.length()) {
      int end = endOfWord(at);
      if (end > at) {
        if (isRepeated(at, end)) {
          return true;
        }
        at = end;
      } else {
        if (!isBetweenWords(text.charAt(at))) {
          forget();
        }
        at++;
      }
    }
    return false;
  }

  private int endOfWord(int start) {
    int end = start;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      if (!Segments.isLetterOrNumber(c) && c != '\'' && c != '’' && c != '-') {
        return end;
      }
      end += Character.charCount(c);
    }
    return end;
  }

  private boolean isRepeated(int start, int end) {
    starts[words % starts.length] = start;
    ends[words % ends.length] = end;
    for (int length = 1; length <= LONGEST_PHRASE; length++) {
      boolean same = words >= length && isSame(words - length, words);
      repeated[length] = same ? repeated[length] + 1 : 0;
      if (repeated[length] == length * (TIMES - 1)) {
        return true;
      }
    }
    words++;
    return false;
  }

  /** The first of a row may be the end of a word with a hyphen: "a ha-ha ha ha ha". */
  private boolean isSame(int earlier, int later) {
    int start = starts[later % starts.length];
    int length = ends[later % ends.length] - start;
    int from = ends[earlier % ends.length] - length;
    int before = from - starts[earlier % starts.length];
    return (before == 0 || before > 0 && !Segments.isLetterOrNumber(text.codePointBefore(from)))
        && text.regionMatches(true, from, text, start, length);
  }

  private static boolean isBetweenWords(char c) {
    return Character.isWhitespace(c) || BETWEEN.indexOf(c) >= 0;
  }

  private void forget() {
    words = 0;
    Arrays.fill(repeated, 0);
  }
}
