package dev.cutline.core.contract;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the German words after "Ein Bild von" and "Das Bild zeigt" into a subject, where that needs
 * no dictionary: "einer braunen Katze" is "Eine braune Katze", but the gender of "einem braunen
 * ..." is not to be seen.
 */
final class GermanCase {
  private static final String ADJECTIVES = "((?:\\p{Ll}+en,? (?:und )?)*)";
  private static final String NOUN = "(\\p{Lu}[\\p{L}-]*)";
  private static final Pattern FEMININE_DATIVE = Pattern.compile("^[Ee]iner " + ADJECTIVES + NOUN);
  private static final Pattern BARE_DATIVE = Pattern.compile("^[Ee]inem " + NOUN);
  private static final Pattern MASCULINE_ACCUSATIVE =
      Pattern.compile("^[Ee]inen " + ADJECTIVES + NOUN);
  private static final Pattern SAME_AS_NOMINATIVE =
      Pattern.compile(
          "^(?:[Ee]ine?|[Zz]wei|[Dd]rei|[Vv]ier|[Ff]ünf|[Mm]ehrere|[Vv]iele|[Ee]inige|[Dd]ie|[Dd]as) ");
  private static final Pattern ENDING = Pattern.compile("en(?=,? )");

  private GermanCase() {}

  static Optional<String> fromDative(String words) {
    Matcher feminine = FEMININE_DATIVE.matcher(words);
    if (feminine.find()) {
      return Optional.of("Eine " + withEnding(feminine.group(1), "e") + rest(words, feminine, 2));
    }
    Matcher bare = BARE_DATIVE.matcher(words);
    if (bare.find() && !isWeak(bare.group(1))) {
      return Optional.of("Ein " + rest(words, bare, 1));
    }
    return Optional.empty();
  }

  static Optional<String> fromAccusative(String words) {
    if (SAME_AS_NOMINATIVE.matcher(words).find()) {
      return Optional.of(Capitals.atStart(words));
    }
    Matcher masculine = MASCULINE_ACCUSATIVE.matcher(words);
    if (masculine.find() && !isWeak(masculine.group(2))) {
      return Optional.of("Ein " + withEnding(masculine.group(1), "er") + rest(words, masculine, 2));
    }
    return Optional.empty();
  }

  private static String withEnding(String adjectives, String ending) {
    return ENDING.matcher(adjectives).replaceAll(ending);
  }

  /** Some masculine nouns end in -en in every case but the first: Jungen, Elefanten. */
  private static boolean isWeak(String noun) {
    return noun.endsWith("en") || noun.endsWith("rn");
  }

  private static String rest(String words, Matcher matcher, int group) {
    return words.substring(matcher.start(group));
  }
}
