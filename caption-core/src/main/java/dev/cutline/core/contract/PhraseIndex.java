package dev.cutline.core.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Phrases by the two characters that they begin with. There are hundreds, and at most places in a
 * text none or a few of them can begin: only those are tried, in the order of the file.
 * Thread-safe.
 */
final class PhraseIndex {
  private static final int ASCII = 128;
  private static final char LAST_LATIN = '\u024F';

  /** Dashes, quotation marks, arrows, frames and the like. */
  private static final char FIRST_SIGN = '\u2010';

  private static final char LAST_SIGN = '\u2BFF';

  private final List<Entry> entries;
  private final String suffix;

  /** The characters that are spelled out in a phrase, folded; any other is like any other. */
  private final Set<Character> alphabet = new HashSet<>();

  /**
   * What can begin with two characters, for texts in Latin letters and for others. No larger than
   * the alphabet and the pairs of ASCII characters.
   */
  private final Map<Integer, Optional<Pattern>> inLatin = new ConcurrentHashMap<>();

  private final Map<Integer, Optional<Pattern>> inAny = new ConcurrentHashMap<>();
  private final Optional<Pattern> startingWithAny;

  /**
   * @param suffix a regular expression for what has to follow each of them
   */
  PhraseIndex(List<Phrase> phrases, String suffix) {
    this.entries = phrases.stream().map(Entry::new).toList();
    this.suffix = suffix;
    phrases.forEach(each -> each.regex().chars().forEach(c -> alphabet.add(folded((char) c))));
    this.startingWithAny = joined(Entry::isOpen);
  }

  /** Returns where a phrase ends that begins at {@code start}; -1 if none begins there. */
  int end(String text, int start) {
    return end(text, start, isLatin(text));
  }

  /**
   * As {@link #end(String, int)}, for who asks at many places of a text.
   *
   * @param latin {@link #isLatin(String)}
   */
  int end(String text, int start, boolean latin) {
    if (start >= text.length()) {
      return -1;
    }
    Optional<Pattern> pattern = startingWith(text, start, latin);
    if (pattern.isEmpty()) {
      return -1;
    }
    Matcher matcher = pattern.get().matcher(text);
    matcher.useAnchoringBounds(false).useTransparentBounds(true).region(start, text.length());
    return matcher.lookingAt() ? matcher.end() : -1;
  }

  /** Tells whether the text begins with a phrase. */
  boolean begins(String text) {
    return end(text, 0) >= 0;
  }

  /** Tells whether a text has no letters but Latin ones. */
  static boolean isLatin(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > LAST_LATIN && (c < FIRST_SIGN || c > LAST_SIGN)) {
        return false;
      }
    }
    return true;
  }

  private Optional<Pattern> startingWith(String text, int start, boolean latin) {
    char first = folded(text.charAt(start));
    if (first >= ASCII && !alphabet.contains(first)) {
      return startingWithAny;
    }
    char second = start + 1 < text.length() ? folded(text.charAt(start + 1)) : ASCII;
    boolean pair = first < ASCII && second < ASCII;
    Integer key = pair ? first << Character.SIZE | second : first;
    Map<Integer, Optional<Pattern>> known = latin ? inLatin : inAny;
    Optional<Pattern> pattern = known.get(key);
    if (pattern == null) {
      String probe = pair ? "" + first + second : String.valueOf(first);
      pattern = joined(entry -> entry.mayBegin(probe) && (entry.phrase.isLatin() || !latin));
      known.put(key, pattern);
    }
    return pattern;
  }

  private Optional<Pattern> joined(Predicate<Entry> chosen) {
    List<String> some = entries.stream().filter(chosen).map(entry -> entry.phrase.regex()).toList();
    return some.isEmpty()
        ? Optional.empty()
        : Optional.of(Phrases.compile("(?:" + String.join("|", some) + ")" + suffix));
  }

  /** As patterns compare that do not look at the case. */
  private static char folded(char c) {
    return Character.toLowerCase(Character.toUpperCase(c));
  }

  /**
   * A phrase.
   *
   * @param regex a regular expression
   * @param isLatin whether it may be found in a text without letters other than Latin ones
   */
  record Phrase(String regex, boolean isLatin) {}

  private static final class Entry {
    private final Phrase phrase;
    private final Pattern pattern;

    Entry(Phrase phrase) {
      this.phrase = phrase;
      this.pattern = Phrases.compile(phrase.regex());
    }

    /** What neither matches nor asks for more characters can begin no match. */
    @SuppressWarnings("JdkObsolete") // whether more characters could match is the very question
    boolean mayBegin(String probe) {
      Matcher matcher = pattern.matcher(probe);
      return matcher.lookingAt() || matcher.hitEnd();
    }

    /** Tells whether it may begin with a character that it does not spell out. */
    boolean isOpen() {
      String spelled = phrase.regex().replace(Phrases.END_OF_WORD, "").replace("\\s+", " ");
      return spelled.contains(".") || spelled.contains("\\") || spelled.contains("[^");
    }
  }
}
