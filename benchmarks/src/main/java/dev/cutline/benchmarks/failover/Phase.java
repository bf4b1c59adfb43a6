package dev.cutline.benchmarks.failover;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a rung of the mock server behaves in one way.
 *
 * @param behaviour in this time
 * @param millis how long; null: from then on, for the last phase
 */
record Phase(Behaviour behaviour, @Nullable Long millis) {
  static Phase of(Behaviour behaviour, Duration time) {
    return new Phase(behaviour, time.toMillis());
  }

  static Phase fromNowOn(Behaviour behaviour) {
    return new Phase(behaviour, null);
  }
}
