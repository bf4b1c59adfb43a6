package dev.cutline.core.chain;

/**
 * How often a rung's request may go to the next rung as well. Past a percentile of what is usual
 * there is one hedge in so many calls. At any time a fifth more than that have been allowed at
 * most, so that neither a start, when only quick answers are known yet, nor a rung that becomes
 * slow as a whole costs many calls. Up to 10 are saved up. Thread-safe.
 */
final class HedgeAllowance {
  private static final double MOST_SAVED = 10;
  private static final double OF_THE_EXPECTED = 1.2;

  private final double earned;
  private double saved;

  /**
   * @param percentile past which a request is hedged
   */
  HedgeAllowance(double percentile) {
    this.earned = OF_THE_EXPECTED * (100 - percentile) / 100;
  }

  /** Notes a call of the rung. */
  synchronized void call() {
    saved = Math.min(MOST_SAVED, saved + earned);
  }

  /** Takes the right to one hedge. */
  synchronized boolean take() {
    if (saved < 1) {
      return false;
    }
    saved--;
    return true;
  }
}
