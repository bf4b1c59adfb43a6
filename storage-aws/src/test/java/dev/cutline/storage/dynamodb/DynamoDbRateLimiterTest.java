package dev.cutline.storage.dynamodb;

import dev.cutline.RateLimiter;
import dev.cutline.tck.RateLimiterContract;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

class DynamoDbRateLimiterTest extends RateLimiterContract {
  private final Map<RateLimiter, Supplier<RateLimiter>> opened = new ConcurrentHashMap<>();

  @Override
  protected RateLimiter open(long requests, Duration period, InstantSource clock) {
    String table = Tables.fresh();
    Supplier<RateLimiter> opening =
        () ->
            DynamoDbRateLimiter.builder(Tables.CLIENT, table, requests, period).clock(clock).open();
    RateLimiter limiter = opening.get();
    opened.put(limiter, opening);
    return limiter;
  }

  @Override
  protected RateLimiter again(RateLimiter limiter) {
    return Objects.requireNonNull(opened.get(limiter)).get();
  }
}
