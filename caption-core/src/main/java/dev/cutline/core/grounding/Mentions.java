package dev.cutline.core.grounding;

import dev.cutline.core.grounding.Things.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the things that an English text says are there: not those that it denies ("no people"),
 * that it compares with ("like a lion"), that are shown by something else ("a statue of a horse")
 * or that only tell which one is meant ("dog bowl"). Immutable.
 */
final class Mentions {
  private static final Set<String> DENYING = Set.of("no", "without", "not", "nor");
  private static final Set<String> EMPTY = Set.of("empty", "free", "devoid", "clear", "bare");
  private static final Set<String> COMPARING =
      Set.of("like", "resembling", "reminiscent", "evoking", "as", "suggesting", "inspired");

  /** What a thing before them only describes. */
  private static final Set<String> HEADS =
      EnglishWords.setOf(
          "bowl bed collar leash park stop station lane food tag shop store shelter "
              + "crossing stand market farm track tracks trail shed nest hive shape shaped "
              + "themed theme stall race show sky pink red brown green yellow white hues tones "
              + "coloured colored colour color patterned pattern style skin leather fur feather "
              + "feathers wool hood beans field ride seat window door bark trunk leaves garden "
              + "club room rental yard case like");

  /** Things that are many of another thing: "a couple of boats". */
  private static final Set<String> GROUPS = Set.of("couple", "family", "crowd", "audience", "dish");

  /** What is a thing and a deed, and where it is the deed: "drinks from a puddle". */
  private static final Set<String> DEEDS = Set.of("drink", "drinks");

  private static final Set<String> AFTER_A_DEED = Set.of("from", "out");

  private static final int NEAR = 3;

  private final Things things;

  Mentions(Things things) {
    this.things = things;
  }

  List<Mention> in(String text) {
    List<String> words = EnglishWords.of(text);
    List<Mention> mentions = new ArrayList<>();
    boolean compared = false;
    int likenessUntil = -1;
    int i = 0;
    while (i < words.size()) {
      String word = words.get(i);
      if (word.equals(EnglishWords.END)) {
        compared = false;
        likenessUntil = -1;
      }
      compared |= COMPARING.contains(word);
      Optional<Mention> mention = at(words, i);
      if (mention.isEmpty()) {
        i++;
        continue;
      }
      int end = i + mention.get().length();
      if (mention.get().thing().isLikeness()) {
        likenessUntil = end + NEAR;
      } else if (!compared
          && i >= likenessUntil
          && !isDenied(words, i)
          && !isDescribing(words, end)
          && !isGroup(words, i, end)) {
        mentions.add(mention.get());
      }
      i = end;
    }
    return mentions;
  }

  /** Returns the thing with the longest name that begins here. */
  private Optional<Mention> at(List<String> words, int start) {
    for (int length = Things.LONGEST_NAME; length > 0; length--) {
      if (start + length <= words.size()) {
        String name = String.join(" ", words.subList(start, start + length));
        Optional<Thing> thing = things.find(name);
        if (thing.isPresent() && !isDeed(words, start)) {
          return Optional.of(new Mention(thing.get(), name, length));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isDeed(List<String> words, int at) {
    return DEEDS.contains(words.get(at))
        && at + 1 < words.size()
        && AFTER_A_DEED.contains(words.get(at + 1));
  }

  private static boolean isDenied(List<String> words, int start) {
    for (int i = Math.max(0, start - NEAR); i < start; i++) {
      String word = words.get(i);
      if (DENYING.contains(word) || EMPTY.contains(word) && words.get(i + 1).equals("of")) {
        return true;
      }
    }
    return false;
  }

  private boolean isDescribing(List<String> words, int end) {
    return end < words.size() && (HEADS.contains(words.get(end)) || at(words, end).isPresent());
  }

  private static boolean isGroup(List<String> words, int start, int end) {
    return GROUPS.contains(words.get(start)) && end < words.size() && words.get(end).equals("of");
  }

  /**
   * A thing where it is named.
   *
   * @param name as it stands there, in lower case
   * @param length of the name in words
   */
  record Mention(Thing thing, String name, int length) {}
}
