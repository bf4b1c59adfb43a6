package dev.cutline.benchmarks.failover;

/** Somebody who can be asked for the captions of the one picture. Thread-safe. */
interface Contender extends AutoCloseable {
  String name();

  /**
   * Returns when there are good captions.
   *
   * @throws Exception if there are none
   */
  void caption() throws Exception;

  @Override
  void close();
}
