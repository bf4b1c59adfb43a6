package dev.cutline.jdbc;

import dev.cutline.RateLimiter;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.spi.RateLimiterProvider;
import java.time.Duration;

/**
 * Makes {@link JdbcRateLimiter}s from settings. Public only because {@link java.util.ServiceLoader}
 * needs it.
 *
 * <ul>
 *   <li>{@code url}, {@code pool-size}, {@code busy-timeout}: as for {@link
 *       JdbcRecordStoreProvider}
 *   <li>{@code requests}: the size of a bucket, 1 to 1,000,000, default 60
 *   <li>{@code period}: in which an empty bucket fills, PT1S to P365D, default PT1H
 * </ul>
 */
public final class JdbcRateLimiterProvider implements RateLimiterProvider {
  /** For {@link java.util.ServiceLoader}. */
  public JdbcRateLimiterProvider() {}

  @Override
  public String id() {
    return "jdbc";
  }

  @Override
  public RateLimiter create(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    JdbcSettings database = JdbcSettings.read(in);
    long requests = in.whole("requests", 60, 1, JdbcRateLimiter.MAX_REQUESTS);
    Duration period =
        in.duration(
            "period", Duration.ofHours(1), Duration.ofSeconds(1), JdbcRateLimiter.MAX_PERIOD);
    in.finish();
    return JdbcRateLimiter.builder(database.url(), requests, period)
        .connections(database.connections())
        .busyTimeout(database.busyTimeout())
        .open();
  }
}
