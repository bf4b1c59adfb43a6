package dev.cutline.jdbc;

import dev.cutline.RecordStore;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.StoreException;
import dev.cutline.spi.Diagnosable;
import dev.cutline.spi.Diagnosis;
import dev.cutline.spi.RecordStoreProvider;
import java.time.Instant;

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
public final class JdbcRecordStoreProvider implements RecordStoreProvider, Diagnosable {
  /** For {@link java.util.ServiceLoader}. */
  public JdbcRecordStoreProvider() {}

  @Override
  public String id() {
    return "jdbc";
  }

  @Override
  public RecordStore create(Settings settings) {
    return builder(read(settings)).open();
  }

  @Override
  public void validate(Settings settings) {
    read(settings);
  }

  @Override
  public void diagnose(Settings settings, Diagnosis diagnosis) {
    JdbcSettings database = read(settings);
    try {
      JdbcSchema schema = JdbcSchema.of(database.url());
      int version = schema.version();
      if (version == 0) {
        diagnosis.ok(
            "there is no database " + database.url() + " yet; it is made when it is needed");
      } else if (version < schema.latest()) {
        diagnosis.ok(
            "database "
                + database.url()
                + " has schema "
                + version
                + ", and is brought to "
                + schema.latest()
                + " when it is opened");
      } else {
        read(database, diagnosis);
      }
    } catch (StoreException e) {
      diagnosis.fail(String.valueOf(e.getMessage()), remedy(e.kind()));
    }
  }

  /** A schema that is newer than this library is refused when the store is opened. */
  private static void read(JdbcSettings database, Diagnosis diagnosis) {
    try (RecordStore store = builder(database).open()) {
      store.tombstones(Instant.EPOCH, 1);
      diagnosis.ok("database " + database.url() + " can be read, and its schema is up to date");
    }
  }

  private static String remedy(StoreException.Kind kind) {
    return switch (kind) {
      case FULL -> "free some space";
      case DENIED -> "check who may read and write there";
      case UNAVAILABLE -> "make it reachable";
      case CORRUPT -> "restore it from a backup, or use the version of Cutline that wrote it";
    };
  }

  private static JdbcSettings read(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    JdbcSettings database = JdbcSettings.read(in);
    in.finish();
    return database;
  }

  private static JdbcRecordStore.Builder builder(JdbcSettings database) {
    return JdbcRecordStore.builder(database.url())
        .connections(database.connections())
        .busyTimeout(database.busyTimeout())
        .readOnly(database.readOnly());
  }
}
