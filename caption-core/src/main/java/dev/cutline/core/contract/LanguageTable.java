package dev.cutline.core.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The languages that can be told apart, with their scripts, letters and words. Read from {@code
 * languages.tsv}, which says what its fields mean. Languages that share a row share a bit.
 * Immutable.
 */
final class LanguageTable {
  private static final String FILE = "languages.tsv";
  private static final int FIELDS = 4;
  private static final String SIMPLIFIED = "Hans";
  private static final String TRADITIONAL = "Hant";
  private static final String NOT_JAPANESE = "Hani";

  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Row> byLanguage = new HashMap<>();
  private final Map<Character, Long> byLetter = new HashMap<>();
  private final Map<String, Long> byWord = new HashMap<>();
  private String simplified = "";
  private String traditional = "";
  private String notJapanese = "";
  private final WordBits words;

  private LanguageTable(BufferedReader file) {
    file.lines().filter(line -> !line.isEmpty() && line.charAt(0) != '#').forEach(this::add);
    this.words = new WordBits(byWord);
  }

  static LanguageTable load() {
    try (InputStream file = LanguageTable.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is missing from the jar of caption-core");
      }
      return new LanguageTable(
          new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the row of a primary language; empty if it cannot be told from others. */
  Optional<Row> row(String primary) {
    return Optional.ofNullable(byLanguage.get(primary));
  }

  /** Returns all rows; the one at {@code i} has the bit {@code 1L << i}. */
  List<Row> rows() {
    return rows;
  }

  /** Returns the words of all languages with the bits of their rows. */
  WordBits words() {
    return words;
  }

  /** Returns the bits of the rows that write a letter, in lower case; 0 if it is a plain one. */
  long writing(char letter) {
    return byLetter.getOrDefault(letter, 0L);
  }

  boolean isSimplified(char c) {
    return simplified.indexOf(c) >= 0;
  }

  boolean isTraditional(char c) {
    return traditional.indexOf(c) >= 0;
  }

  /** Tells whether a character is usual in Chinese and rare in Japanese. */
  boolean isChinese(char c) {
    return notJapanese.indexOf(c) >= 0;
  }

  private void add(String line) {
    String[] fields = line.split("\t", -1);
    switch (fields[0]) {
      case SIMPLIFIED -> simplified = fields[1];
      case TRADITIONAL -> traditional = fields[1];
      case NOT_JAPANESE -> notJapanese = fields[1];
      default -> addRow(fields);
    }
  }

  private void addRow(String[] fields) {
    if (fields.length != FIELDS || rows.size() == Long.SIZE) {
      throw new IllegalStateException(
          FILE + ": not languages, scripts, letters, words, or one too many: " + fields[0]);
    }
    List<String> languages = List.of(fields[0].split(" ", -1));
    Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
    for (String script : fields[1].split(" ", -1)) {
      scripts.add(UnicodeScript.forName(script));
    }
    Row row = new Row(languages.get(0), 1L << rows.size(), scripts, !fields[3].isEmpty());
    rows.add(row);
    languages.forEach(language -> byLanguage.put(language, row));
    fields[2].chars().forEach(c -> byLetter.merge((char) c, row.bit(), (a, b) -> a | b));
    Arrays.stream(fields[3].split(" ", -1))
        .filter(word -> !word.isEmpty())
        .forEach(word -> byWord.merge(word, row.bit(), (a, b) -> a | b));
  }

  /**
   * A group of languages that a caption cannot tell apart.
   *
   * @param name the first of them
   * @param bit of this row
   * @param scripts that they are written in
   * @param hasWords whether they are known by words and not by script alone
   */
  record Row(String name, long bit, Set<UnicodeScript> scripts, boolean hasWords) {}
}
