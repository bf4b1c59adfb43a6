package dev.cutline.core.contract;

import java.util.Map;

/**
 * Bits by word, looked up in the midst of a text without making a string of each of its words.
 * Immutable.
 */
final class WordBits {
  private final String[] words;
  private final long[] bits;

  /**
   * @param table words in lower case, each with at least one bit
   */
  WordBits(Map<String, Long> table) {
    int size = Integer.highestOneBit(Math.max(1, table.size())) * 4;
    this.words = new String[size];
    this.bits = new long[size];
    table.forEach(this::put);
  }

  /** Returns a number for the word at this place of a text, whatever its case; -1 if not known. */
  int find(String text, int start, int end) {
    int slot = slot(hash(text, start, end));
    while (bits[slot] != 0) {
      if (isAt(text, start, end, words[slot])) {
        return slot;
      }
      slot = slot(slot + 1);
    }
    return -1;
  }

  /** Returns the bits of a word that was found. */
  long bits(int found) {
    return bits[found];
  }

  private void put(String word, long of) {
    int slot = slot(hash(word, 0, word.length()));
    while (bits[slot] != 0) {
      slot = slot(slot + 1);
    }
    words[slot] = word;
    bits[slot] = of;
  }

  private int slot(int hash) {
    return (hash ^ hash >>> 16) & words.length - 1;
  }

  private static int hash(String text, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + Character.toLowerCase(text.charAt(i));
    }
    return hash;
  }

  private static boolean isAt(String text, int start, int end, String word) {
    if (word.length() != end - start) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (Character.toLowerCase(text.charAt(i)) != word.charAt(i - start)) {
        return false;
      }
    }
    return true;
  }
}
