package dev.cutline.jdbc;

import dev.cutline.RecordStore;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.spi.RecordStoreProvider;

/**
 * Makes {@link JdbcRecordStore}s from settings. Public only because {@link java.util.ServiceLoader}
 * needs it.
 *
 * <ul>
 *   <li>{@code url}: {@code jdbc:sqlite:} and the path of a file; required
 *   <li>{@code pool-size}: connections at most, 1 to 64, default 4
 *   <li>{@code busy-timeout}: how long to wait for other writers, PT0S to PT10M, default PT30S
 *   <li>{@code read-only}: whether to do with a database that cannot be written to, default false
 * </ul>
 */
public final class JdbcRecordStoreProvider implements RecordStoreProvider {
  /** For {@link java.util.ServiceLoader}. */
  public JdbcRecordStoreProvider() {}

  @Override
  public String id() {
    return "jdbc";
  }

  @Override
  public RecordStore create(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    JdbcSettings database = JdbcSettings.read(in);
    in.finish();
    return JdbcRecordStore.builder(database.url())
        .connections(database.connections())
        .busyTimeout(database.busyTimeout())
        .readOnly(database.readOnly())
        .open();
  }
}
