package dev.cutline.tck;

import dev.cutline.Attempt;
import dev.cutline.CaptionRun;
import dev.cutline.CaptionState;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageFormat;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import dev.cutline.Lease;
import dev.cutline.Outcome;
import dev.cutline.Reason;
import dev.cutline.ReusedFrom;
import dev.cutline.StorageState;
import dev.cutline.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Records to test with. */
final class Samples {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  /**
   * Owners that would meet each other, or somebody else's rows, in a store that is careless with
   * text.
   */
  static final List<String> OWNERS =
      List.of(
          "alice",
          "Alice",
          "ALICE",
          "alice ",
          " alice",
          "ali",
          "alice/",
          "alice/x",
          "alice#x",
          "..",
          ".",
          "../alice",
          "%",
          "_lice",
          "al%",
          "alice\\",
          "'",
          "' OR '1'='1",
          "'; DROP TABLE records; --",
          "\"alice\"",
          "*",
          "\0",
          "alice\0",
          "\n",
          "\u00e4lice",
          "a\u0308lice",
          "\u0131stanbul",
          "ISTANBUL",
          "istanbul",
          "\uD83D\uDC69\u200D\uD83D\uDE80",
          "\uD83D\uDC69",
          "\u05d0\u05dc\u05d9\u05e1",
          "\u202Eecila",
          "1",
          "01",
          "a".repeat(128),
          "a".repeat(127),
          "\uD83D\uDE80".repeat(64));

  private Samples() {}

  /** Returns a UUIDv7 of a time. */
  static String id(Instant time, Random random) {
    long high = time.toEpochMilli() << 16 | 0x7000L | random.nextInt(0x1000);
    long low = random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  /** Returns a new record of a time: nothing set that need not be. */
  static ImageRecord.Builder record(String owner, Instant time, Random random) {
    return record(owner, id(time, random)).createdAt(time).updatedAt(time);
  }

  static ImageRecord.Builder record(String owner, String id) {
    return ImageRecord.builder(owner, id)
        .createdAt(NOON)
        .updatedAt(NOON)
        .format(ImageFormat.JPEG)
        .dimensions(640, 480)
        .size(123_456)
        .sha256("0".repeat(64));
  }

  /** Returns a record with every field set. */
  static ImageRecord.Builder full(String owner, String id) {
    return ImageRecord.builder(owner, id)
        .storageState(StorageState.STORED)
        .captionState(CaptionState.CAPTIONED)
        .lease(new Lease("token", NOON.plusSeconds(60)))
        .createdAt(NOON)
        .updatedAt(NOON.plusMillis(1))
        .fileName("IMG 0001.jpg")
        .title("Harbour at dusk")
        .description("Boats, and a \"quiet\" sea")
        .tags(List.of("sea", "holiday 2026", "sea"))
        .format(ImageFormat.WEBP)
        .dimensions(16_384, 1)
        .size(10_485_760)
        .sha256("0123456789abcdef".repeat(4))
        .perceptualHash(Long.MIN_VALUE)
        .facts(Map.of("camera", "Pinhole", "taken", "2026-01-01T00:00:00"))
        .languages(List.of("pt-BR", "en", "zh-Hant"))
        .styles(EnumSet.of(CaptionStyle.ALT, CaptionStyle.CONCISE))
        .context("a picture book")
        .localOnly(true)
        .labels(
            List.of(
                Label.builder("Boat", 0.1 + 0.2)
                    .parents(List.of("Vehicle", "Thing"))
                    .boxes(List.of(new Label.Box(0, 1e-9, 1.0 / 3, 1)))
                    .build(),
                Label.of("Sea", 1)))
        .captions(List.of(version(2, "A quiet harbour"), human(3, "O porto ao anoitecer")))
        .lastCaptionNumber(3)
        .runs(List.of(answered(), failed()))
        .needsReview(true)
        .notes(List.of("labels: not reachable", "second note"));
  }

  static CaptionVersion version(long number, String text) {
    return CaptionVersion.builder(
            number, CaptionStyle.CONCISE, "en", text, CaptionVersion.Author.MODEL)
        .rung("primary")
        .provider("openai")
        .model("model-1")
        .promptVersion("3")
        .origin("00c0ffee00c0ffee")
        .costUsd(new BigDecimal("0.000000001"))
        .createdAt(NOON.plusSeconds(number))
        .reusedFrom(new ReusedFrom("0190", 4))
        .build();
  }

  static CaptionVersion human(long number, String text) {
    return CaptionVersion.builder(
            number, CaptionStyle.ALT, "pt-BR", text, CaptionVersion.Author.HUMAN)
        .decorative(text.isEmpty())
        .createdAt(NOON.plusSeconds(number))
        .build();
  }

  static CaptionRun answered() {
    return CaptionRun.builder("pt-BR", NOON.plusMillis(7))
        .rung("primary")
        .provider("openai")
        .model("model-1")
        .cached(true)
        .latency(Duration.ofMillis(1234))
        .usage(new Usage(Long.MAX_VALUE, 3))
        .costUsd(new BigDecimal("1234567.123456789"))
        .trail(
            List.of(
                Attempt.builder("first", "palette", Outcome.TIMEOUT)
                    .elapsed(Duration.ofMillis(20_000))
                    .message("no answer in 20 s")
                    .sentSha256("f".repeat(64))
                    .build(),
                Attempt.builder("primary", "openai", Outcome.OK)
                    .model("model-1")
                    .elapsed(Duration.ofMillis(1))
                    .usage(new Usage(7, 8))
                    .costUsd(new BigDecimal("0.5"))
                    .build()))
        .build();
  }

  static CaptionRun failed() {
    return CaptionRun.builder("en", NOON.plusMillis(8))
        .failure(Reason.REFUSED, "the filter said no")
        .build();
  }
}
