package dev.cutline.core.grounding;

import dev.cutline.core.grounding.Things.Thing;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Measures how much two English texts about one picture have in common. Where two models say quite
 * different things, at least one of them may be wrong. A hint and no proof. Thread-safe.
 */
public final class Agreement {
  /** Texts that have less than this in common may disagree. */
  private static final double LEAST = 0.15;

  /** Fewer words than this on one side say too little to disagree. */
  private static final int LEAST_WORDS = 3;

  /**
   * Where both texts together name fewer things than this, a picture may well have them all: a lamp
   * post here, a bus there.
   */
  private static final int LEAST_THINGS = 3;

  private static final Set<String> FUNCTION_WORDS =
      EnglishWords.setOf(
          "a an the and or but of in on at to for from with without by as is are was were "
              + "be being been its it his her their this that these those there which who while "
              + "into onto over under above below behind beside near next between through "
              + "across along around against up down out off s one two three some several many "
              + "has have he she they front side top close view seen background foreground");

  private final Things things = Things.load();
  private final Mentions mentions = new Mentions(things);

  /**
   * Tells whether two texts speak of different things: each names some, together three at least,
   * none of them the same or a kind of the other's, and they have hardly a word in common. False if
   * that cannot be told, because a text says too little or the language is not English.
   *
   * @param language of both texts, as a BCP 47 tag
   */
  public boolean isMissing(String one, String other, String language) {
    if (!Grounding.isJudged(language)) {
      return false;
    }
    OptionalDouble share = share(one, other);
    return share.isPresent() && share.getAsDouble() < LEAST && nameDifferentThings(one, other);
  }

  /**
   * Returns the share, 0 to 1, of the content words of the shorter text that the other one has,
   * too, synonyms and kinds of one another being the same; empty if that text says too little.
   */
  OptionalDouble share(String one, String other) {
    Set<String> some = contentWords(one);
    Set<String> others = contentWords(other);
    return some.size() <= others.size() ? shareIn(some, others) : shareIn(others, some);
  }

  private OptionalDouble shareIn(Set<String> fewer, Set<String> more) {
    if (fewer.size() < LEAST_WORDS) {
      return OptionalDouble.empty();
    }
    long common = fewer.stream().filter(word -> isIn(word, more)).count();
    return OptionalDouble.of((double) common / fewer.size());
  }

  private boolean nameDifferentThings(String one, String other) {
    List<Mentions.Mention> some = mentions.in(one);
    List<Mentions.Mention> others = mentions.in(other);
    return !some.isEmpty()
        && !others.isEmpty()
        && some.size() + others.size() >= LEAST_THINGS
        && some.stream()
            .noneMatch(a -> others.stream().anyMatch(b -> isRelated(a.thing(), b.thing())));
  }

  private static boolean isRelated(Thing one, Thing other) {
    return one.isA(other) || other.isA(one);
  }

  private static Set<String> contentWords(String text) {
    Set<String> words = new HashSet<>(EnglishWords.of(text));
    words.removeAll(FUNCTION_WORDS);
    words.remove(EnglishWords.END);
    return words;
  }

  private boolean isIn(String word, Set<String> words) {
    return words.stream().anyMatch(each -> isSame(word, each));
  }

  private boolean isSame(String one, String other) {
    List<String> singulars = Plurals.singulars(other);
    if (Plurals.singulars(one).stream().anyMatch(singulars::contains)) {
      return true;
    }
    Thing thing = things.find(one).orElse(null);
    Thing second = things.find(other).orElse(null);
    return thing != null && second != null && isRelated(thing, second);
  }
}
