package dev.cutline.benchmarks.failover;

import java.time.Duration;
import java.util.List;

/**
 * Whether a rung that does not work was asked no more often than a breaker's probes: 5 s after it
 * opened, then 10, 20, 40 and ever again 60 s later.
 *
 * @param count the calls after the breaker had opened
 * @param tooEarly those that came before their interval was over
 */
record Probes(int count, int tooEarly) {
  private static final double FIRST_SECONDS = 5;
  private static final double LONGEST_SECONDS = 60;

  /**
   * @param callSeconds when the rung was called, from the beginning of the outage, in order
   * @param opens how long after the beginning the breaker opens at the earliest; calls until a
   *     quarter more count as made before
   */
  static Probes of(List<Double> callSeconds, Duration opens) {
    double opened = opens.toMillis() / 1000.0;
    double last = opened;
    double interval = FIRST_SECONDS;
    int count = 0;
    int tooEarly = 0;
    for (double second : callSeconds) {
      if (second < opened * 1.25) {
        continue;
      }
      count++;
      if (second - last < interval) {
        tooEarly++;
      }
      last = second;
      interval = Math.min(LONGEST_SECONDS, 2 * interval);
    }
    return new Probes(count, tooEarly);
  }
}
