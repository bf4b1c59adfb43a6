package dev.cutline.benchmarks.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class LatencyTest {
  @Test
  void aFixedOneIsAlwaysTheSame() {
    Latency fixed = Latency.fixed(Duration.ofMillis(50));

    assertThat(fixed.next(new Random(1))).isEqualTo(Duration.ofMillis(50));
    assertThat(fixed.next(new Random(2))).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void aLogNormalOneHasThePercentilesThatItWasGiven() {
    Latency latency = Latency.logNormal(Duration.ofSeconds(1), Duration.ofSeconds(8));
    Random random = new Random(1);
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      millis.add(latency.next(random).toNanos() / 1e6);
    }

    Figures figures = Figures.of(millis, Double::doubleValue);

    assertThat(figures.p50()).isCloseTo(1_000, Percentage.withPercentage(2));
    assertThat(figures.p99()).isCloseTo(8_000, Percentage.withPercentage(3));
  }

  @Test
  void theSameSeedGivesTheSameTimes() {
    Latency latency = Latency.logNormal(Duration.ofSeconds(1), Duration.ofSeconds(8));

    assertThat(latency.next(new Random(7)).toNanos())
        .isCloseTo(latency.next(new Random(7)).toNanos(), within(0L));
  }
}
