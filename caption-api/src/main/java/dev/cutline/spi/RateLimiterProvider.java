package dev.cutline.spi;

import dev.cutline.InvalidSettingsException;
import dev.cutline.RateLimiter;
import dev.cutline.Settings;

/**
 * Makes rate limiters from settings. Registered in {@code META-INF/services} and, for the module
 * path, in {@code module-info.java}; public with a no-argument constructor that does no work,
 * because {@link java.util.ServiceLoader} needs both.
 */
public interface RateLimiterProvider {
  /**
   * Returns the type that users name in their settings, for example {@code memory}; {@code
   * [a-z][a-z0-9]*}.
   */
  String id();

  /**
   * Returns a new instance, which the caller closes.
   *
   * @param settings the keys of this limiter, prefix removed
   * @throws InvalidSettingsException with every problem of the settings, unknown keys included
   */
  RateLimiter create(Settings settings);
}
