package dev.cutline.jdbc;

import dev.cutline.CaptionRun;
import dev.cutline.ImageRecord;
import dev.cutline.RecordQuery;
import dev.cutline.spi.SearchWords;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

  private static final char WORD = 'w';
  private static final char WORD_START = 'p';
  private static final char TITLE = 't';
  private static final char TAG = 'g';
  private static final char CAPTION_STATE = 's';
  private static final char NEEDS_REVIEW = 'r';
  private static final char PROVIDER = 'v';
  private static final char LANGUAGE = 'l';
  private static final char SHA_256 = 'h';

  private final long owner;
  private final Set<String> terms = new LinkedHashSet<>();

  private Terms(long owner) {
    this.owner = owner;
  }

  /** Returns the terms of a record. */
  static Set<String> of(long owner, ImageRecord record) {
    Terms terms = new Terms(owner);
    terms.words(record);
    record.title().ifPresent(terms::titleStarts);
    record.tags().forEach(tag -> terms.exact(TAG, tag));
    terms.exact(CAPTION_STATE, record.captionState().name());
    terms.exact(NEEDS_REVIEW, Boolean.toString(record.needsReview()));
    record
        .run(record.languages().get(0))
        .flatMap(CaptionRun::provider)
        .ifPresent(provider -> terms.exact(PROVIDER, provider));
    record.languages().forEach(language -> terms.exact(LANGUAGE, language));
    terms.exact(SHA_256, record.sha256());
    return terms.terms;
  }

  /** Returns the terms that a record must have all of; none if the query asks for none of them. */
  static Set<String> of(long owner, RecordQuery query) {
    Terms terms = new Terms(owner);
    query.text().ifPresent(text -> terms.wanted(SearchWords.of(text)));
    query.titlePrefix().ifPresent(terms::wantedTitle);
    query.tag().ifPresent(tag -> terms.exact(TAG, tag));
    query.captionState().ifPresent(state -> terms.exact(CAPTION_STATE, state.name()));
    query.needsReview().ifPresent(needs -> terms.exact(NEEDS_REVIEW, needs.toString()));
    query.provider().ifPresent(provider -> terms.exact(PROVIDER, provider));
    query.language().ifPresent(language -> terms.exact(LANGUAGE, language));
    query.sha256().ifPresent(sha256 -> terms.exact(SHA_256, sha256));
    return terms.terms;
  }

  private void words(ImageRecord record) {
    for (String word : SearchWords.of(record)) {
      add(WORD, word);
      starts(word);
    }
  }

  private void starts(String word) {
    for (int end = 0; end < word.length(); ) {
      end = word.offsetByCodePoints(end, 1);
      add(WORD_START, word.substring(0, end));
    }
  }

  private void wanted(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      add(i == words.size() - 1 ? WORD_START : WORD, words.get(i));
    }
  }

  private void titleStarts(String title) {
    String lower = Texts.lowerAscii(title);
    int length = Math.min(TITLE_START, length(lower));
    for (int i = 0; i <= length; i++) {
      add(TITLE, hex(start(lower, i)));
    }
  }

  private void wantedTitle(String prefix) {
    add(TITLE, hex(start(Texts.lowerAscii(prefix), Math.min(TITLE_START, length(prefix)))));
  }

  /** Tells whether a title or the start of one is too long for terms alone. */
  static boolean isLongTitle(String title) {
    return length(title) > TITLE_START;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String start(String text, int length) {
    return text.substring(0, text.offsetByCodePoints(0, length));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a value of any length as a hash, of 128 bits so that no two values meet. */
  private void exact(char kind, String value) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha256.digest(value.getBytes(StandardCharsets.UTF_8));
      add(kind, HexFormat.of().formatHex(hash, 0, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private boolean add(char kind, String text) {
    return terms.add(Long.toString(owner) + kind + text);
  }
}
