package dev.cutline.core.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The phrases that models put around captions, in all languages at once: a model that was asked for
 * German announces its answer in English. Read from {@code phrases.tsv}, which says what each kind
 * means. Immutable.
 */
final class Phrases {
  private static final String FILE = "phrases.tsv";
  private static final int FIELDS = 3;
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  /** What follows a phrase of a language that divides words by blanks. */
  static final String END_OF_WORD = "(?:(?<=[\\s:,'’])|(?![\\p{L}\\p{N}]))";

  /** Languages that do not put blanks between words, so that a phrase ends where it ends. */
  private static final Set<String> WITHOUT_BLANKS = Set.of("ja", "zh", "ko", "th");

  /** Languages whose phrases all have letters in them that are not Latin. */
  private static final Set<String> NOT_LATIN = Set.of("ar", "hi", "ja", "ko", "ru", "th", "zh");

  private final Map<String, List<Row>> rows = new HashMap<>();

  private Phrases() {}

  static Phrases load() {
    Phrases phrases = new Phrases();
    try (InputStream file = Phrases.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is missing from the jar of caption-core");
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
      reader.lines().filter(line -> !line.isEmpty() && line.charAt(0) != '#').forEach(phrases::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return phrases;
  }

  /** Returns the phrases of a kind, to be looked for where they may begin. */
  PhraseIndex index(String kind) {
    return indexBefore("", kind);
  }

  /** Returns the phrases of these kinds that are followed by what {@code suffix} matches. */
  PhraseIndex indexBefore(String suffix, String... kinds) {
    return new PhraseIndex(
        List.of(kinds).stream()
            .flatMap(kind -> rows.getOrDefault(kind, List.of()).stream())
            .map(row -> new PhraseIndex.Phrase(row.regex(), row.isLatin()))
            .toList(),
        suffix);
  }

  /** Returns a group that matches any phrase of these kinds, for a larger pattern. */
  String anyOf(String... kinds) {
    return List.of(kinds).stream()
        .flatMap(kind -> rows.getOrDefault(kind, List.of()).stream())
        .map(Row::regex)
        .collect(Collectors.joining("|", "(?:", ")"));
  }

  /** Returns the phrases of a kind as they stand in the file. */
  List<String> of(String kind) {
    return rows.getOrDefault(kind, List.of()).stream().map(Row::phrase).toList();
  }

  static Pattern compile(String regex) {
    return Pattern.compile(regex, FLAGS);
  }

  private void add(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != FIELDS) {
      throw new IllegalStateException(FILE + ": not kind, language, phrase: " + line);
    }
    rows.computeIfAbsent(fields[0], kind -> new ArrayList<>()).add(new Row(fields[1], fields[2]));
  }

  private record Row(String language, String phrase) {
    boolean isLatin() {
      return !NOT_LATIN.contains(language);
    }

    String regex() {
      String regex = phrase.replace(" ", "\\s+").replace("\\s+?", "\\s*").replace("'", "['’ʼ]");
      return WITHOUT_BLANKS.contains(language) ? regex : regex + END_OF_WORD;
    }
  }
}
