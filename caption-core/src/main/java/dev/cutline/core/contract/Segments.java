package dev.cutline.core.contract;

import java.lang.Character.UnicodeScript;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words and sentences of a text, as its language divides it. Not thread-safe, as the break
 * iterators below it.
 */
final class Segments {
  private static final Pattern BLANKS = Pattern.compile("\\s+");

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

  /** Mean length of a Chinese word in running text; the JDK has no dictionary to find them. */
  private static final int HAN_A_WORD = 2;

  /** Characters of a word, where the JDK has no dictionary or the word is no longer one. */
  private static final int LETTERS_A_WORD = 6;

  private static final int LONGEST_ABBREVIATION = 16;
  private static final String WIDE_STOPS = "。！？";

  private final BreakIterator words;
  private final BreakIterator sentences;
  private final Pattern abbreviation;

  Segments(Locale locale, Pattern abbreviation) {
    this.words = BreakIterator.getWordInstance(locale);
    this.sentences = BreakIterator.getSentenceInstance(locale);
    this.abbreviation = abbreviation;
  }

  /**
   * Returns how many words a text has: what stands between blanks is one, except in scripts that
   * have none. There two Chinese characters are a word, Japanese particles belong to the word
   * before them, and Thai is looked up in the JDK's dictionary.
   */
  int words(String text) {
    return BLANKS
        .splitAsStream(text.strip())
        .filter(token -> !token.isEmpty())
        .mapToInt(token -> token.codePoints().anyMatch(Segments::isUnspaced) ? unspaced(token) : 1)
        .sum();
  }

  private int unspaced(String token) {
    int count = 0;
    words.setText(token);
    int start = words.first();
    boolean afterWord = false;
    for (int end = words.next(); end != BreakIterator.DONE; end = words.next()) {
      String segment = token.substring(start, end);
      count += wordsOf(segment, afterWord);
      afterWord = segment.codePoints().anyMatch(Character::isLetterOrDigit);
      start = end;
    }
    return Math.max(1, count);
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
    List<String> found = new ArrayList<>();
    sentences.setText(text);
    int start = sentences.first();
    for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
      String sentence = text.substring(start, end).strip();
      // The iterator knows no abbreviations: what ends in one goes on.
      if (!sentence.isEmpty() && (end == text.length() || !endsInAbbreviation(sentence))) {
        found.add(sentence);
        start = end;
      }
    }
    if (start < text.length() && !text.substring(start).isBlank()) {
      found.add(text.substring(start).strip());
    }
    return found;
  }

  private boolean endsInAbbreviation(String sentence) {
    // Only the end is looked at: the sentence may have grown long by abbreviations.
    int start = Math.max(0, sentence.length() - LONGEST_ABBREVIATION);
    return abbreviation.matcher(sentence.substring(start)).find();
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

  private static boolean isUnspaced(int codePoint) {
    return UNSPACED.contains(UnicodeScript.of(codePoint));
  }
}
