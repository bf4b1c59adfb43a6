package dev.cutline.core.store;

import dev.cutline.RateLimiter;
import dev.cutline.tck.RateLimiterContract;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

class MemoryRateLimiterTest extends RateLimiterContract {
  @Override
  protected RateLimiter open(long requests, Duration period, InstantSource clock) {
    return MemoryRateLimiter.of(
        requests, period, () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos());
  }
}
