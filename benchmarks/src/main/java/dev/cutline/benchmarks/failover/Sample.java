package dev.cutline.benchmarks.failover;

import org.jspecify.annotations.Nullable;

/**
 * What came of one request.
 *
 * @param second when it was meant to begin, from the start of the load
 * @param millis from that moment to its end, whoever kept it waiting
 * @param failure why there is no caption; null: there is
 */
record Sample(double second, double millis, @Nullable String failure) {
  boolean isGood() {
    return failure == null;
  }
}
