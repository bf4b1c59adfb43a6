package dev.cutline.core.grounding;

import dev.cutline.Label;
import dev.cutline.LanguageTags;
import dev.cutline.core.grounding.Things.Thing;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Holds English captions against the labels of a detector: a thing that a detector hardly misses
 * and that no label speaks of may have been made up. A hint and no proof: it knows a list of
 * things, and neither colours, numbers nor deeds. Thread-safe.
 */
public final class Grounding {
  private static final String ENGLISH = "en";

  private final Things things = Things.load();
  private final Mentions mentions = new Mentions(things);

  /**
   * Returns what a text names and no label supports, as it is named there; empty if there is
   * nothing or it cannot be told, because there are no labels or the text is not English.
   *
   * @param language of the text, as a BCP 47 tag
   */
  public List<String> unsupported(String text, String language, List<Label> labels) {
    if (labels.isEmpty() || !isJudged(language)) {
      return List.of();
    }
    Set<String> names = names(labels);
    Set<Thing> seen = things(names);
    List<String> unsupported = new ArrayList<>();
    for (Mentions.Mention mention : mentions.in(text)) {
      if (!isNamed(mention.name(), names) && !isSeen(mention.thing(), seen)) {
        unsupported.add(mention.name());
      }
    }
    return unsupported;
  }

  /** Tells whether texts in a language can be judged at all. */
  public static boolean isJudged(String language) {
    return LanguageTags.primary(language).equals(ENGLISH);
  }

  private static Set<String> names(List<Label> labels) {
    Set<String> names = new LinkedHashSet<>();
    for (Label label : labels) {
      names.add(label.name().toLowerCase(Locale.ROOT));
      label.parents().forEach(parent -> names.add(parent.toLowerCase(Locale.ROOT)));
    }
    return names;
  }

  private Set<Thing> things(Set<String> names) {
    Set<Thing> seen = new LinkedHashSet<>();
    names.forEach(name -> thing(name).ifPresent(seen::add));
    return seen;
  }

  /** Returns what a label is by its last words ("Grand Piano"), or its first ("Polar Bear Cub"). */
  private Optional<Thing> thing(String label) {
    List<String> words = EnglishWords.of(label);
    for (int start = 0; start < words.size(); start++) {
      Optional<Thing> last = things.find(String.join(" ", words.subList(start, words.size())));
      if (last.isPresent()) {
        return last;
      }
    }
    for (int end = words.size() - 1; end > 0; end--) {
      Optional<Thing> first = things.find(String.join(" ", words.subList(0, end)));
      if (first.isPresent()) {
        return first;
      }
    }
    return Optional.empty();
  }

  private static boolean isNamed(String mention, Set<String> labels) {
    return Plurals.singulars(mention).stream().anyMatch(labels::contains);
  }

  /**
   * A thing is seen if a label is a kind of it, or if it is a kind of what a label says and no
   * label knows better: an oak may be the tree, but a dog is not the animal where a cat is seen.
   */
  private static boolean isSeen(Thing thing, Set<Thing> seen) {
    return seen.stream().anyMatch(label -> label.isA(thing))
        || seen.stream()
            .filter(thing::isA)
            .anyMatch(
                above -> seen.stream().allMatch(label -> !label.isA(above) || thing.isA(label)));
  }
}
