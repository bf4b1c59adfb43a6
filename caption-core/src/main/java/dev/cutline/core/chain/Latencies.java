package dev.cutline.core.chain;

import java.time.Duration;
import java.util.Optional;

/**
 * How long the last 200 answers of a rung took, as a histogram whose classes grow by a twentieth: a
 * quantile is at most that much too high and never too low, from 10 µs to 1.7 hours. Thread-safe.
 */
final class Latencies {
  private static final int SIZE = 200;

  /** Fewer answers than this say nothing about one in twenty. */
  private static final int ENOUGH = 20;

  private static final double GROWTH = 1.05;
  private static final double SHORTEST_NANOS = 10_000;

  /** Up to 1.7 hours: longer times count as that. */
  private static final int CLASSES = 416;

  private final short[] last = new short[SIZE];
  private final short[] counts = new short[CLASSES];
  private int count;
  private int next;

  synchronized void add(Duration latency) {
    if (count == SIZE) {
      counts[last[next]]--;
    } else {
      count++;
    }
    short at = classOf(latency.toNanos());
    last[next] = at;
    counts[at]++;
    next = (next + 1) % SIZE;
  }

  /**
   * Returns a time that this share of the answers did not exceed; empty if there are fewer than 20.
   *
   * @param share more than 0, at most 1
   */
  synchronized Optional<Duration> quantile(double share) {
    if (count < ENOUGH) {
      return Optional.empty();
    }
    int left = (int) Math.ceil(share * count);
    int at = 0;
    while (left > counts[at]) {
      left -= counts[at];
      at++;
    }
    return Optional.of(Duration.ofNanos(Math.round(SHORTEST_NANOS * Math.pow(GROWTH, at))));
  }

  /** Returns the first class that a time does not exceed. */
  private static short classOf(long nanos) {
    double at = Math.ceil(Math.log(nanos / SHORTEST_NANOS) / Math.log(GROWTH));
    return (short) Math.max(0, Math.min(CLASSES - 1, at));
  }
}
