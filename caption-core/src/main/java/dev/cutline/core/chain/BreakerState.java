package dev.cutline.core.chain;

/** Whether a breaker lets calls through. */
public enum BreakerState {
  /** All of them: the rung works. */
  CLOSED,
  /** None: the rung does not work and is left alone for a time. */
  OPEN,
  /** One is due or under way, to find out whether the rung works again. */
  PROBING
}
