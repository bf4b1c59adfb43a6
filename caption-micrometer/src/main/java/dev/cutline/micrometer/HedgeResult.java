package dev.cutline.micrometer;

import dev.cutline.core.chain.Rung;

/** What became of asking another rung as well. */
enum HedgeResult {
  /** The other rung's answer counted. */
  WON,
  /** The slow rung answered after all. */
  LOST,
  /** Neither of them answered. */
  FAILED;

  /**
   * @param answering the rung whose answer counted
   */
  static HedgeResult of(Rung slow, Rung other, String answering) {
    if (other.name().equals(answering)) {
      return WON;
    }
    return slow.name().equals(answering) ? LOST : FAILED;
  }
}
