package dev.cutline.benchmarks.failover;

import dev.cutline.benchmarks.Samples;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What many requests took, in milliseconds.
 *
 * @param count how many there were; the others are 0 if it is
 */
record Figures(int count, double p50, double p99, double max) {
  /** Of those that brought a caption. */
  static Figures ofGood(List<Sample> samples) {
    return of(samples.stream().filter(Sample::isGood).toList(), Sample::millis);
  }

  static Figures of(List<Sample> samples) {
    return of(samples, Sample::millis);
  }

  /** Returns one of these figures for a table: nothing was measured where there was nothing. */
  Object cell(double figure) {
    return count == 0 ? "none" : figure;
  }

  static <T> Figures of(List<T> things, ToDoubleFunction<T> millis) {
    if (things.isEmpty()) {
      return new Figures(0, 0, 0, 0);
    }
    Samples all = new Samples();
    things.forEach(thing -> all.add(millis.applyAsDouble(thing)));
    return new Figures(things.size(), all.median(), all.percentile(99), all.max());
  }
}
