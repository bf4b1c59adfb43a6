package dev.cutline.cli.output;

import dev.cutline.Attempt;
import dev.cutline.CaptionRun;
import dev.cutline.CaptionState;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageFormat;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import dev.cutline.Outcome;
import dev.cutline.Reason;
import dev.cutline.StorageState;
import dev.cutline.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Records that the tests of this package write. */
final class Samples {
  static final String ID = "01936b6e-3e80-7c1a-9f00-0123456789ab";
  private static final Instant THEN = Instant.parse("2026-11-21T10:11:12.345Z");

  private Samples() {}

  /** A picture that a model has captioned, with everything that a record can have. */
  static ImageRecord.Builder captioned() {
    return stored()
        .captionState(CaptionState.CAPTIONED)
        .title("A \"title\", with\nlines")
        .description("=1+1")
        .tags(List.of("cat", "at home"))
        .perceptualHash(0x0123456789abcdefL)
        .labels(List.of(Label.of("Cat", 0.98)))
        .captions(
            List.of(
                caption(1, CaptionStyle.CONCISE, "A tabby cat looks at you"),
                caption(2, CaptionStyle.CREATIVE, "Whiskers first."),
                caption(3, CaptionStyle.ALT, "Face of a tabby cat")))
        .lastCaptionNumber(3)
        .runs(
            List.of(
                CaptionRun.builder("en", THEN)
                    .rung("primary")
                    .provider("openai")
                    .model("gpt-test")
                    .latency(Duration.ofMillis(812))
                    .usage(new Usage(1200, 40))
                    .costUsd(new BigDecimal("0.00042"))
                    .trail(
                        List.of(
                            Attempt.builder("other", "ollama", Outcome.TIMEOUT)
                                .elapsed(Duration.ofMillis(20))
                                .build(),
                            Attempt.builder("primary", "openai", Outcome.OK)
                                .elapsed(Duration.ofMillis(790))
                                .build()))
                    .build()));
  }

  /** A picture whose every rung failed for a reason that passes. */
  static ImageRecord.Builder failed() {
    return stored()
        .runs(
            List.of(
                CaptionRun.builder("en", THEN)
                    .failure(Reason.RATE_LIMITED, "429 of every rung")
                    .build()));
  }

  /** A picture that nobody was asked about yet. */
  static ImageRecord.Builder stored() {
    return ImageRecord.builder("local", ID)
        .storageState(StorageState.STORED)
        .version(2)
        .createdAt(THEN)
        .updatedAt(THEN)
        .fileName("cat.jpg")
        .format(ImageFormat.JPEG)
        .dimensions(451, 300)
        .size(42_000)
        .sha256("ab".repeat(32));
  }

  private static CaptionVersion caption(long number, CaptionStyle style, String text) {
    return CaptionVersion.builder(number, style, "en", text, CaptionVersion.Author.MODEL)
        .provider("openai")
        .model("gpt-test")
        .createdAt(THEN)
        .build();
  }
}
