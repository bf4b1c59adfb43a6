package dev.cutline.spi;

import dev.cutline.ImageStore;
import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;

/**
 * Makes image stores from settings. Registered in {@code META-INF/services} and, for the module
 * path, in {@code module-info.java}; public with a no-argument constructor that does no work,
 * because {@link java.util.ServiceLoader} needs both.
 */
public interface ImageStoreProvider {
  /**
   * Returns the type that users name in their settings, for example {@code files}; {@code
   * [a-z][a-z0-9]*}.
   */
  String id();

  /**
   * Returns a new instance, which the caller closes.
   *
   * @param settings the keys of this store, prefix removed
   * @throws InvalidSettingsException with every problem of the settings, unknown keys included
   */
  ImageStore create(Settings settings);
}
