package dev.cutline.benchmarks.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProbesTest {
  private static final Duration OPENS = Duration.ofSeconds(2);

  @Test
  void callsBeforeTheBreakerCanOpenAreNone() {
    assertThat(Probes.of(List.of(0.0, 0.5, 1.9, 2.1), OPENS)).isEqualTo(new Probes(0, 0));
  }

  @Test
  void oneAnIntervalThatDoublesIsRight() {
    assertThat(Probes.of(List.of(1.0, 7.1, 19.2, 41.3, 83.4, 144.0), OPENS))
        .isEqualTo(new Probes(5, 0));
  }

  @Test
  void oneThatComesBeforeItsIntervalIsOverIsTooEarly() {
    assertThat(Probes.of(List.of(6.9), OPENS)).isEqualTo(new Probes(1, 1));
    assertThat(Probes.of(List.of(7.1, 7.2, 27.3), OPENS)).isEqualTo(new Probes(3, 1));
  }
}
