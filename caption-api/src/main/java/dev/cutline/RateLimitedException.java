package dev.cutline;

/** An owner asked for more than the rate limit allows. Nothing was stored. */
public final class RateLimitedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RateLimiter.Decision decision;

  public RateLimitedException(RateLimiter.Decision decision) {
    super(
        "more than %d uploads in the period; try again in %d s"
            .formatted(decision.limit(), Math.max(1, decision.retryAfter().toSeconds())));
    this.decision = decision;
  }

  /** Returns what the limiter said, with the time to wait. */
  public RateLimiter.Decision decision() {
    return decision;
  }
}
