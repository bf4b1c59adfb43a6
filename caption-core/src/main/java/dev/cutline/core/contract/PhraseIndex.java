package dev.cutline.core.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Phrases by the characters that they begin with. There are hundreds, and at most places in a text
 * none can begin: a tree of first characters tells so in a few steps, and only what is left is
 * tried, in the order of the file. Thread-safe.
 */
final class PhraseIndex {
  private static final int ASCII = 128;
  private static final char LAST_LATIN = '\u024F';

  /** Dashes, quotation marks, arrows, frames and the like. */
  private static final char FIRST_SIGN = '\u2010';

  private static final char LAST_SIGN = '\u2BFF';

  /** A character that no phrase spells out. */
  private static final char UNSPELLED = '\uE000';

  /** So many characters leave hardly a phrase that then does not begin there. */
  private static final int DEEPEST = 5;

  /** Nodes where further characters tell nothing, each once however many ways lead to it. */
  private final Map<List<Entry>, Node> leaves = new ConcurrentHashMap<>();

  private final String suffix;

  /** The characters that are spelled out in a phrase, folded; any other is like any other. */
  private final Set<Character> alphabet = new HashSet<>();

  /** For texts in Latin letters, and for others. */
  private final Node inLatin;

  private final Node inAny;

  /** Where none of the first characters is spelled out in a phrase. */
  private final Node startingWithAny;

  /**
   * @param suffix a regular expression for what has to follow each of them
   */
  PhraseIndex(List<Phrase> phrases, String suffix) {
    List<Entry> entries = phrases.stream().map(Entry::new).toList();
    this.suffix = suffix;
    phrases.forEach(each -> each.regex().chars().forEach(c -> alphabet.add(folded((char) c))));
    this.inAny = node("", entries);
    this.inLatin = node("", entries.stream().filter(each -> each.phrase.isLatin()).toList());
    this.startingWithAny = node("", entries.stream().filter(entry -> entry.isOpen).toList());
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
    Pattern pattern = startingAt(text, start, latin).pattern();
    if (pattern == null) {
      return -1;
    }
    Matcher matcher = pattern.matcher(text);
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

  /** Returns how large the tree has become. */
  int nodes() {
    return inLatin.size() + inAny.size();
  }

  private Node startingAt(String text, int start, boolean latin) {
    Node node = latin ? inLatin : inAny;
    char first = folded(text.charAt(start));
    if (first >= ASCII) {
      return alphabet.contains(first) ? node.child(first) : startingWithAny;
    }
    int end = Math.min(text.length(), start + DEEPEST);
    for (int i = start; i < end && !node.isLeaf; i++) {
      char next = folded(text.charAt(i));
      if (!isStep(next)) {
        return node;
      }
      node = node.child(next);
    }
    return node;
  }

  private Node node(String probe, List<Entry> entries) {
    return entries.stream().allMatch(entry -> entry.begins(probe) || entry.goesOnAnyhow(probe))
        ? leaves.computeIfAbsent(entries, some -> new Node(probe, some, true))
        : new Node(probe, entries, false);
  }

  /** Others are too many, as letters, or too much alike, as blanks, to have nodes of their own. */
  private static boolean isStep(char c) {
    return c >= ' ' && c < ASCII;
  }

  /** As patterns compare that do not look at the case. */
  private static char folded(char c) {
    if (c < ASCII) {
      return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
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

    /** Whether it may begin with a character that it does not spell out. */
    private final boolean isOpen;

    Entry(Phrase phrase) {
      this.phrase = phrase;
      this.pattern = Phrases.compile(phrase.regex());
      String spelled = phrase.regex().replace(Phrases.END_OF_WORD, "").replace("\\s+", " ");
      this.isOpen = spelled.contains(".") || spelled.contains("\\") || spelled.contains("[^");
    }

    /** What neither matches nor asks for more characters can begin no match. */
    @SuppressWarnings("JdkObsolete") // whether more characters could match is the very question
    boolean mayBegin(String probe) {
      Matcher matcher = pattern.matcher(probe);
      return matcher.lookingAt() || matcher.hitEnd();
    }

    /** Tells whether any sign or any letter may follow. */
    boolean goesOnAnyhow(String probe) {
      return mayBegin(probe + UNSPELLED) || mayBegin(probe + 'x');
    }

    /** Tells whether it begins every text that begins so. */
    @SuppressWarnings("JdkObsolete") // as above
    boolean begins(String probe) {
      Matcher matcher = pattern.matcher(probe);
      return matcher.lookingAt() && !matcher.hitEnd();
    }
  }

  /**
   * What may begin with some characters. Nodes are made as texts lead to them; there are no more of
   * them than phrases have beginnings.
   */
  private final class Node {
    private final String probe;
    private final List<Entry> entries;

    /** Whether further characters could hardly rule out any that are left, or none is. */
    private final boolean isLeaf;

    private final Map<Character, Node> children = new ConcurrentHashMap<>();
    private volatile @Nullable Pattern pattern;

    Node(String probe, List<Entry> entries, boolean isLeaf) {
      this.probe = probe;
      this.entries = entries;
      this.isLeaf = isLeaf;
    }

    Node child(char next) {
      Node child = children.get(next);
      if (child == null) {
        String longer = probe + next;
        child = node(longer, entries.stream().filter(each -> each.mayBegin(longer)).toList());
        children.put(next, child);
      }
      return child;
    }

    private int size() {
      return 1 + children.values().stream().mapToInt(Node::size).sum();
    }

    /** Returns what matches them all; null if there are none. */
    @Nullable Pattern pattern() {
      Pattern known = pattern;
      if (known == null && !entries.isEmpty()) {
        String any =
            entries.stream().map(each -> each.phrase.regex()).collect(Collectors.joining("|"));
        known = Phrases.compile("(?:" + any + ")" + suffix);
        pattern = known;
      }
      return known;
    }
  }
}
