package dev.cutline.core.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {
  private final Latencies latencies = new Latencies();

  @Test
  void saysNothingOfFewAnswers() {
    for (int i = 0; i < 19; i++) {
      latencies.add(Duration.ofMillis(10));
      assertThat(latencies.quantile(0.5)).isEmpty();
    }
    latencies.add(Duration.ofMillis(10));
    assertThat(latencies.quantile(0.5)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.5, 0.9, 0.95, 0.99, 1})
  void isAtMostAFifthAboveTheTrueQuantileAndNeverBelow(double share) {
    Random random = new Random(7);
    long[] nanos = random.doubles(200).mapToLong(d -> (long) (1e6 * Math.exp(d * 9))).toArray();
    for (long each : nanos) {
      latencies.add(Duration.ofNanos(each));
    }
    Arrays.sort(nanos);
    double exact = nanos[(int) Math.ceil(share * nanos.length) - 1];

    assertThat((double) latencies.quantile(share).orElseThrow().toNanos())
        .isBetween(exact * (1 - 1e-9), exact * 1.2 * (1 + 1e-9));
  }

  @Test
  void countsPartOfAnAnswerForAWholeOne() {
    add(Duration.ofMillis(1), 19);
    add(Duration.ofSeconds(1), 2);
    assertThat(latencies.quantile(0.95).orElseThrow())
        .as("19 of 21 are fewer than 95 in 100")
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void tellsTimesFromTenMicrosecondsOn() {
    add(Duration.ofNanos(10_000), 20);
    assertThat(latencies.quantile(1)).contains(Duration.ofNanos(10_000));
  }

  private void add(Duration latency, int times) {
    for (int i = 0; i < times; i++) {
      latencies.add(latency);
    }
  }

  @Test
  void forgetsWhatIsLongPast() {
    for (int i = 0; i < 200; i++) {
      latencies.add(Duration.ofSeconds(30));
    }
    for (int i = 0; i < 199; i++) {
      latencies.add(Duration.ofMillis(1));
    }
    assertThat(latencies.quantile(1).orElseThrow()).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
    latencies.add(Duration.ofMillis(1));
    assertThat(latencies.quantile(1).orElseThrow()).isLessThan(Duration.ofMillis(2));
  }

  @Test
  void forgetsThatItWasFasterOnce() {
    add(Duration.ofMillis(1), 200);
    add(Duration.ofSeconds(30), 200);
    assertThat(latencies.quantile(0.01).orElseThrow())
        .isGreaterThanOrEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void takesTimesOfAnyLength() {
    for (int i = 0; i < 20; i++) {
      latencies.add(Duration.ZERO);
    }
    assertThat(latencies.quantile(1).orElseThrow()).isLessThan(Duration.ofMillis(1));
    latencies.add(Duration.ofDays(1000));
    assertThat(latencies.quantile(1).orElseThrow()).isGreaterThan(Duration.ofHours(1));
  }
}
