package dev.cutline.core.store;

import dev.cutline.RecordStore;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.spi.RecordStoreProvider;

/**
 * Makes {@link MemoryRecordStore}s, under the id {@code memory}; there is nothing to set. Public
 * only because {@link java.util.ServiceLoader} needs it.
 */
public final class MemoryRecordStoreProvider implements RecordStoreProvider {
  /** Does nothing, as {@link java.util.ServiceLoader} wants it. */
  public MemoryRecordStoreProvider() {}

  @Override
  public String id() {
    return "memory";
  }

  @Override
  public RecordStore create(Settings settings) {
    SettingsReader.of(settings).finish();
    return new MemoryRecordStore();
  }
}
