package dev.cutline.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cutline.CaptionState;
import dev.cutline.ImageFormat;
import dev.cutline.ImageRecord;
import dev.cutline.RecordQuery;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SearchTermsTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  /** Stores keep these: another value would hide what is stored already. */
  @Test
  void areWhatTheyAlwaysWere() {
    assertThat(SearchTerms.exact('g', "cat")).isEqualTo("g77af778b51abd4a3c51c5ddd97204a9c");
    assertThat(SearchTerms.exact('g', "")).isEqualTo("ge3b0c44298fc1c149afbf4c8996fb924");
    RecordQuery query =
        RecordQuery.builder("alice")
            .sha256("0".repeat(64))
            .tag("cat")
            .provider("palette")
            .captionState(CaptionState.FAILED)
            .needsReview(true)
            .language("en")
            .build();
    assertThat(SearchTerms.rare(query))
        .containsExactly("h60e05bd1b195af2f94112fa7197a5c88", "g77af778b51abd4a3c51c5ddd97204a9c");
    assertThat(SearchTerms.common(query))
        .containsExactly(
            "v19e4bd2d806bed3c364fd84d0bf220af",
            "s02bd349299173f7fdf2dbc983d70961b",
            "rb5bea41b6c623f7c09f1bf24dcae58eb",
            "ldbd3a49d0d906b4ed9216b73330d2fb0");
  }

  @Test
  void recordsHaveTheTermsOfTheQueriesThatFindThem() {
    ImageRecord record =
        ImageRecord.builder("alice", "0193a5a0-0000-7000-8000-000000000001")
            .createdAt(NOON)
            .updatedAt(NOON)
            .format(ImageFormat.JPEG)
            .dimensions(640, 480)
            .size(1)
            .sha256("0".repeat(64))
            .languages(List.of("de", "en"))
            .captionState(CaptionState.FAILED)
            .needsReview(true)
            .tags(List.of("Cat", "a b#c"))
            .build();
    for (String tag : record.tags()) {
      for (String language : record.languages()) {
        RecordQuery query =
            RecordQuery.builder("alice")
                .sha256(record.sha256())
                .tag(tag)
                .captionState(CaptionState.FAILED)
                .needsReview(true)
                .language(language)
                .build();
        assertThat(SearchTerms.rare(query)).hasSize(2).isSubsetOf(SearchTerms.of(record));
        assertThat(SearchTerms.common(query)).hasSize(3).isSubsetOf(SearchTerms.of(record));
      }
    }
    assertThat(SearchTerms.of(record)).hasSize(7).allMatch(term -> term.matches("[a-z0-9]{33}"));
    assertThat(SearchTerms.of(record))
        .doesNotContainAnyElementsOf(
            SearchTerms.rare(RecordQuery.builder("alice").tag("cat").build()));
    RecordQuery everything = RecordQuery.builder("alice").build();
    assertThat(SearchTerms.rare(everything)).isEmpty();
    assertThat(SearchTerms.common(everything)).isEmpty();
  }

  @Test
  void titlesAreFoldedInAsciiOnlyAndInAnyLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertThat(SearchTerms.title("TITLE ÄÖ 🦊 İ")).isEqualTo("title ÄÖ 🦊 İ");
    } finally {
      Locale.setDefault(before);
    }
    assertThat(SearchTerms.length("a🦊b")).isEqualTo(3);
    assertThat(SearchTerms.start("a🦊b", 2)).isEqualTo("a🦊");
    assertThat(SearchTerms.start("a🦊b", 0)).isEmpty();
  }

  @Test
  void halfACharacterIsNoText() {
    assertThat(StoreArguments.unicode("a🦊", "it")).isEqualTo("a🦊");
    for (String half : List.of("\ud83e", "a\ud83e", "\udd8ab", "\udd8a\ud83e")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> StoreArguments.unicode(half, "it"))
          .withMessageStartingWith("it is no Unicode text: half of a surrogate pair at index ");
    }
    assertThat(StoreArguments.unicode("abc", 3, "it")).isEqualTo("abc");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StoreArguments.unicode("abcd", 3, "it"))
        .withMessage("it has at most 3 characters, not 4");
  }
}
