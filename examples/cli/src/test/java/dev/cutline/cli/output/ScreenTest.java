package dev.cutline.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Screen screen = new Screen(stream(out), stream(err), true, true, 80);

  @Test
  void keepsTheBarBelowEverything() {
    screen.bar("50 %");
    screen.result("row");
    screen.message("oops");
    screen.bar("");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("row\n");
    String wipe = "\r\u001b[K";
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("50 %" + wipe + "50 %" + wipe + "oops\n50 %" + wipe);
  }

  @Test
  void drawsABarThatGoesAwayAtTheEnd() {
    try (Progress progress = Progress.on(screen, "captioning", 3)) {
      progress.step(new BigDecimal("0.0012"));
      progress.step(BigDecimal.ZERO);
    }
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("captioning").endsWith("\r\u001b[K");
  }

  @Test
  void noticesThatNobodyReads() {
    Screen closed = new Screen(stream(new Closed()), stream(err), false, false, 80);
    assertThat(closed.isOutputLost()).isFalse();
    closed.result("x");
    assertThat(closed.isOutputLost()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "0,$0.00",
    "12.345,$12.35",
    "0.5,$0.50",
    "0.00123,$0.0012",
    "0.00042,$0.00042",
    "1E+2,$100.00"
  })
  void writesAmountsAsPeopleDo(BigDecimal amount, String text) {
    assertThat(Progress.dollars(amount)).isEqualTo(text);
  }

  private static PrintStream stream(OutputStream stream) {
    return new PrintStream(stream, false, StandardCharsets.UTF_8);
  }

  private static final class Closed extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("Broken pipe");
    }
  }
}
