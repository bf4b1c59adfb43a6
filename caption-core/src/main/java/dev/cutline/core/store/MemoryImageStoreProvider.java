package dev.cutline.core.store;

import dev.cutline.ImageStore;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.spi.ImageStoreProvider;

/**
 * Makes {@link MemoryImageStore}s, under the id {@code memory}; there is nothing to set. Public
 * only because {@link java.util.ServiceLoader} needs it.
 */
public final class MemoryImageStoreProvider implements ImageStoreProvider {
  /** Does nothing, as {@link java.util.ServiceLoader} wants it. */
  public MemoryImageStoreProvider() {}

  @Override
  public String id() {
    return "memory";
  }

  @Override
  public ImageStore create(Settings settings) {
    SettingsReader.of(settings).finish();
    return new MemoryImageStore();
  }
}
