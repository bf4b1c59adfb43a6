package dev.cutline.core.contract;

import java.lang.Character.UnicodeScript;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Words and sentences of a text, as its language divides it. Not thread-safe, as the break
 * iterators below it. Those are dear to make and slow, so that they are asked only where a look at
 * the characters does not tell, and for sentences once a text.
 */
final class Segments {
  /** Scripts that write words without blanks between them. */
  private static final Set<UnicodeScript> UNSPACED =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  /** The first character of these scripts. */
  private static final char FIRST_UNSPACED = '\u0E00';

  /** Mean length of a Chinese word in running text; the JDK has no dictionary to find them. */
  private static final int HAN_A_WORD = 2;

  /** Characters of a word, where the JDK has no dictionary or the word is no longer one. */
  private static final int LETTERS_A_WORD = 6;

  private static final int LONGEST_ABBREVIATION = 16;
  private static final String WIDE_STOPS = "。！？";

  /** Besides letters and digits what never ends a sentence; the rest is left to the iterator. */
  private static final String WITHIN_SENTENCE = " ,:'’-–()";

  private static final String STOPS = ".!?";

  /** Copied and not used: the JDK has one set of rules for the sentences of all languages. */
  private static final BreakIterator SENTENCES = BreakIterator.getSentenceInstance(Locale.ROOT);

  private final String language;
  private final PhraseIndex abbreviation;
  private @Nullable BreakIterator words;
  private String dividedText = "";
  private List<String> dividedSentences = List.of();

  /**
   * @param language of the text, as a BCP 47 tag
   * @param abbreviation what ends in a stop and goes on, the stop included
   */
  Segments(String language, PhraseIndex abbreviation) {
    this.language = language;
    this.abbreviation = abbreviation;
  }

  static boolean isLetterOrNumber(int codePoint) {
    if (Character.isLetterOrDigit(codePoint)) {
      return true;
    }
    int type = Character.getType(codePoint);
    return type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER;
  }

  /**
   * Returns how many words a text has: what stands between blanks is one, except in scripts that
   * have none. There two Chinese characters are a word, Japanese particles belong to the word
   * before them, and Thai is looked up in the JDK's dictionary.
   */
  int words(String text) {
    int count = 0;
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf(' ', start);
      end = end < 0 ? text.length() : end;
      if (end > start) {
        count += isUnspaced(text, start, end) ? unspaced(text.substring(start, end)) : 1;
      }
      start = end + 1;
    }
    return count;
  }

  private static boolean isUnspaced(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) >= FIRST_UNSPACED
          && UNSPACED.contains(UnicodeScript.of(text.codePointAt(i)))) {
        return true;
      }
    }
    return false;
  }

  private int unspaced(String token) {
    BreakIterator iterator = wordIterator();
    int count = 0;
    iterator.setText(token);
    int start = iterator.first();
    boolean afterWord = false;
    for (int end = iterator.next(); end != BreakIterator.DONE; end = iterator.next()) {
      String segment = token.substring(start, end);
      count += wordsOf(segment, afterWord);
      afterWord = segment.codePoints().anyMatch(Character::isLetterOrDigit);
      start = end;
    }
    return Math.max(1, count);
  }

  private BreakIterator wordIterator() {
    if (words == null) {
      words = BreakIterator.getWordInstance(Locale.forLanguageTag(language));
    }
    return words;
  }

  private static int wordsOf(String segment, boolean afterWord) {
    int letters = (int) segment.codePoints().filter(Character::isLetterOrDigit).count();
    if (letters == 0) {
      return 0;
    }
    UnicodeScript script = UnicodeScript.of(segment.codePointAt(0));
    return switch (script) {
      case HAN -> (letters + HAN_A_WORD - 1) / HAN_A_WORD;
      case HIRAGANA -> afterWord ? letters / LETTERS_A_WORD : roundedUp(letters);
      case KATAKANA, THAI, LAO, KHMER, MYANMAR -> roundedUp(letters);
      default -> 1;
    };
  }

  private static int roundedUp(int letters) {
    return (letters + LETTERS_A_WORD - 1) / LETTERS_A_WORD;
  }

  /** Returns the sentences of a text, without blanks around them; together they are the text. */
  List<String> sentences(String text) {
    if (!text.equals(dividedText)) {
      dividedSentences = divided(text);
      dividedText = text;
    }
    return dividedSentences;
  }

  private List<String> divided(String text) {
    List<String> found = new ArrayList<>();
    if (isPlain(text)) {
      int start = 0;
      for (int i = 0; i < text.length() - 1; i++) {
        if (STOPS.indexOf(text.charAt(i)) >= 0 && text.charAt(i + 1) == ' ') {
          start = addSentence(text, start, i + 2, found);
        }
      }
      addSentence(text, start, text.length(), found);
    } else {
      BreakIterator iterator = (BreakIterator) SENTENCES.clone();
      iterator.setText(text);
      int start = iterator.first();
      for (int end = iterator.next(); end != BreakIterator.DONE; end = iterator.next()) {
        start = addSentence(text, start, end, found);
      }
    }
    return List.copyOf(found);
  }

  /**
   * Tells whether it is plain to see where sentences end: at a stop before a blank and a capital.
   * It may say no of other texts where it is as plain.
   */
  static boolean isPlain(String text) {
    int end = text.length();
    while (end > 0 && STOPS.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean within = Character.isLetterOrDigit(c) || WITHIN_SENTENCE.indexOf(c) >= 0;
      if (!within && !isPlainEnd(text, i, end)) {
        return false;
      }
    }
    return end > 0 && text.charAt(end - 1) != ' ';
  }

  private static boolean isPlainEnd(String text, int at, int end) {
    return STOPS.indexOf(text.charAt(at)) >= 0
        && at > 0
        && Character.isLetterOrDigit(text.charAt(at - 1))
        && at + 2 < end
        && text.charAt(at + 1) == ' '
        && text.charAt(at + 2) >= 'A'
        && text.charAt(at + 2) <= 'Z';
  }

  /** Returns where the next sentence begins: what ends in an abbreviation goes on. */
  private int addSentence(String text, int start, int end, List<String> found) {
    if (end < text.length() && endsInAbbreviation(text, start, end)) {
      return start;
    }
    String sentence = text.substring(start, end).strip();
    if (sentence.isEmpty()) {
      return start;
    }
    found.add(sentence);
    return end;
  }

  /** Only the end is looked at: the sentence may have grown long by abbreviations. */
  private boolean endsInAbbreviation(String text, int start, int end) {
    int last = end;
    while (last > start && Character.isWhitespace(text.charAt(last - 1))) {
      last--;
    }
    if (last == start || text.charAt(last - 1) != '.') {
      return false;
    }
    String tail = text.substring(Math.max(start, last - LONGEST_ABBREVIATION), last);
    boolean latin = PhraseIndex.isLatin(tail);
    boolean withinWord = false;
    for (int i = 0; i < tail.length(); i++) {
      if (!withinWord && abbreviation.end(tail, i, latin) >= 0) {
        return true;
      }
      withinWord = isLetterOrNumber(tail.charAt(i));
    }
    return false;
  }

  /** Returns a text of these sentences, with blanks between them where they are usual. */
  static String join(List<String> sentences) {
    StringBuilder text = new StringBuilder();
    for (String sentence : sentences) {
      boolean blank = !text.isEmpty() && WIDE_STOPS.indexOf(text.charAt(text.length() - 1)) < 0;
      text.append(blank ? " " : "").append(sentence);
    }
    return text.toString();
  }
}
