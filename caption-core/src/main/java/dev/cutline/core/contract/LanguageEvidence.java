package dev.cutline.core.contract;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/**
 * What a text shows of its language: which scripts its letters are of, which known words it has.
 * What stands in quotation marks is left out, because it is read off the picture. Used once, by one
 * thread.
 */
final class LanguageEvidence {
  private static final String OPENING = "\"“„«「『《";
  private static final String CLOSING = "\"”“»」』》";
  private static final String SENTENCE_ENDS = ".!?:…";
  private static final int FIRST_SPECIAL = 0x80;
  private static final int FIRST_OTHER_THAN_LATIN = 0x0250;

  /** More distinct words than this tell nothing more. */
  private static final int MOST_WORDS = 64;

  /** A Chinese character or a Korean syllable says as much as two letters. */
  private static final int DENSE = 2;

  private final LanguageTable table;
  private final Set<UnicodeScript> expected;

  /** The distinct known words, and whether each stood where it is no part of a name. */
  private final int[] found = new int[MOST_WORDS];

  private final boolean[] telling = new boolean[MOST_WORDS];
  private int distinct;

  /** Of words that are not known: the rows that write all of their letters. */
  private final long[] spelled = new long[MOST_WORDS];

  private int spellings;
  private int own;
  private int foreign;
  private int foreignLetters;
  private int foreignLatinWords;
  private int words;
  private int han;
  private int kana;
  private int simplified;
  private int traditional;
  private int onlyChinese;

  private boolean atStart = true;

  /**
   * @param expected the scripts of the language that was asked for
   */
  LanguageEvidence(LanguageTable table, Set<UnicodeScript> expected) {
    this.table = table;
    this.expected = expected;
  }

  LanguageEvidence add(String text) {
    atStart = true;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      int end = endOfQuotation(text, i);
      if (end > i) {
        atStart = false;
        i = end;
      } else if (Character.isLetter(text.codePointAt(i))) {
        i = word(text, i);
      } else {
        atStart |= SENTENCE_ENDS.indexOf(c) >= 0;
        i++;
      }
    }
    return this;
  }

  /** Returns the letters of expected scripts, a dense one counted as two. */
  int own() {
    return own;
  }

  /** Returns the letters of other scripts, a dense one counted as two. */
  int foreign() {
    return foreign;
  }

  /** Returns the letters of other scripts but Latin. */
  int foreignLetters() {
    return foreignLetters;
  }

  /**
   * Returns the words in Latin letters where none are expected, but for those with a capital, which
   * are names.
   */
  int foreignLatinWords() {
    return foreignLatinWords;
  }

  int words() {
    return words;
  }

  int han() {
    return han;
  }

  int kana() {
    return kana;
  }

  int simplified() {
    return simplified;
  }

  int traditional() {
    return traditional;
  }

  /** Returns how many characters are of Chinese and not of Japanese. */
  int onlyChinese() {
    return onlyChinese;
  }

  /**
   * Returns how many distinct words are of a row and not of another one.
   *
   * @param names whether those count that may be part of a name
   */
  int words(long of, long not, boolean names) {
    int count = 0;
    for (int i = 0; i < distinct; i++) {
      long bits = table.words().bits(found[i]);
      count += (bits & of) != 0 && (bits & not) == 0 && (names || telling[i]) ? 1 : 0;
    }
    return count;
  }

  /** Returns how many other words have letters that a row has and another one has not. */
  int spellings(long of, long not) {
    int count = 0;
    for (int i = 0; i < spellings; i++) {
      count += (spelled[i] & of) != 0 && (spelled[i] & not) == 0 ? 1 : 0;
    }
    return count;
  }

  private int word(String text, int start) {
    int end = start;
    long letters = -1;
    boolean special = false;
    while (end < text.length() && isOfWord(text.codePointAt(end))) {
      int c = text.codePointAt(end);
      letter(c);
      long writing = isPlain(c) ? 0 : table.writing(Character.toLowerCase((char) c));
      if (writing != 0) {
        letters &= writing;
        special = true;
      }
      end += Character.charCount(c);
    }
    words++;
    boolean capital = Character.isUpperCase(text.charAt(start)) && !atStart;
    boolean ofName = capital || isBeforeCapital(text, end);
    count(text, start, end, ofName, special && !capital ? letters : 0);
    if (!capital
        && text.charAt(start) < FIRST_OTHER_THAN_LATIN
        && !expected.contains(UnicodeScript.LATIN)) {
      foreignLatinWords++;
    }
    atStart = false;
    return end;
  }

  private void count(String text, int start, int end, boolean ofName, long letters) {
    int known = table.words().find(text, start, end);
    if (known < 0) {
      if (letters != 0 && spellings < MOST_WORDS) {
        spelled[spellings] = letters;
        spellings++;
      }
      return;
    }
    for (int i = 0; i < distinct; i++) {
      if (found[i] == known) {
        telling[i] |= !ofName;
        return;
      }
    }
    if (distinct < MOST_WORDS) {
      found[distinct] = known;
      telling[distinct] = !ofName;
      distinct++;
    }
  }

  private void letter(int c) {
    UnicodeScript script = c < FIRST_OTHER_THAN_LATIN ? UnicodeScript.LATIN : UnicodeScript.of(c);
    if (script == UnicodeScript.COMMON || script == UnicodeScript.INHERITED) {
      return;
    }
    boolean dense = isDense(script);
    int weight = dense ? DENSE : 1;
    if (expected.contains(script)) {
      own += weight;
    } else {
      foreign += weight;
      foreignLetters += script == UnicodeScript.LATIN ? 0 : 1;
    }
    if (dense) {
      chinese(c, script);
    }
  }

  private void chinese(int c, UnicodeScript script) {
    if (script != UnicodeScript.HAN) {
      kana += script == UnicodeScript.HANGUL || c == 'の' ? 0 : 1;
      return;
    }
    han++;
    if (isPlain(c)) {
      return;
    }
    simplified += table.isSimplified((char) c) ? 1 : 0;
    traditional += table.isTraditional((char) c) ? 1 : 0;
    onlyChinese += table.isChinese((char) c) ? 1 : 0;
  }

  /** Tells whether a character is none of the letters and variants that the table knows. */
  private static boolean isPlain(int c) {
    return c < FIRST_SPECIAL || Character.isSupplementaryCodePoint(c);
  }

  private static boolean isDense(UnicodeScript script) {
    return switch (script) {
      case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
      default -> false;
    };
  }

  private static boolean isOfWord(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
      default -> Character.isLetter(c);
    };
  }

  /** Tells whether a word that is written small may be the "de" of a name. */
  private static boolean isBeforeCapital(String text, int end) {
    return end + 1 < text.length()
        && (text.charAt(end) == ' ' || text.charAt(end) == '’' || text.charAt(end) == '\'')
        && Character.isUpperCase(text.charAt(end + 1));
  }

  /** Returns where a quotation that begins here ends; {@code start} if none does. */
  private static int endOfQuotation(String text, int start) {
    int which = OPENING.indexOf(text.charAt(start));
    if (which < 0) {
      return start;
    }
    int end = text.indexOf(CLOSING.charAt(which), start + 1);
    return end < 0 ? start : end + 1;
  }
}
