package dev.cutline.jdbc;

import dev.cutline.ImageRecord;
import dev.cutline.RecordQuery;
import dev.cutline.spi.SearchTerms;
import dev.cutline.spi.SearchWords;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns what a record can be found by into terms of one index, and a query into the terms that a
 * record must have. A term consists of the owner's number, a letter for its kind, and letters and
 * digits: {@code 17wcat}. Since it names the owner, no query can reach another's records.
 *
 * <p>Each start of each word is a term too. An index that had only words would have to merge the
 * lists of all words with that start before it could tell the newest.
 */
final class Terms {
  /** How much of a title is found by terms alone, in characters. Longer starts need a check. */
  static final int TITLE_START = 32;

  private static final String WORD = "w";
  private static final String WORD_START = "p";
  private static final String TITLE = "t";

  private final String owner;
  private final Set<String> terms = new LinkedHashSet<>();

  private Terms(long owner) {
    this.owner = Long.toString(owner);
  }

  /** Returns the terms of a record. */
  static Set<String> of(long owner, ImageRecord record) {
    Terms terms = new Terms(owner);
    terms.words(record);
    record.title().ifPresent(terms::titleStarts);
    SearchTerms.of(record).forEach(terms::add);
    return terms.terms;
  }

  /** Returns the terms that a record must have all of; none if the query asks for none of them. */
  static Set<String> of(long owner, RecordQuery query) {
    Terms terms = new Terms(owner);
    query.text().ifPresent(text -> terms.wanted(SearchWords.of(text)));
    query.titlePrefix().ifPresent(terms::wantedTitle);
    SearchTerms.rare(query).forEach(terms::add);
    SearchTerms.common(query).forEach(terms::add);
    return terms.terms;
  }

  private void words(ImageRecord record) {
    for (String word : SearchWords.of(record)) {
      add(WORD + word);
      starts(word);
    }
  }

  private void starts(String word) {
    for (int end = 0; end < word.length(); ) {
      end = word.offsetByCodePoints(end, 1);
      add(WORD_START + word.substring(0, end));
    }
  }

  private void wanted(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      add((i == words.size() - 1 ? WORD_START : WORD) + words.get(i));
    }
  }

  private void titleStarts(String title) {
    String lower = SearchTerms.title(title);
    int length = Math.min(TITLE_START, SearchTerms.length(lower));
    for (int i = 0; i <= length; i++) {
      add(TITLE + hex(SearchTerms.start(lower, i)));
    }
  }

  private void wantedTitle(String prefix) {
    int length = Math.min(TITLE_START, SearchTerms.length(prefix));
    add(TITLE + hex(SearchTerms.start(SearchTerms.title(prefix), length)));
  }

  /** Tells whether a title or the start of one is too long for terms alone. */
  static boolean isLongTitle(String title) {
    return SearchTerms.length(title) > TITLE_START;
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private void add(String term) {
    terms.add(owner + term);
  }
}
