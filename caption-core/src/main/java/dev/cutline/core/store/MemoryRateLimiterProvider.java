package dev.cutline.core.store;

import dev.cutline.RateLimiter;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.spi.RateLimiterProvider;
import java.time.Duration;

/**
 * Makes {@link MemoryRateLimiter}s, under the id {@code memory}. Public only because {@link
 * java.util.ServiceLoader} needs it.
 *
 * <p>Keys: {@code requests} (60; 1 to 1,000,000), {@code period} (PT1H; a second to 366 days).
 */
public final class MemoryRateLimiterProvider implements RateLimiterProvider {
  /** Does nothing, as {@link java.util.ServiceLoader} wants it. */
  public MemoryRateLimiterProvider() {}

  @Override
  public String id() {
    return "memory";
  }

  @Override
  public RateLimiter create(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    int requests = in.integer("requests", 60, 1, 1_000_000);
    Duration period =
        in.duration("period", Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofDays(366));
    in.finish();
    return MemoryRateLimiter.of(requests, period);
  }
}
