package dev.cutline.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Figures of one kind. Not safe for several threads. */
public final class Samples {
  private final List<Double> values = new ArrayList<>();

  public void add(double value) {
    values.add(value);
  }

  public double median() {
    return percentile(50);
  }

  public double mean() {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  public double min() {
    return Collections.min(values);
  }

  public double max() {
    return Collections.max(values);
  }

  /** Returns the value that {@code percent} of a hundred do not exceed (nearest rank). */
  public double percentile(double percent) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }
}
