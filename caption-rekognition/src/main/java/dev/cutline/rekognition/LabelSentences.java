package dev.cutline.rekognition;

import dev.cutline.CaptionStyle;
import dev.cutline.Label;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Writes labels down, in English. Nothing is told of them but that they are there: how things in a
 * picture belong together, no label says. Static.
 */
final class LabelSentences {
  private static final int MAX_WORDS = 10;
  private static final int MAX_LABELS = 6;

  private LabelSentences() {}

  /** Returns the text of a style; empty if there is no label. */
  static String of(CaptionStyle style, List<Label> labels) {
    List<String> names = names(labels);
    if (names.isEmpty()) {
      return "";
    }
    // No "This picture shows": what says no more than that is cut from captions.
    return capital(
        style == CaptionStyle.CREATIVE
            ? enumerated(names) + " can be seen here."
            : String.join(", ", names));
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /**
   * Returns the surest names that fit a concise caption, without those that another one is a kind
   * of: who sees a bicycle need not be told of the vehicle.
   */
  private static List<String> names(List<Label> labels) {
    Set<String> parents = new HashSet<>();
    labels.forEach(label -> label.parents().forEach(parent -> parents.add(lower(parent))));
    List<String> names = new ArrayList<>();
    int words = 0;
    for (Label label : labels) {
      String name = lower(label.name());
      int length = name.split("\\s+", -1).length;
      if (parents.contains(name) || names.contains(name) || words + length > MAX_WORDS) {
        continue;
      }
      names.add(name);
      words += length;
      if (names.size() == MAX_LABELS) {
        break;
      }
    }
    return names;
  }

  private static String enumerated(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  private static String lower(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
