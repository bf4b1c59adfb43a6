package dev.cutline.spi;

import dev.cutline.Captioner;
import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;

/**
 * Makes captioners from settings. Registered in {@code META-INF/services} and, for the module path,
 * in {@code module-info.java}; public with a no-argument constructor that does no work, because
 * {@link java.util.ServiceLoader} needs both.
 */
public interface CaptionProvider {
  /**
   * Returns the type that users name in their settings, for example {@code openai}; {@code
   * [a-z][a-z0-9]*}.
   */
  String id();

  /**
   * Returns a new instance, which the caller closes.
   *
   * @param settings the keys of this rung, prefix removed
   * @throws InvalidSettingsException with every problem of the settings, unknown keys included
   */
  Captioner create(Settings settings);
}
