package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.CaptionRun;
import dev.cutline.CaptionState;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import dev.cutline.RecordPage;
import dev.cutline.RecordQuery;
import dev.cutline.StorageState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pages of an owner's pictures. */
abstract class QueryChecks extends StoreChecks {
  private final Random random = new Random(6);
  private int created;

  QueryChecks(RecordStoreContract contract) {
    super(contract);
  }

  @Test
  public void newestComeFirstWhateverOrderTheyWereWrittenIn() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ids.add(Samples.id(Samples.NOON.plusMillis(i / 4), random));
    }
    Collections.shuffle(ids, random);
    ids.forEach(id -> stored(Samples.record("alice", id)));

    ids.sort(Collections.reverseOrder());
    for (int limit : new int[] {1, 2, 3, 7, 39, 40, 41, 1000}) {
      assertThat(ids(RecordQuery.builder("alice").limit(limit).build())).isEqualTo(ids);
    }
  }

  @Test
  public void pagesManyOfOneMillisecond() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String id = Samples.id(Samples.NOON, random);
      ids.add(id);
      stored(Samples.record("alice", id).tags(i % 3 == 0 ? List.of("third") : List.of()));
    }
    List<String> thirds = new ArrayList<>();
    for (int i = 0; i < 300; i += 3) {
      thirds.add(ids.get(i));
    }
    ids.sort(Collections.reverseOrder());
    thirds.sort(Collections.reverseOrder());

    assertThat(ids(RecordQuery.builder("alice").limit(7).build())).isEqualTo(ids);
    assertThat(ids(RecordQuery.builder("alice").limit(7).tag("third").build())).isEqualTo(thirds);
  }

  @Test
  public void theLastPageHasNoCursor() {
    for (int i = 0; i < 10; i++) {
      plain("title");
    }

    assertThat(store().query(RecordQuery.builder("alice").limit(10).build()).nextCursor())
        .isEmpty();
    assertThat(store().query(RecordQuery.builder("alice").limit(9).build()).nextCursor())
        .isPresent();
    assertThat(
            store()
                .query(RecordQuery.builder("alice").titlePrefix("t").limit(10).build())
                .nextCursor())
        .isEmpty();
    RecordPage none = store().query(RecordQuery.builder("nobody").build());
    assertThat(none.items()).isEmpty();
    assertThat(none.nextCursor()).isEmpty();
  }

  @Test
  public void walksPastWhatIsWrittenAndDeletedMeanwhile() {
    for (String text : new String[] {null, "walk"}) {
      String owner = "walker" + text;
      Instant start = Samples.NOON.plusSeconds(1000);
      List<ImageRecord> before = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        before.add(
            stored(Samples.record(owner, start.plusMillis(i * 10L), random).title("walk " + i)));
      }
      Set<String> deleted = new HashSet<>();
      List<String> seen = new ArrayList<>();
      String cursor = null;
      int page = 0;
      do {
        RecordPage items =
            store().query(RecordQuery.builder(owner).text(text).limit(7).cursor(cursor).build());
        items.items().forEach(record -> seen.add(record.id()));
        cursor = items.nextCursor().orElse(null);
        ImageRecord victim = before.get((page * 17 + 3) % before.size());
        if (deleted.add(victim.id())) {
          store().delete(victim, Samples.NOON);
        }
        for (int offset : new int[] {5, 405, 5_000}) {
          Instant time = start.plusMillis(offset + page * 10L);
          stored(Samples.record(owner, time, random).title("walk meanwhile"));
        }
        page++;
      } while (cursor != null);

      assertThat(seen).doesNotHaveDuplicates().isSortedAccordingTo(Collections.reverseOrder());
      assertThat(seen)
          .containsAll(
              before.stream().map(ImageRecord::id).filter(id -> !deleted.contains(id)).toList());
    }
  }

  @Test
  public void aCursorOutlivesTheRecordItCameFrom() {
    List<ImageRecord> records = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      records.add(0, plain("title"));
    }
    RecordPage first = store().query(RecordQuery.builder("alice").limit(3).build());
    first.items().forEach(record -> store().delete(record, Samples.NOON));
    store().delete(records.get(3), Samples.NOON);

    assertThat(
            ids(
                RecordQuery.builder("alice")
                    .cursor(first.nextCursor().orElseThrow())
                    .limit(3)
                    .build()))
        .containsExactly(records.get(4).id(), records.get(5).id());
  }

  @Test
  public void refusesCursorsThatItNeverGave() {
    plain("title");
    for (String cursor : List.of("", "x", "-1", "' OR 1=1 --", "\0", "%", "9".repeat(400))) {
      assertThatThrownBy(() -> store().query(RecordQuery.builder("alice").cursor(cursor).build()))
          .as("cursor <%s>", cursor)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store().unsettled(Samples.NOON, cursor, 10))
          .as("cursor <%s>", cursor)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store().pendingCaptions(cursor, 10))
          .as("cursor <%s>", cursor)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store().createdBefore(Samples.NOON, cursor, 10))
          .as("cursor <%s>", cursor)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  public void onlyStoredPicturesAreListed() {
    for (StorageState state : StorageState.values()) {
      store()
          .create(next().storageState(state).title("boat " + state).tags(List.of("boat")).build());
    }
    for (RecordQuery.Builder query :
        List.of(
            RecordQuery.builder("alice"),
            RecordQuery.builder("alice").text("boat"),
            RecordQuery.builder("alice").tag("boat"))) {
      assertThat(all(query.build()))
          .extracting(r -> r.title().orElseThrow())
          .containsExactly("boat STORED");
    }
  }

  @Test
  public void followsARecordThroughItsStates() {
    ImageRecord record = store().create(next().title("first").build());
    RecordQuery first = RecordQuery.builder("alice").text("first").build();
    RecordQuery second = RecordQuery.builder("alice").text("second").build();
    assertThat(ids(first)).isEmpty();

    record = update(record.toBuilder().storageState(StorageState.STORED));
    assertThat(ids(first)).containsExactly(record.id());

    record = update(record.toBuilder().title("second").tags(List.of("t")).needsReview(true));
    assertThat(ids(first)).isEmpty();
    assertThat(ids(second)).containsExactly(record.id());
    assertThat(all(RecordQuery.builder("alice").tag("t").needsReview(true).build()))
        .containsExactly(record);

    record = update(record.toBuilder().tags(List.of()).needsReview(false));
    assertThat(ids(RecordQuery.builder("alice").tag("t").build())).isEmpty();
    assertThat(ids(RecordQuery.builder("alice").needsReview(true).build())).isEmpty();
    assertThat(all(second)).containsExactly(record);

    record = update(record.toBuilder().storageState(StorageState.DELETING));
    assertThat(ids(second)).isEmpty();
    assertThat(ids(RecordQuery.builder("alice").build())).isEmpty();

    store().delete(record, Samples.NOON);
    assertThat(ids(second)).isEmpty();
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
  public void findsWordsWhereverTheyStand() {
    ImageRecord title = stored(next().title("lighthouse"));
    ImageRecord description = stored(next().description("by the Lighthouse"));
    ImageRecord tag = stored(next().tags(List.of("old lighthouse")));
    ImageRecord label = stored(next().labels(List.of(Label.of("Lighthouse", 0.9))));
    ImageRecord caption = stored(next().captions(List.of(caption("en", "A lighthouse."))));
    ImageRecord other =
        stored(next().captions(List.of(caption("en", "A tower"), caption("de", "Lighthouse"))));
    stored(next().context("lighthouse").fileName("lighthouse.jpg").notes(List.of("lighthouse")));

    assertThat(ids(text("lighthouse")))
        .containsExactlyInAnyOrder(
            title.id(), description.id(), tag.id(), label.id(), caption.id(), other.id());
  }

  @Test
  public void captionsThatAreNotShownAreNotFound() {
    ImageRecord record = stored(next().captions(List.of(caption("en", "a first text"))));
    store()
        .update(
            record.toBuilder().captions(List.of(caption("en", "a second text"))).build(),
            List.of(Samples.version(1, "first"), Samples.version(2, "second")));

    assertThat(ids(text("first"))).isEmpty();
    assertThat(ids(text("second"))).containsExactly(record.id());
  }

  @Test
  public void everyWordHasToOccurAndTheLastMayBeAStart() {
    ImageRecord record = stored(next().title("A red fox").description("jumps over fences"));

    for (String found :
        List.of(
            "red",
            "red fox",
            "fox red",
            "jumps fox",
            "red fe",
            "fox f",
            "RED OV",
            "a",
            "r",
            "red red",
            "fences fences",
            "fox jumps over a red fence")) {
      assertThat(ids(text(found))).as("<%s>", found).containsExactly(record.id());
    }
    for (String none : List.of("re fox", "ed", "red foxes", "fo red", "redfox", "blue", "red b")) {
      assertThat(ids(text(none))).as("<%s>", none).isEmpty();
    }
  }

  @Test
  public void accentsAndCaseDoNotMatter() {
    ImageRecord accents = plain("Caf\u00e9 CR\u00c8ME \u0130stanbul \uFB01sh");

    for (String found :
        List.of("cafe", "CAFE\u0301", "cr\u00e8m", "istanbul", "fish", "\uFF26ISH", "\uFB01")) {
      assertThat(ids(text(found))).as("<%s>", found).containsExactly(accents.id());
    }
  }

  @Test
  public void findsEveryScript() {
    ImageRecord chinese = plain("\u7d05\u3044\u732b\u3068\u72ac");
    ImageRecord hebrew = plain("\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd");
    ImageRecord thai = plain("\u0e41\u0e21\u0e27");
    ImageRecord greek = plain("\u039f\u03b4\u03cc\u03c2");
    ImageRecord beyond = plain("\uD835\uDC00\uD801\uDC00 gothic \uD800\uDF30");

    assertThat(ids(text("\u732b"))).containsExactly(chinese.id());
    assertThat(ids(text("\u732b\u72ac"))).containsExactly(chinese.id());
    assertThat(ids(text("\u732b \u9ce5"))).isEmpty();
    assertThat(ids(text("\u05e2\u05d5"))).containsExactly(hebrew.id());
    assertThat(ids(text("\u0e41\u0e21\u0e27"))).containsExactly(thai.id());
    assertThat(ids(text("\u039f\u03b4\u03cc"))).containsExactly(greek.id());
    assertThat(ids(text("gothic \uD800\uDF30"))).containsExactly(beyond.id());
  }

  @Test
  public void operatorsAreMereText() {
    ImageRecord words = plain("NEAR the AND not OR title:sea x-ray 100% c++ o'clock col_a");
    ImageRecord sea = plain("sea");

    for (String found :
        List.of(
            "NEAR",
            "near and",
            "AND",
            "OR",
            "NOT",
            "title:sea",
            "x-ray",
            "\"near\" \"the\"",
            "(near",
            "near)",
            "100%",
            "c++",
            "o'clock",
            "-ray",
            "+near",
            "^near",
            "{near}: the",
            "near*the",
            "NEAR(the and)",
            "near\0the",
            "col_a",
            "not near",
            "sea -the")) {
      assertThat(ids(text(found))).as("<%s>", found).containsExactly(words.id());
    }
    assertThat(ids(text("sea OR near"))).containsExactly(words.id());
    assertThat(ids(text("sea"))).containsExactly(sea.id(), words.id());
    for (String none : List.of("sea NOT near zzz", "s*a", "sea\" OR \"zzz", "n*r", "_ear", "e%")) {
      assertThat(ids(text(none))).as("<%s>", none).isEmpty();
    }
  }

  @Test
  public void aTextWithoutWordsAsksForNothing() {
    ImageRecord record = plain("title");
    for (String text : List.of("", " ", "!?", "\"", "*", "-", "\uD83D\uDE80", "\0")) {
      assertThat(ids(text(text))).as("<%s>", text).containsExactly(record.id());
    }
  }

  @Test
  public void findsVeryLongWords() {
    String word = "x".repeat(100);
    ImageRecord record = plain(word + " end");

    assertThat(ids(text(word))).containsExactly(record.id());
    assertThat(ids(text(word + " end"))).containsExactly(record.id());
    assertThat(ids(text(word.substring(0, 40)))).containsExactly(record.id());
    assertThat(ids(text(word.substring(0, 63) + "y"))).isEmpty();
    assertThat(ids(text("word ".repeat(3_000)))).isEmpty();
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

  private ImageRecord update(ImageRecord.Builder record) {
    return store().update(record.build(), List.of());
  }

  private ImageRecord plain(String title) {
    return stored(next().title(title));
  }

  /** Returns a record of Alice that is newer than the one before. */
  private ImageRecord.Builder next() {
    created++;
    return Samples.record("alice", Samples.NOON.plusMillis(created), random);
  }

  private static CaptionVersion caption(String language, String text) {
    return CaptionVersion.builder(
            1, CaptionStyle.CONCISE, language, text, CaptionVersion.Author.MODEL)
        .build();
  }

  private static RecordQuery.Builder query() {
    return RecordQuery.builder("alice").limit(2);
  }

  private static RecordQuery tag(String tag) {
    return query().tag(tag).build();
  }

  private static RecordQuery title(String prefix) {
    return query().titlePrefix(prefix).build();
  }

  private static RecordQuery text(String text) {
    return query().text(text).build();
  }
}
