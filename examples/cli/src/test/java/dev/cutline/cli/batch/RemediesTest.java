package dev.cutline.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.ImageFormat;
import dev.cutline.ImageRecord;
import dev.cutline.Reason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemediesTest {
  @Test
  void whoeverRefusesTheRemedyFitsIt() {
    assertThat(Remedies.added("no", Reason.REFUSED, kept(List.of()), "--retry-failed"))
        .contains("'cutline edit'", "on-refused=next");
    assertThat(
            Remedies.added(
                "blocked by moderation: Gore",
                Reason.REFUSED,
                kept(List.of("labels: REFUSED, blocked by moderation: Gore")),
                "--retry-failed"))
        .isEqualTo(
            "blocked by moderation: Gore; write the caption yourself with 'cutline edit', or set"
                + " moderation=flag for the labels, then use --retry-failed");
  }

  @Test
  void whatASentenceSaysGoesOnWithoutItsStop() {
    ImageRecord kept = kept(List.of());

    assertThat(Remedies.added("Sorry.", Reason.BUDGET_SPENT, kept, "x")).startsWith("Sorry; ");
    assertThat(Remedies.added("wait...", Reason.BUDGET_SPENT, kept, "x")).startsWith("wait...; ");
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonHasOne(Reason reason) {
    assertThat(Remedies.added("m", reason, kept(List.of()), "--again")).hasSizeGreaterThan(15);
  }

  private static ImageRecord kept(List<String> notes) {
    Instant noon = Instant.parse("2026-11-22T12:00:00Z");
    return ImageRecord.builder("local", "0193a5a0-0000-7000-8000-000000000001")
        .createdAt(noon)
        .updatedAt(noon)
        .format(ImageFormat.JPEG)
        .dimensions(640, 480)
        .size(123_456)
        .sha256("0".repeat(64))
        .notes(notes)
        .build();
  }
}
