package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionRun;
import dev.cutline.CaptionState;
import dev.cutline.ImageRecord;
import dev.cutline.RecordQuery;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages of what meets conditions, each alone and all together. */
abstract class FilterChecks extends QueryChecks {
  FilterChecks(RecordStoreContract contract) {
    super(contract);
  }

  @Test
  public void findsTagsExactly() {
    ImageRecord sea = stored(next().tags(List.of("sea", "blue")));
    ImageRecord upper = stored(next().tags(List.of("SEA")));
    ImageRecord longer = stored(next().tags(List.of("sea side")));
    ImageRecord comma = stored(next().tags(List.of("sea,blue", "\"blue\"")));

    assertThat(ids(tag("sea"))).containsExactly(sea.id());
    assertThat(ids(tag("SEA"))).containsExactly(upper.id());
    assertThat(ids(tag("sea side"))).containsExactly(longer.id());
    assertThat(ids(tag("sea,blue"))).containsExactly(comma.id());
    assertThat(ids(tag("blue"))).containsExactly(sea.id());
    for (String none : List.of("se", "sea*", "side", "%", "s_a", "", "\"sea\"")) {
      assertThat(ids(tag(none))).as("tag <%s>", none).isEmpty();
    }
  }

  @Test
  public void findsTheStartOfATitleWithoutCaseOfAsciiLetters() {
    ImageRecord harbour = plain("Harbour at dusk");
    ImageRecord percent = plain("100% har_bour");
    ImageRecord accent = plain("\u00c9t\u00e9");
    ImageRecord nul = plain("nul\0nul");
    stored(next());

    for (String prefix : List.of("H", "h", "HARBOUR", "harbour ", "Harbour at dusk")) {
      assertThat(ids(title(prefix))).as("<%s>", prefix).containsExactly(harbour.id());
    }
    assertThat(ids(title("100%"))).containsExactly(percent.id());
    assertThat(ids(title("100% HAR_"))).containsExactly(percent.id());
    assertThat(ids(title("\u00c9T\u00e9"))).containsExactly(accent.id());
    assertThat(ids(title("NUL\0N"))).containsExactly(nul.id());
    for (String none :
        List.of("\u00e9t", "arbour", "%", "_", "H%", "Harbour at dusk ", "harbour  ", "nul\0m")) {
      assertThat(ids(title(none))).as("<%s>", none).isEmpty();
    }
  }

  @Test
  public void findsTheStartOfAVeryLongTitle() {
    String base = "Long ".repeat(2_000);
    ImageRecord first = plain(base + "one");
    ImageRecord second = plain(base + "two");

    for (int length : new int[] {1, 16, 31, 32, 33, 63, 64, 65, 200, 9_999, 10_000}) {
      assertThat(ids(title(base.substring(0, length)))).containsExactly(second.id(), first.id());
    }
    assertThat(ids(title(base + "O"))).containsExactly(first.id());
    assertThat(ids(title(base + "two"))).containsExactly(second.id());
    assertThat(ids(title(base + "two "))).isEmpty();
    assertThat(ids(title(base.substring(0, 50) + "x"))).isEmpty();
    for (String pattern : List.of("%", "_", "*", "%one", "?")) {
      assertThat(ids(title(base.substring(0, 50) + pattern))).as("<%s>", pattern).isEmpty();
    }
  }

  @Test
  public void findsByState() {
    ImageRecord pending = stored(next());
    ImageRecord done = captioned(next());

    assertThat(ids(query().captionState(CaptionState.PENDING).build()))
        .containsExactly(pending.id());
    assertThat(ids(query().captionState(CaptionState.CAPTIONED).build()))
        .containsExactly(done.id());
    assertThat(ids(query().captionState(CaptionState.FAILED).build())).isEmpty();
  }

  @Test
  public void findsWhatNeedsReviewAndWhatDoesNot() {
    ImageRecord calm = stored(next());
    ImageRecord odd = stored(next().needsReview(true));

    assertThat(ids(query().needsReview(true).build())).containsExactly(odd.id());
    assertThat(ids(query().needsReview(false).build())).containsExactly(calm.id());
    assertThat(ids(query().build())).containsExactly(odd.id(), calm.id());
  }

  @Test
  public void findsTheProviderThatAnsweredLastInTheFirstLanguage() {
    CaptionRun english = CaptionRun.builder("en", Samples.NOON).provider("openai").build();
    CaptionRun german = CaptionRun.builder("de", Samples.NOON).provider("palette").build();
    CaptionRun nobody = CaptionRun.builder("en", Samples.NOON).build();
    List<CaptionRun> both = List.of(german, english);
    ImageRecord first = stored(next().languages(List.of("en", "de")).runs(both));
    ImageRecord second = stored(next().languages(List.of("de", "en")).runs(both));
    stored(next().languages(List.of("fr", "en")).runs(both));
    stored(next().runs(List.of(nobody)));

    assertThat(ids(query().provider("openai").build())).containsExactly(first.id());
    assertThat(ids(query().provider("palette").build())).containsExactly(second.id());
    assertThat(ids(query().provider("OpenAI").build())).isEmpty();
  }

