package dev.cutline.tck;

import java.util.Random;

/** Runs random tests so that they can be run again. */
final class Seeds {
  private static final String PROPERTY = "cutline.tck.seed";

  private Seeds() {}

  /** A test that draws what it does. */
  @FunctionalInterface
  interface RandomTest {
    void run(Random random) throws Exception;
  }

  /** Runs a test with a new seed, or with that of the system property; a failure names it. */
  static void run(RandomTest test) {
    Long given = Long.getLong(PROPERTY);
    long seed = given == null ? System.nanoTime() : given;
    try {
      test.run(new Random(seed));
    } catch (Exception | AssertionError e) {
      throw new AssertionError("with -D" + PROPERTY + "=" + seed + ": " + e.getMessage(), e);
    }
  }
}
