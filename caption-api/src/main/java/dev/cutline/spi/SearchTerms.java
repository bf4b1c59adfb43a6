package dev.cutline.spi;

import dev.cutline.CaptionRun;
import dev.cutline.ImageRecord;
import dev.cutline.RecordQuery;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a record is found by besides its {@linkplain SearchWords words}, as terms for an index: a
 * letter for the kind and a hash of the value, so that values of any length and any characters make
 * a key of 33 letters and digits. Kinds are tag ({@code g}), caption state ({@code s}), need of
 * review ({@code r}), provider ({@code v}), language ({@code l}) and SHA-256 of the file ({@code
 * h}); an index has other letters for kinds of its own. Stores keep these terms: they never change.
 */
public final class SearchTerms {
  private static final char TAG = 'g';
  private static final char CAPTION_STATE = 's';
  private static final char NEEDS_REVIEW = 'r';
  private static final char PROVIDER = 'v';
  private static final char LANGUAGE = 'l';
  private static final char SHA_256 = 'h';

  private SearchTerms() {}

  /** Returns the terms of a record, those of its tags last. */
  public static Set<String> of(ImageRecord record) {
    Set<String> terms = new LinkedHashSet<>();
    terms.add(exact(CAPTION_STATE, record.captionState().name()));
    terms.add(exact(NEEDS_REVIEW, Boolean.toString(record.needsReview())));
    record
        .run(record.languages().get(0))
        .flatMap(CaptionRun::provider)
        .ifPresent(provider -> terms.add(exact(PROVIDER, provider)));
    record.languages().forEach(language -> terms.add(exact(LANGUAGE, language)));
    terms.add(exact(SHA_256, record.sha256()));
    record.tags().forEach(tag -> terms.add(exact(TAG, tag)));
    return terms;
  }

  /** Returns those terms of a query that few records have: of one file and of a tag. */
  public static List<String> rare(RecordQuery query) {
    return Stream.of(
            query.sha256().map(sha256 -> exact(SHA_256, sha256)),
            query.tag().map(tag -> exact(TAG, tag)))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Returns those terms of a query that many records may have, the rarer first. */
  public static List<String> common(RecordQuery query) {
    return Stream.of(
            query.provider().map(provider -> exact(PROVIDER, provider)),
            query.captionState().map(state -> exact(CAPTION_STATE, state.name())),
            query.needsReview().map(needs -> exact(NEEDS_REVIEW, needs.toString())),
            query.language().map(language -> exact(LANGUAGE, language)))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Returns the term of a value, by 128 bits of its SHA-256, so that no two values meet. */
  public static String exact(char kind, String value) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha256.digest(value.getBytes(StandardCharsets.UTF_8));
      return kind + HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Returns a title or the start of one as it is compared: its ASCII letters in lower case, and
   * nothing else changed.
   */
  public static String title(String title) {
    StringBuilder lower = new StringBuilder(title);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c - 'A' + 'a'));
      }
    }
    return lower.toString();
  }

  /** Returns how many characters (code points) a text has. */
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Returns the first characters (code points) of a text that has at least as many. */
  public static String start(String text, int length) {
    return text.substring(0, text.offsetByCodePoints(0, length));
  }
}
