package dev.cutline;

/** How an attempt on a rung ended: well, not at all, or for a {@link Reason}. */
public enum Outcome {
  OK,
  /**
   * Not asked: breaker open, waiting for a retry-after, over a limit, or unable to serve the
   * request.
   */
  SKIPPED,
  /** Asked, but no longer needed. */
  CANCELLED,
  RATE_LIMITED,
  UNAVAILABLE,
  TIMEOUT,
  INTERNAL,
  UNAUTHORIZED,
  MISCONFIGURED,
  INVALID_IMAGE,
  IMAGE_LIMIT,
  REFUSED,
  MALFORMED_REPLY,
  BUDGET_SPENT;

  /** Returns the outcome of the same name. */
  public static Outcome of(Reason reason) {
    return valueOf(reason.name());
  }
}
