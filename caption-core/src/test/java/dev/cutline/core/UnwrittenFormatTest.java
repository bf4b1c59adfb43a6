package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.Attempt;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRun;
import dev.cutline.CaptionStyle;
import dev.cutline.Label;
import dev.cutline.Outcome;
import dev.cutline.Reason;
import dev.cutline.ReusedFrom;
import dev.cutline.StoreException;
import dev.cutline.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class UnwrittenFormatTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123456789Z");

  @Test
  void everythingComesBackAsItWas() throws IOException {
    Unwritten captions = full();

    Unwritten read = UnwrittenFormat.read(UnwrittenFormat.write(captions));

    assertThat(read.owner()).isEqualTo(captions.owner());
    assertThat(read.imageId()).isEqualTo(captions.imageId());
    assertThat(read.styles()).isEqualTo(captions.styles());
    assertThat(read.labels()).isEqualTo(captions.labels());
    assertThat(read.results())
        .extracting(CaptionResult::run)
        .containsExactly(captions.results().get(0).run(), captions.results().get(1).run());
    assertThat(read.results().get(1).reply()).isNull();
    assertThat(read.results().get(0).reply())
        .usingRecursiveComparison()
        .isEqualTo(Objects.requireNonNull(captions.results().get(0).reply()));
  }

  @Test
  void whatIsNotSetStaysUnset() throws IOException {
    CaptionReply reply = CaptionReply.builder("m").build();
    Unwritten captions =
        new Unwritten(
            "a",
            "1",
            EnumSet.of(CaptionStyle.ALT),
            List.of(new CaptionResult(CaptionRun.builder("en", NOW).build(), reply)),
            LabelStep.Result.NONE);

    Unwritten read = UnwrittenFormat.read(UnwrittenFormat.write(captions));

    assertThat(read.labels()).isEqualTo(LabelStep.Result.NONE);
    assertThat(read.results().get(0).run()).isEqualTo(captions.results().get(0).run());
    assertThat(read.results().get(0).reply()).usingRecursiveComparison().isEqualTo(reply);
  }

  @Test
  void whatIsCutOffOrChangedIsRefused() {
    byte[] bytes = UnwrittenFormat.write(full());
    for (int i = 0; i < bytes.length; i++) {
      byte[] cut = Arrays.copyOf(bytes, i);
      byte[] changed = bytes.clone();
      changed[i] ^= 0x10;
      assertThatThrownBy(() -> UnwrittenFormat.read(cut)).isInstanceOf(IOException.class);
      if (i != 6 && i != 7) { // these say whose version it is
        assertThatThrownBy(() -> UnwrittenFormat.read(changed)).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void whatAnotherVersionHasWrittenIsNotTakenForDamaged() {
    byte[] next = UnwrittenFormat.write(full());
    next[7]++;

    assertThatThrownBy(() -> UnwrittenFormat.read(next))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CORRUPT))
        .hasMessageContaining("another version");
  }

  /** As where a later version knows an outcome more. */
  @Test
  void constantThatIsNotKnownIsNotTakenForDamage() {
    byte[] bytes = UnwrittenFormat.write(full());
    byte[] known = "TIMEOUT".getBytes(StandardCharsets.UTF_16BE);
    int at =
        new String(bytes, StandardCharsets.ISO_8859_1)
            .indexOf(new String(known, StandardCharsets.ISO_8859_1));
    bytes[at + 1] = 'X';
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 16, bytes.length - 16);
    ByteBuffer.wrap(bytes).putLong(8, checksum.getValue());

    assertThatThrownBy(() -> UnwrittenFormat.read(bytes)).isInstanceOf(StoreException.class);
  }

  private static Unwritten full() {
    List<Attempt> trail =
        List.of(
            Attempt.builder("first", "palette", Outcome.TIMEOUT)
                .elapsed(Duration.ofNanos(1))
                .message("no answer\0")
                .sentSha256("f".repeat(64))
                .build(),
            Attempt.builder("primary", "openai", Outcome.OK)
                .model("model-1")
                .usage(new Usage(7, 8))
                .costUsd(new BigDecimal("0.5"))
                .build());
    CaptionRun answered =
        CaptionRun.builder("pt-BR", NOW)
            .rung("primary")
            .provider("openai")
            .model("model-1")
            .cached(true)
            .latency(Duration.ofMillis(1234))
            .usage(new Usage(Long.MAX_VALUE, 3))
            .costUsd(new BigDecimal("1234567.123456789"))
            .trail(trail)
            .build();
    CaptionReply reply =
        CaptionReply.builder("model-1")
            .text(CaptionStyle.CONCISE, "a cat \uD83D\uDC31 and half of one \uD83D")
            .text(CaptionStyle.ALT, "")
            .decorative(true)
            .promptVersion("3")
            .usage(new Usage(5, 6))
            .elapsed(Duration.ofSeconds(2))
            .rung("primary")
            .provider("openai")
            .cached(true)
            .costUsd(BigDecimal.ONE)
            .trail(trail)
            .reusedFrom(new ReusedFrom("0189", 4))
            .build();
    CaptionRun failed =
        CaptionRun.builder("en", NOW).failure(Reason.REFUSED, "the filter said no").build();
    Label label =
        Label.builder("Boat", 0.1 + 0.2)
            .parents(List.of("Vehicle", "Thing"))
            .boxes(List.of(new Label.Box(0, 1e-9, 1.0 / 3, 1)))
            .build();
    return new Unwritten(
        "Carol O'Hara",
        "0190",
        EnumSet.of(CaptionStyle.ALT, CaptionStyle.CONCISE),
        List.of(new CaptionResult(answered, reply), new CaptionResult(failed, null)),
        new LabelStep.Result(List.of(label), "labels: partly"));
  }
}
