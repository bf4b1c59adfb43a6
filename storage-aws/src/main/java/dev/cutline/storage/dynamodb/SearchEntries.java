package dev.cutline.storage.dynamodb;

import dev.cutline.CaptionRun;
import dev.cutline.ImageRecord;
import dev.cutline.RecordQuery;
import dev.cutline.StorageState;
import dev.cutline.spi.HashBands;
import dev.cutline.spi.SearchWords;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

  private static final char WORD = 'w';
  private static final char TITLE = 't';
  private static final char TAG = 'g';
  private static final char CAPTION_STATE = 's';
  private static final char NEEDS_REVIEW = 'r';
  private static final char PROVIDER = 'v';
  private static final char LANGUAGE = 'l';
  private static final char SHA_256 = 'h';

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
    query.sha256().ifPresent(sha256 -> entries.exact(SHA_256, sha256));
    query.tag().ifPresent(tag -> entries.exact(TAG, tag));
    query.text().ifPresent(text -> entries.wanted(SearchWords.of(text)));
    query.titlePrefix().ifPresent(prefix -> entries.title(prefix, true));
    query.provider().ifPresent(provider -> entries.exact(PROVIDER, provider));
    query.captionState().ifPresent(state -> entries.exact(CAPTION_STATE, state.name()));
    query.needsReview().ifPresent(needs -> entries.exact(NEEDS_REVIEW, needs.toString()));
    query.language().ifPresent(language -> entries.exact(LANGUAGE, language));
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
    exact(CAPTION_STATE, record.captionState().name());
    exact(NEEDS_REVIEW, Boolean.toString(record.needsReview()));
    record
        .run(record.languages().get(0))
        .flatMap(CaptionRun::provider)
        .ifPresent(provider -> exact(PROVIDER, provider));
    record.languages().forEach(language -> exact(LANGUAGE, language));
    exact(SHA_256, record.sha256());
    record
        .perceptualHash()
        .ifPresent(
            hash -> {
              for (int band = 0; band < HashBands.COUNT; band++) {
                lists.add(hash(band, HashBands.entry(hash, band)));
              }
            });
    record.title().ifPresent(title -> title(title, false));
    record.tags().stream().limit(MOST / 2).forEach(tag -> exact(TAG, tag));
    for (String word : SearchWords.of(record)) {
      int length = length(word);
      for (int start : WORD_STARTS) {
        if (start <= length && lists.size() < MOST) {
          add(WORD, start(word, start));
        }
      }
    }
  }

  private void wanted(List<String> words) {
    for (String word : words) {
      int length = length(word);
      int longest = 0;
      for (int start : WORD_STARTS) {
        longest = start <= length ? start : longest;
      }
      add(WORD, start(word, longest));
    }
  }

  private void title(String title, boolean longestOnly) {
    String lower = lowerAscii(title);
    int length = length(lower);
    int longest = 0;
    for (int start : TITLE_STARTS) {
      if (start <= length) {
        longest = start;
        if (!longestOnly) {
          exact(TITLE, start(lower, start));
        }
      }
    }
    if (longestOnly) {
      exact(TITLE, start(lower, longest));
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String start(String text, int length) {
    return text.substring(0, text.offsetByCodePoints(0, length));
  }

  private static String lowerAscii(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c - 'A' + 'a'));
      }
    }
    return lower.toString();
  }

  /** Adds the list of a value of any length and any characters, by a hash of 128 bits. */
  private void exact(char kind, String value) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha256.digest(value.getBytes(StandardCharsets.UTF_8));
      add(kind, HexFormat.of().formatHex(hash, 0, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private void add(char kind, String value) {
    lists.add("TERM#" + kind + value);
  }
}
