package dev.cutline.core.contract;

import dev.cutline.LanguageTags;
import java.lang.Character.UnicodeScript;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether texts are surely in another language than was asked for, by their script and by the
 * words and letters that only one of two languages has. A good caption turned down costs a call and
 * a bad one let through a look, so what is not sure passes. Thread-safe.
 */
final class LanguageCheck {
  private static final Set<String> TRADITIONAL_REGIONS = Set.of("TW", "HK", "MO");
  private static final Set<String> SIMPLIFIED_REGIONS = Set.of("CN", "SG", "MY");
  private static final Set<String> CHINESE = Set.of("zh", "yue");
  private static final String JAPANESE = "ja";
  private static final String GERMAN = "de";

  /** Letters of a foreign script that are no name of a brand or place. */
  private static final int LEAST_LETTERS = 4;

  /** Words in small Latin letters that are no name of a brand. */
  private static final int LEAST_LATIN_WORDS = 3;

  /** Of other scripts beside the expected one: so many times as much. */
  private static final int OUTWEIGHING_SCRIPT = 6;

  private static final int LEAST_WORDS = 3;

  /** With fewer words or spellings of others no language is another one. */
  private static final int LEAST_OTHER_WORDS = 2;

  /** Characters that tell one way of writing Chinese from another, or from Japanese. */
  private static final int LEAST_VARIANTS = 2;

  /** Of a tag without script and region. */
  private static final Locale NEITHER = Locale.ROOT;

  /** The bits of all rows. */
  private static final long ANY = -1;

  /** Words of another language for each of the language that was asked for. */
  private static final int OUTWEIGHING_WORDS = 4;

  /** One in so many words at least is known to be of the other language. */
  private static final int ONE_OF = 4;

  private static final int LEAST_HAN = 8;
  private static final int LEAST_KANA = 3;

  private final LanguageTable table = LanguageTable.load();

  /**
   * Returns what the texts are in instead, each alone or all together; empty if that is not sure.
   *
   * @param language that was asked for, as a BCP 47 tag
   */
  Optional<String> fault(Collection<String> texts, String language) {
    Optional<LanguageTable.Row> asked = table.row(LanguageTags.primary(language));
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    Locale locale = language.indexOf('-') < 0 ? NEITHER : Locale.forLanguageTag(language);
    Set<UnicodeScript> expected = scripts(asked.get(), locale);
    LanguageEvidence all = new LanguageEvidence(table, expected);
    texts.forEach(all::add);
    Optional<String> fault = fault(all, asked.get(), locale);
    if (fault.isPresent() || texts.size() == 1 || !mayHide(all, asked.get())) {
      return fault;
    }
    for (String text : texts) {
      if (fault.isEmpty()) {
        LanguageEvidence one = new LanguageEvidence(table, expected).add(text);
        fault = fault(one, asked.get(), locale);
      }
    }
    return fault;
  }

  /** Tells whether one of several texts may be in another language though not all of them are. */
  private static boolean mayHide(LanguageEvidence all, LanguageTable.Row asked) {
    return all.foreign() > 0 || all.han() > 0 || otherWords(all, asked) >= LEAST_OTHER_WORDS;
  }

  private static int otherWords(LanguageEvidence seen, LanguageTable.Row asked) {
    return seen.words(~asked.bit(), asked.bit(), true) + seen.spellings(~asked.bit(), asked.bit());
  }

  /** Of Chinese that is to be in one script, and of scripts that stand for a language. */
  private static Set<UnicodeScript> scripts(LanguageTable.Row asked, Locale locale) {
    String script = locale.getScript();
    if (script.isEmpty() || script.equals("Hans") || script.equals("Hant")) {
      return asked.scripts();
    }
    try {
      return EnumSet.of(UnicodeScript.forName(script));
    } catch (IllegalArgumentException e) { // a mixture, as Jpan, or none that characters are of
      return asked.scripts();
    }
  }

  private Optional<String> fault(LanguageEvidence seen, LanguageTable.Row asked, Locale locale) {
    if (isForeignScript(seen)) {
      return Optional.of("another script");
    }
    if (CHINESE.contains(asked.name())) {
      return chineseFault(seen, locale);
    }
    if (asked.name().equals(JAPANESE)) {
      boolean chinese =
          seen.kana() == 0 && seen.han() >= LEAST_HAN && seen.onlyChinese() >= LEAST_VARIANTS;
      return chinese ? Optional.of("zh") : Optional.empty();
    }
    return asked.hasWords() ? otherLanguage(seen, asked) : Optional.empty();
  }

  private static boolean isForeignScript(LanguageEvidence seen) {
    if (seen.own() == 0) {
      boolean sentence = seen.words() >= LEAST_WORDS && seen.words(ANY, 0, true) > 0;
      return seen.foreignLetters() >= LEAST_LETTERS
          || seen.foreignLatinWords() >= LEAST_LATIN_WORDS - (sentence ? 1 : 0);
    }
    return seen.foreign() >= OUTWEIGHING_SCRIPT * seen.own()
        && (seen.foreignLetters() >= 2 * LEAST_LETTERS
            || seen.foreignLatinWords() >= 2 * LEAST_LATIN_WORDS);
  }

  private static Optional<String> chineseFault(LanguageEvidence seen, Locale locale) {
    if (seen.kana() >= LEAST_KANA) {
      return Optional.of("ja");
    }
    boolean traditional =
        locale.getScript().equals("Hant")
            || locale.getScript().isEmpty() && TRADITIONAL_REGIONS.contains(locale.getCountry());
    boolean simplified =
        locale.getScript().equals("Hans")
            || locale.getScript().isEmpty() && SIMPLIFIED_REGIONS.contains(locale.getCountry());
    if (traditional && seen.simplified() >= LEAST_VARIANTS && seen.traditional() == 0) {
      return Optional.of("zh-Hans");
    }
    if (simplified && seen.traditional() >= LEAST_VARIANTS && seen.simplified() == 0) {
      return Optional.of("zh-Hant");
    }
    return Optional.empty();
  }

  private Optional<String> otherLanguage(LanguageEvidence seen, LanguageTable.Row asked) {
    if (otherWords(seen, asked) < LEAST_OTHER_WORDS) {
      return Optional.empty(); // as nearly always, and soon known
    }
    for (LanguageTable.Row other : table.rows()) {
      if (other.bit() != asked.bit() && other.hasWords() && isRather(seen, other, asked)) {
        return Optional.of(other.name());
      }
    }
    return Optional.empty();
  }

  private static boolean isRather(
      LanguageEvidence seen, LanguageTable.Row other, LanguageTable.Row asked) {
    // In German every noun begins with a capital, so that a capital is no sign of a name.
    boolean names = other.name().equals(GERMAN);
    int words = seen.words(other.bit(), asked.bit(), names);
    int against = words + seen.spellings(other.bit(), asked.bit());
    int speaking =
        seen.words(asked.bit(), other.bit(), true) + seen.spellings(asked.bit(), other.bit());
    if (against * ONE_OF < seen.words()) {
      return false;
    }
    if (words >= LEAST_WORDS) {
      return against >= OUTWEIGHING_WORDS * speaking;
    }
    if (speaking > 0) {
      return false;
    }
    if (!other.scripts().contains(UnicodeScript.LATIN)) {
      return against >= LEAST_OTHER_WORDS; // letters are not borrowed there as é and ü are
    }
    return words >= LEAST_OTHER_WORDS && seen.words(other.bit(), 0, names) >= LEAST_WORDS;
  }
}
