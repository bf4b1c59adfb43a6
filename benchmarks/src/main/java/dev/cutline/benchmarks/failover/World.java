package dev.cutline.benchmarks.failover;

import dev.cutline.benchmarks.Arguments;

/**
 * What all scenarios share.
 *
 * @param mock the server
 * @param question what is asked
 * @param isShort whether a scenario is only to be tried, not measured
 */
record World(MockControl mock, Question question, boolean isShort, Arguments arguments) {
  /** Returns a number for the whole measurement, or for a try. */
  int size(int whole, int trial) {
    return isShort ? trial : whole;
  }
}
