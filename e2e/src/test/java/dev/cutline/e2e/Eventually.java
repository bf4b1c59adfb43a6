package dev.cutline.e2e;

import java.util.function.BooleanSupplier;

/** Waits for what happens on other threads. */
final class Eventually {
  /** Only so that a test that fails ends. */
  private static final int TRIES = 6_000;

  private Eventually() {}

  /** Returns once something holds. */
  static void holds(String what, BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; !condition.getAsBoolean(); i++) {
      if (i == TRIES) {
        throw new AssertionError("not within a minute: " + what);
      }
      Thread.sleep(10);
    }
  }
}
