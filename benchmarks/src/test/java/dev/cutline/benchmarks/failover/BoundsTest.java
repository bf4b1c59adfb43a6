package dev.cutline.benchmarks.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class BoundsTest {
  @Test
  void sayWhetherTheyAreHeld() {
    Bounds bounds =
        new Bounds("hang")
            .atMost("late", 0, 0, "")
            .atMost("p99", 70, 70.5, "ms")
            .atLeast("rate", 98, 99.25, "%")
            .atLeast("rate", 98, 97, "%");

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    bounds.report().print(new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("| late | ≤ 0 | 0 | yes |")
        .contains("| p99 | ≤ 70 ms | 70.5 ms | NO |")
        .contains("| rate | ≥ 98 % | 99.3 % | yes |")
        .contains("| rate | ≥ 98 % | 97 % | NO |");
  }
}
