package dev.cutline.benchmarks.failover;

import java.time.Duration;
import java.util.Random;

/**
 * How long a server takes: always the same, or log-normal, as the answers of models are.
 *
 * @param p50Millis what half of the answers do not exceed, more than 0 unless fixed
 * @param p99Millis what 99 of 100 do not exceed; the same as {@code p50Millis}: fixed
 */
record Latency(double p50Millis, double p99Millis) {
  /** Of a hundred normal values, one is further above the mean than this many deviations. */
  private static final double P99_DEVIATIONS = 2.326347874;

  static final Latency NONE = fixed(Duration.ZERO);

  static Latency fixed(Duration time) {
    double millis = time.toNanos() / 1e6;
    return new Latency(millis, millis);
  }

  static Latency logNormal(Duration p50, Duration p99) {
    return new Latency(p50.toNanos() / 1e6, p99.toNanos() / 1e6);
  }

  /** Returns one time. */
  Duration next(Random random) {
    double millis = p50Millis;
    if (p50Millis != p99Millis) {
      double deviation = Math.log(p99Millis / p50Millis) / P99_DEVIATIONS;
      millis *= Math.exp(deviation * random.nextGaussian());
    }
    return Duration.ofNanos(Math.round(millis * 1e6));
  }
}
