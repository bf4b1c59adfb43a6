package dev.cutline.core.chain;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to pause before asking the same rung again: 100 to 300 ms. Random, so that requests
 * which failed together do not come back together.
 */
final class Backoff {
  private static final long SHORTEST_MILLIS = 100;
  private static final long SPREAD_MILLIS = 200;

  private final DoubleSupplier random;

  /**
   * @param random gives numbers from 0 to 1
   */
  Backoff(DoubleSupplier random) {
    this.random = random;
  }

  Duration next() {
    return Duration.ofMillis(SHORTEST_MILLIS + Math.round(random.getAsDouble() * SPREAD_MILLIS));
  }
}
