package dev.cutline.jdbc;

import dev.cutline.StoreException;
import dev.cutline.StoreException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The schema of a database: which version it has, and the steps to and from it. */
final class Schema {
  /**
   * Ours alone, so that an application's own migrations in the same database are not mixed up with
   * it.
   */
  static final String HISTORY = "cutline_schema_history";

  private final Dialect dialect;

  Schema(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Returns the version of the newest schema that this jar knows. */
  int latest() {
    return dialect.migrations().size();
  }

  /**
   * Returns the version of a database, 0 if it has no tables of ours. Reads one row, so that
   * opening a database that is up to date does not even load Flyway.
   */
  int version(Connection connection) throws SQLException {
    if (!dialect.hasTable(connection, HISTORY)) {
      return 0;
    }
    Optional<String> version =
        Jdbc.first(
            connection,
            row -> row.getString("version"),
            "SELECT version FROM "
                + HISTORY
                + " WHERE version IS NOT NULL AND version <> '0' ORDER BY installed_rank DESC");
    try {
      return version.map(Integer::parseInt).orElse(0);
    } catch (NumberFormatException e) {
      throw new StoreException(
          Kind.CORRUPT, "schema version " + version.orElse("") + " is none of ours", e);
    }
  }

  /**
   * Brings a database up to date; does nothing if it is.
   *
   * @throws StoreException if it is newer than this jar
   */
  void migrate(Connection connection) throws SQLException {
    int version = version(connection);
    refuseNewer(version);
    if (version == latest()) {
      return;
    }
    if (dialect.isReadOnly()) {
      throw new StoreException(
          Kind.DENIED,
          "the database has schema version "
              + version
              + " and this Cutline needs "
              + latest()
              + ": open it once where it can be written to");
    }
    // everything in one transaction, so that another process waits for the end of it and then finds
    // nothing left to do, and a crash leaves the schema that was there before
    Transactions.run(
        dialect,
        connection,
        locked -> {
          int now = version(locked);
          refuseNewer(now);
          if (now < latest()) {
            FlywayMigrations.run(locked, dialect.migrations(), HISTORY);
          }
          return true;
        });
  }

  /**
   * Takes the last step back.
   *
   * @param loseData whether tables may go that have rows
   * @return the version that the database has then, or nothing if there was no step to take back
   * @throws StoreException if it is newer than this jar
   * @throws IllegalStateException if data would be lost and must not; then nothing has changed
   */
  Optional<Integer> undo(Connection connection, boolean loseData) throws SQLException {
    return Transactions.run(
        dialect,
        connection,
        locked -> {
          int version = version(locked);
          refuseNewer(version);
          if (version == 0) {
            return Optional.empty();
          }
          undo(locked, dialect.migrations().get(version - 1), loseData);
          return Optional.of(version - 1);
        });
  }

  private void undo(Connection connection, Migration migration, boolean loseData)
      throws SQLException {
    Map<String, Long> rows = new TreeMap<>();
    for (String table : dialect.tables(connection)) {
      long count = count(connection, table);
      if (count > 0) {
        rows.put(table, count);
      }
    }
    // in these scripts a semicolon ends a statement, and is nowhere else
    for (String statement : migration.undoScript().split(";", -1)) {
      if (!statement.isBlank()) {
        Jdbc.execute(connection, statement);
      }
    }
    Jdbc.update(
        connection,
        "DELETE FROM " + HISTORY + " WHERE version = ?",
        Integer.toString(migration.version()));
    rows.keySet().removeAll(dialect.tables(connection));
    if (!rows.isEmpty() && !loseData) {
      throw new IllegalStateException(
          "undoing "
              + migration.fileName()
              + " would lose what is in "
              + rows.entrySet().stream().map(Schema::shown).collect(Collectors.joining(", ")));
    }
  }

  private static long count(Connection connection, String table) throws SQLException {
    return Jdbc.first(connection, row -> row.getLong(1), "SELECT count(*) FROM " + table)
        .orElseThrow();
  }

  private static String shown(Map.Entry<String, Long> table) {
    return String.format(
        Locale.ROOT,
        "%s (%,d %s)",
        table.getKey(),
        table.getValue(),
        table.getValue() == 1 ? "row" : "rows");
  }

  private void refuseNewer(int version) {
    if (version > latest()) {
      throw new StoreException(
          Kind.CORRUPT,
          "the database has schema version "
              + version
              + ", made by a newer Cutline; this one knows versions up to "
              + latest()
              + ": use the newer one, or undo with it");
    }
  }
}
