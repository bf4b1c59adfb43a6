package dev.cutline.core;

import dev.cutline.RateLimitedException;
import dev.cutline.RateLimiter;
import org.jspecify.annotations.Nullable;

/** Asks the rate limiter, if there is one, whether an owner may upload now. Thread-safe. */
final class RateStep {
  private final @Nullable RateLimiter limiter;
  private final Progress progress;

  RateStep(@Nullable RateLimiter limiter, Progress progress) {
    this.limiter = limiter;
    this.progress = progress;
  }

  void check(String owner) {
    if (limiter != null) {
      RateLimiter.Decision decision = limiter.tryAcquire(owner);
      if (!decision.allowed()) {
        throw new RateLimitedException(decision);
      }
    }
    progress.done(owner, null, Step.RATE_CHECKED, null);
  }
}
