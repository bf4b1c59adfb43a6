package dev.cutline.core.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Phrases by the character that they begin with. There are hundreds, and at most places in a text
 * none or a few of them can begin: only those are tried, in the order of the file. Thread-safe.
 */
final class PhraseIndex {
  private static final int ASCII = 128;

  private final List<Entry> entries;
  private final String suffix;

  /** The characters that are spelled out in a phrase, folded; any other is like any other. */
  private final Set<Character> alphabet = new HashSet<>();

  /** Filled as characters turn up; no larger than the alphabet. */
  private final Map<Character, Optional<Pattern>> byStart = new ConcurrentHashMap<>();

  private final Optional<Pattern> byOther;

  /**
   * @param phrases regular expressions, each in a group of its own if it needs one
   * @param suffix a regular expression for what has to follow each of them
   */
  PhraseIndex(List<String> phrases, String suffix) {
    this.entries =
        phrases.stream().map(regex -> new Entry(regex, Phrases.compile(regex))).toList();
    this.suffix = suffix;
    phrases.forEach(regex -> regex.chars().forEach(c -> alphabet.add(folded((char) c))));
    this.byOther = joined(entries.stream().filter(Entry::isOpen).toList());
  }

  /** Returns where a phrase ends that begins at {@code start}; -1 if none begins there. */
  int end(String text, int start) {
    if (start >= text.length()) {
      return -1;
    }
    Optional<Pattern> pattern = startingWith(folded(text.charAt(start)));
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

  private Optional<Pattern> startingWith(char first) {
    if (first >= ASCII && !alphabet.contains(first)) {
      return byOther;
    }
    Optional<Pattern> known = byStart.get(first);
    if (known == null) {
      String probe = String.valueOf(first);
      known = joined(entries.stream().filter(entry -> entry.mayBegin(probe)).toList());
      byStart.put(first, known);
    }
    return known;
  }

  private Optional<Pattern> joined(List<Entry> some) {
    if (some.isEmpty()) {
      return Optional.empty();
    }
    String any = some.stream().map(Entry::regex).collect(Collectors.joining("|", "(?:", ")"));
    return Optional.of(Phrases.compile(any + suffix));
  }

  /** As patterns compare that do not look at the case. */
  private static char folded(char c) {
    return Character.toLowerCase(Character.toUpperCase(c));
  }

  private record Entry(String regex, Pattern pattern) {
    /** What neither matches nor asks for more characters can begin no match. */
    boolean mayBegin(String probe) {
      Matcher matcher = pattern.matcher(probe);
      return matcher.lookingAt() || matcher.hitEnd();
    }

    /** Tells whether it may begin with a character that it does not spell out. */
    boolean isOpen() {
      String spelled = regex.replace(Phrases.END_OF_WORD, "").replace("\\s+", " ");
      return spelled.contains(".") || spelled.contains("\\") || spelled.contains("[^");
    }
  }
}
