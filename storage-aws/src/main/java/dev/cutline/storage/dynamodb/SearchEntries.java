package dev.cutline.storage.dynamodb;

import dev.cutline.ImageRecord;
import dev.cutline.RecordQuery;
import dev.cutline.StorageState;
import dev.cutline.spi.HashBands;
import dev.cutline.spi.SearchTerms;
import dev.cutline.spi.SearchWords;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a record can be found by: names of lists that its id is in, each a run of sort keys in the
 * owner's partition, {@code TERM#pcat#{id}}. A list narrows a search; whether a record meets it,
 * the record itself tells. So not every start of a word needs a list of its own: those of a few
 * lengths do, and longer ones are looked up by the longest of them.
 */
final class SearchEntries {
  /** Records whose time of creation is far from the time in their id. */
  static final String ODD_TIME = "TERM#o";

  /** How far the two may be apart without being odd. */
  static final long MAX_SKEW_MILLIS = 60_000;

  /**
   * How many lists a record may be in. Beyond them, words that come late in it are not found by.
   */
  static final int MOST = 2_000;

  /** How many lists are asked at once: a long text would be a query for each of its words. */
  private static final int MOST_ASKED = 10;

  private static final int[] WORD_STARTS = {1, 2, 3, 4, 6, 8};
  private static final int[] TITLE_STARTS = {0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32};

  private static final String WORD = "w";
  private static final char TITLE = 't';

  private final Set<String> lists = new LinkedHashSet<>();

  private SearchEntries() {}

  /** Returns the lists that a record has to be in; none unless it is stored. */
  static Set<String> of(ImageRecord record) {
    SearchEntries entries = new SearchEntries();
    if (record.storageState() == StorageState.STORED) {
      entries.addAll(record);
    }
    return entries.lists;
  }

  /**
   * Returns lists that hold everything a query can find, the narrowest first; none if all its
   * pictures may do. Conditions beyond ten are left to the records.
   */
  static Set<String> of(RecordQuery query) {
    SearchEntries entries = new SearchEntries();
    SearchTerms.rare(query).forEach(entries::add);
    query.text().ifPresent(text -> entries.wanted(SearchWords.of(text)));
    query.titlePrefix().ifPresent(prefix -> entries.title(prefix, true));
    SearchTerms.common(query).forEach(entries::add);
    return entries.lists.stream()
        .limit(MOST_ASKED)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Returns the list of a band of perceptual hashes up to the entry itself. */
  static String hash(int band, long entry) {
    return hashBand(band) + Times.sortable(entry);
  }

  static String hashBand(int band) {
    return "HASH#" + band + "#";
  }

  private void addAll(ImageRecord record) {
    if (Math.abs(Times.floorMillis(record.createdAt()) - Keys.millis(record.id()))
        > MAX_SKEW_MILLIS) {
      lists.add(ODD_TIME);
    }
    SearchTerms.of(record).stream().limit(MOST / 2).forEach(this::add);
    record
        .perceptualHash()
        .ifPresent(
            hash -> {
              for (int band = 0; band < HashBands.COUNT; band++) {
                lists.add(hash(band, HashBands.entry(hash, band)));
              }
            });
    record.title().ifPresent(title -> title(title, false));
    for (String word : SearchWords.of(record)) {
      int length = SearchTerms.length(word);
      for (int start : WORD_STARTS) {
        if (start <= length && lists.size() < MOST) {
          add(WORD + SearchTerms.start(word, start));
        }
      }
    }
  }

  private void wanted(List<String> words) {
    for (String word : words) {
      int length = SearchTerms.length(word);
      int longest = 0;
      for (int start : WORD_STARTS) {
        longest = start <= length ? start : longest;
      }
      add(WORD + SearchTerms.start(word, longest));
    }
  }

  private void title(String title, boolean longestOnly) {
    String lower = SearchTerms.title(title);
    int length = SearchTerms.length(lower);
    int longest = 0;
    for (int start : TITLE_STARTS) {
      if (start <= length) {
        longest = start;
        if (!longestOnly) {
          title(SearchTerms.start(lower, start));
        }
      }
    }
    if (longestOnly) {
      title(SearchTerms.start(lower, longest));
    }
  }

  private void title(String start) {
    add(SearchTerms.exact(TITLE, start));
  }

  private void add(String term) {
    lists.add("TERM#" + term);
  }
}
