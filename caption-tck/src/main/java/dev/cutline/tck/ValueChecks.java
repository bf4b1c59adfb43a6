package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.CaptionRun;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageFormat;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import dev.cutline.Lease;
import dev.cutline.RecordQuery;
import dev.cutline.StorageState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any text and any value comes back as it went in. */
abstract class ValueChecks extends StoreChecks {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "plain",
          "it's; DROP TABLE records; --",
          "\"quoted\" \\ and \\u0041 and {\"json\": [null]}",
          "null",
          "a\0b\0",
          "\0",
          "line\nbreak\r\n\ttab\u0001\u001f\u007f\u0085\u2028",
          "emoji \uD83D\uDC69\u200D\uD83D\uDE80 \uD83C\uDFF3\uFE0F",
          "\u202Egnp.tac\u202C \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
          "e\u0301 and \u00e9",
          "\u0130\u0131 \u1E9E \uFB01",
          "\uFEFFbyte order mark",
          "\uE000\uF8FF\uFFFE\uFFFF \uDBFF\uDFFF",
          "<script>alert(1)</script> &amp;",
          "%s ? :name $1 %",
          "0".repeat(10_000),
          "\u732b ".repeat(5_000));

  private final Random random = new Random(5);

  ValueChecks(RecordStoreContract contract) {
    super(contract);
  }

  @Test
  public void keepsAnyText() {
    for (String text : TEXTS) {
      String id = Samples.id(Samples.NOON, random);
      ImageRecord record = withText(Samples.full("alice", id), text).build();
      CaptionVersion version = versionOf(text);

      ImageRecord created = store().create(record);
      ImageRecord updated = store().update(created, List.of(version));

      assertThat(created).isEqualTo(record.toBuilder().version(1).build());
      assertThat(store().find("alice", id)).contains(updated);
      assertThat(updated).isEqualTo(record.toBuilder().version(2).build());
      assertThat(store().captionVersions("alice", id)).containsExactly(version);
      assertThat(ids(RecordQuery.builder("alice").tag(text).build())).containsExactly(id);
      assertThat(ids(RecordQuery.builder("alice").provider(text).build())).containsExactly(id);
    }
  }

  @Test
  public void keepsOrRefusesTextThatIsNoUnicode() {
    for (String text : List.of("\uD800", "a\uDC00b", "\uDE00\uD83D")) {
      String id = Samples.id(Samples.NOON, random);
      ImageRecord record = Samples.record("alice", id).title(text).fileName(text).build();
      try {
        store().create(record);
        assertThat(store().find("alice", id).orElseThrow().title()).contains(text);
      } catch (IllegalArgumentException e) {
        assertThat(store().find("alice", id)).isEmpty();
      }
    }
  }

  @Test
  public void ownersThatAreNoUnicodeAreRefusedOrApart() {
    String id = Samples.id(Samples.NOON, random);
    store().create(Samples.record("?", id).title("question mark").build());
    store().create(Samples.record("\uFFFD", id).title("replacement").build());
    for (String owner : List.of("\uD800", "\uDC00")) {
      try {
        assertThat(store().find(owner, id)).isEmpty();
        store().create(Samples.record(owner, id).title("broken").build());
        assertThat(store().find(owner, id).orElseThrow().owner()).isEqualTo(owner);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("Unicode");
      }
    }
    assertThat(store().find("?", id).orElseThrow().title()).contains("question mark");
    assertThat(store().find("\uFFFD", id).orElseThrow().title()).contains("replacement");
  }

  @Test
  public void keepsMillisecondsOfTimes() {
    for (Instant time :
        List.of(
            Instant.EPOCH,
            Instant.ofEpochMilli(-1),
            Instant.parse("1969-07-20T20:17:40.123Z"),
            Instant.parse("9999-12-31T23:59:59.999Z"),
            Instant.parse("2026-11-21T12:00:00.999999999Z"))) {
      Instant kept = Instant.ofEpochMilli(time.toEpochMilli());
      ImageRecord.Builder record =
          Samples.record("alice", Samples.id(Samples.NOON, random))
              .createdAt(time)
              .updatedAt(time)
              .lease(new Lease("t", kept))
              .captions(List.of(versionAt(time)))
              .runs(List.of(runAt(time, Duration.ofNanos(1_999_999))));

      ImageRecord created = store().create(record.build());

      assertThat(created.createdAt()).isEqualTo(kept);
      assertThat(created.updatedAt()).isEqualTo(kept);
      assertThat(created.captions()).containsExactly(versionAt(kept));
      assertThat(created.runs()).containsExactly(runAt(kept, Duration.ofMillis(1)));
      assertThat(store().find("alice", created.id())).contains(created);
      store().update(created, List.of(versionAt(time)));
      assertThat(store().captionVersions("alice", created.id())).containsExactly(versionAt(kept));
    }
  }

  @Test
  public void keepsTheEndsOfEveryRange() {
    for (ImageFormat format : ImageFormat.values()) {
      for (long hash : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
        ImageRecord created =
            store()
                .create(
                    Samples.full("alice", Samples.id(Samples.NOON, random))
                        .format(format)
                        .perceptualHash(hash)
                        .dimensions(Integer.MAX_VALUE, 0)
                        .size(Long.MAX_VALUE)
                        .lastCaptionNumber(Long.MAX_VALUE)
                        .build());
        assertThat(store().find("alice", created.id())).contains(created);
        assertThat(created.perceptualHash()).hasValue(hash);
        assertThat(created.size()).isEqualTo(Long.MAX_VALUE);
      }
    }
  }

  @Test
  public void keepsMoneyToABillionth() {
    for (String amount :
        List.of("0", "0.000000001", "0.1", "123456789.123456789", "1E+3", "0.300000000")) {
      CaptionVersion version =
          CaptionVersion.builder(1, CaptionStyle.ALT, "en", "text", CaptionVersion.Author.MODEL)
              .costUsd(new BigDecimal(amount))
              .build();
      CaptionRun run =
          CaptionRun.builder("en", Samples.NOON).costUsd(new BigDecimal(amount)).build();
      ImageRecord created =
          store()
              .create(
                  Samples.record("alice", Samples.id(Samples.NOON, random))
                      .captions(List.of(version))
                      .runs(List.of(run))
                      .build());
      store().update(created, List.of(version));

      assertThat(created.captions()).containsExactly(version);
      ImageRecord found = store().find("alice", created.id()).orElseThrow();
      assertThat(found.captions()).containsExactly(version);
      assertThat(found.runs()).containsExactly(run);
      assertThat(store().captionVersions("alice", created.id())).containsExactly(version);
    }
  }

  @Test
  public void keepsManyOfEverything() {
    List<String> many = java.util.stream.IntStream.range(0, 500).mapToObj(i -> "n" + i).toList();
    ImageRecord record =
        Samples.record("alice", Samples.id(Samples.NOON, random))
            .storageState(StorageState.STORED)
            .tags(many)
            .notes(many)
            .labels(many.stream().map(name -> Label.of(name, 0.5)).toList())
            .build();

    ImageRecord created = store().create(record);

    assertThat(store().find("alice", record.id())).contains(created);
    assertThat(created.tags()).isEqualTo(many);
    for (String text : List.of("n0", "n250", "n499")) {
      assertThat(ids(RecordQuery.builder("alice").tag(text).build())).containsExactly(record.id());
      assertThat(ids(RecordQuery.builder("alice").text(text).build())).containsExactly(record.id());
    }
  }

  @Test
  public void whatIsReturnedCannotBeChanged() {
    ImageRecord created =
        store().create(Samples.full("alice", Samples.id(Samples.NOON, random)).build());
    ImageRecord found = store().find("alice", created.id()).orElseThrow();

    assertThatThrownBy(() -> found.tags().add("x"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> store().captionVersions("alice", created.id()).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static ImageRecord.Builder withText(ImageRecord.Builder record, String text) {
    return record
        .lease(new Lease(text, Samples.NOON))
        .fileName(text)
        .title(text)
        .description(text)
        .tags(List.of("before", text))
        .facts(Map.of("fact" + text, text))
        .context(text)
        .labels(List.of(Label.builder("name" + text, 0.5).parents(List.of(text, "parent")).build()))
        .captions(List.of(versionOf(text)))
        .languages(List.of("en"))
        .runs(
            List.of(
                CaptionRun.builder("en", Samples.NOON)
                    .rung(text)
                    .provider(text)
                    .model(text)
                    .failure(null, text)
                    .build()))
        .notes(List.of(text, "note"));
  }

  private static CaptionVersion versionOf(String text) {
    return CaptionVersion.builder(7, CaptionStyle.CREATIVE, "en", text, CaptionVersion.Author.MODEL)
        .rung(text)
        .provider(text)
        .model(text)
        .promptVersion(text)
        .origin(text)
        .createdAt(Samples.NOON)
        .build();
  }

  private static CaptionVersion versionAt(Instant time) {
    return CaptionVersion.builder(1, CaptionStyle.ALT, "en", "text", CaptionVersion.Author.HUMAN)
        .createdAt(time)
        .build();
  }

  private static CaptionRun runAt(Instant time, Duration latency) {
    return CaptionRun.builder("en", time).latency(latency).build();
  }
}