  @Test
  public void findsLanguagesThatCaptionsAreWantedIn() {
    ImageRecord first = stored(next().languages(List.of("en", "pt-BR")));
    ImageRecord second = stored(next().languages(List.of("pt")));

    assertThat(ids(query().language("PT-br").build())).containsExactly(first.id());
    assertThat(ids(query().language("pt").build())).containsExactly(second.id());
    assertThat(ids(query().language("de").build())).isEmpty();
  }

  @Test
  public void findsPicturesByTheirHash() {
    ImageRecord first = stored(next().sha256("a".repeat(64)));
    ImageRecord second = stored(next().sha256("a".repeat(64)));
    stored(next().sha256("a".repeat(63) + "b"));

    assertThat(ids(query().sha256("a".repeat(64)).build()))
        .containsExactly(second.id(), first.id());
    for (String none : List.of("A".repeat(64), "a".repeat(63), "", "' OR 1=1 --")) {
      assertThat(ids(query().sha256(none).build())).isEmpty();
    }
  }

  @Test
  public void findsATimeOfCreationFromInclusiveToExclusive() {
    Instant time = Samples.NOON;
    ImageRecord early = stored(next().createdAt(time.minusMillis(1)));
    ImageRecord exact = stored(next().createdAt(time));
    ImageRecord late = stored(next().createdAt(time.plusMillis(1)));

    assertThat(ids(query().from(time).build())).containsExactly(late.id(), exact.id());
    assertThat(ids(query().to(time).build())).containsExactly(early.id());
    assertThat(ids(query().from(time).to(time.plusMillis(1)).build())).containsExactly(exact.id());
    assertThat(ids(query().from(time).to(time).build())).isEmpty();
    assertThat(ids(query().from(time.plusNanos(1)).build())).containsExactly(late.id());
    assertThat(ids(query().to(time.plusNanos(1)).build())).containsExactly(exact.id(), early.id());
    assertThat(ids(query().from(Instant.MIN).to(Instant.MAX).build()))
        .containsExactly(late.id(), exact.id(), early.id());
    assertThat(ids(query().from(Instant.MAX).build())).isEmpty();
    assertThat(ids(query().to(Instant.MIN).build())).isEmpty();
  }

  @Test
  public void theTimeOfCreationNeedNotBeThatOfTheId() {
    ImageRecord old = stored(next().createdAt(Instant.parse("1970-01-02T00:00:00Z")));
    ImageRecord future = stored(next().createdAt(Instant.parse("2300-01-01T00:00:00Z")));
    ImageRecord usual = stored(next());

    assertThat(ids(query().to(Instant.parse("1980-01-01T00:00:00Z")).build()))
        .containsExactly(old.id());
    assertThat(ids(query().from(Instant.parse("2200-01-01T00:00:00Z")).build()))
        .containsExactly(future.id());
    ImageRecord moved = update(usual.toBuilder().createdAt(Instant.parse("1960-01-01T00:00:00Z")));
    assertThat(ids(query().to(Instant.EPOCH).build())).containsExactly(moved.id());
  }

  @Test
  public void allConditionsHaveToHold() {
    ImageRecord match =
        captioned(
            next()
                .title("Harbour")
                .tags(List.of("sea"))
                .languages(List.of("en", "de"))
                .runs(List.of(CaptionRun.builder("en", Samples.NOON).provider("openai").build()))
                .sha256("b".repeat(64))
                .needsReview(true));
    RecordQuery every =
        query()
            .text("harb")
            .tag("sea")
            .titlePrefix("harb")
            .captionState(CaptionState.CAPTIONED)
            .needsReview(true)
            .provider("openai")
            .language("de")
            .sha256("b".repeat(64))
            .from(match.createdAt())
            .to(match.createdAt().plusMillis(1))
            .build();

    assertThat(ids(every)).containsExactly(match.id());
    for (RecordQuery.Builder but :
        List.of(
            every.toBuilder().text("harx"),
            every.toBuilder().tag("se"),
            every.toBuilder().titlePrefix("arb"),
            every.toBuilder().captionState(CaptionState.PENDING),
            every.toBuilder().needsReview(false),
            every.toBuilder().provider("palette"),
            every.toBuilder().language("fr"),
            every.toBuilder().sha256("c".repeat(64)),
            every.toBuilder().from(match.createdAt().plusMillis(1)),
            every.toBuilder().to(match.createdAt()))) {
      assertThat(ids(but.build())).isEmpty();
    }
  }
}
