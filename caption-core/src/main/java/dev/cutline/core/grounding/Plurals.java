package dev.cutline.core.grounding;

import java.util.ArrayList;
import java.util.List;

/** English plurals by rule; those that follow none stand in the list of things. */
final class Plurals {
  private static final int SHORTEST = 4;
  private static final List<String> SIBILANTS = List.of("ses", "xes", "zes", "ches", "shes", "oes");

  private Plurals() {}

  /** Returns the word itself and what it may be the plural of, likeliest first. */
  static List<String> singulars(String word) {
    List<String> singulars = new ArrayList<>();
    singulars.add(word);
    if (word.length() < SHORTEST || !word.endsWith("s") || word.endsWith("ss")) {
      return singulars;
    }
    singulars.add(word.substring(0, word.length() - 1));
    if (word.endsWith("ies")) {
      singulars.add(withEnd(word, "y"));
    } else if (word.endsWith("ves")) {
      singulars.add(withEnd(word, "f"));
      singulars.add(withEnd(word, "fe"));
    } else if (SIBILANTS.stream().anyMatch(word::endsWith)) {
      singulars.add(word.substring(0, word.length() - 2));
    }
    return singulars;
  }

  private static String withEnd(String word, String end) {
    return word.substring(0, word.length() - 3) + end;
  }
}
