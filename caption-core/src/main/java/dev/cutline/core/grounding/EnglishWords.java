package dev.cutline.core.grounding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of an English text in lower case. What stands in quotation marks is left out. */
final class EnglishWords {
  /** Stands between sentences, where what is said of one thing ends. */
  static final String END = ".";

  private static final Pattern QUOTATION = Pattern.compile("\"[^\"]*\"|“[^”]*”|«[^»]*»");
  private static final Pattern WORD_OR_END = Pattern.compile("\\p{L}+|[.!?;:]");

  private EnglishWords() {}

  /** Returns the words of a list with blanks between them. */
  static Set<String> setOf(String list) {
    return Set.of(list.split(" ", -1));
  }

  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD_OR_END.matcher(QUOTATION.matcher(text).replaceAll(" "));
    while (matcher.find()) {
      boolean word = Character.isLetter(matcher.group().charAt(0));
      words.add(word ? matcher.group().toLowerCase(Locale.ROOT) : END);
    }
    return words;
  }
}
