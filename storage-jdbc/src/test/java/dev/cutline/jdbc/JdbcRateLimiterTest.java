package dev.cutline.jdbc;

import dev.cutline.RateLimiter;
import dev.cutline.tck.RateLimiterContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;

/** The contract of rate limiters, on SQLite. */
class JdbcRateLimiterTest extends RateLimiterContract {
  @TempDir static Path folder;

  private Supplier<RateLimiter> another = () -> null;

  @Override
  protected RateLimiter open(long requests, Duration period, InstantSource clock) {
    String url = new Databases(folder).empty();
    another = () -> JdbcRateLimiter.builder(url, requests, period).clock(clock).open();
    return another.get();
  }

  @Override
  protected RateLimiter again(RateLimiter limiter) {
    return another.get();
  }
}
