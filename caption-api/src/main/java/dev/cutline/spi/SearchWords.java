package dev.cutline.spi;

import dev.cutline.ImageRecord;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes words of text in the one way that all record stores share, so that a search finds the same
 * in each: letters and digits of any script, case and accents folded. Text without spaces between
 * words (Chinese, Japanese, Thai…) becomes one word a character.
 */
public final class SearchWords {
  /** Longer words are cut, so that no index key grows without bound. */
  private static final int MAX_LENGTH = 64;

  private SearchWords() {}

  /** Returns the words of a text in order, repetitions included; empty if there are none. */
  public static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    fold(text)
        .codePoints()
        .map(Character::toLowerCase)
        .forEach(
            c -> {
              if (!Character.isLetterOrDigit(c)
                  && Character.getType(c) != Character.COMBINING_SPACING_MARK) {
                flush(word, words);
              } else if (standsAlone(c)) {
                flush(word, words);
                words.add(Character.toString(c));
              } else if (word.length() < MAX_LENGTH) {
                word.appendCodePoint(c);
              }
            });
    flush(word, words);
    return words;
  }

  /**
   * Returns the words that a record is found by, each once: those of title, description, tags,
   * names of labels and captions shown, in this order.
   */
  public static Set<String> of(ImageRecord record) {
    Set<String> words = new LinkedHashSet<>();
    record.title().ifPresent(title -> words.addAll(of(title)));
    record.description().ifPresent(description -> words.addAll(of(description)));
    record.tags().forEach(tag -> words.addAll(of(tag)));
    record.labels().forEach(label -> words.addAll(of(label.name())));
    record.captions().forEach(caption -> words.addAll(of(caption.text())));
    return words;
  }

  /**
   * Returns the text without accents and in capitals, which fold what small letters keep apart: ß
   * and ss, the two sigmas, ı and i. (ẞ alone has to be made small first.)
   */
  private static String fold(String text) {
    StringBuilder bare = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFKD)
        .codePoints()
        .filter(c -> !isAccent(Character.getType(c)))
        .forEach(bare::appendCodePoint);
    return bare.toString().toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT);
  }

  private static boolean isAccent(int type) {
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  private static void flush(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private static boolean standsAlone(int codePoint) {
    return switch (Character.UnicodeScript.of(codePoint)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }
}
