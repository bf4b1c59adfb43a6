package dev.cutline.jdbc;

import dev.cutline.InvalidSettingsException;
import dev.cutline.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalInt;

/**
 * The schema of a database, for those who make and unmake it: stores bring it up to date by
 * themselves when they open. Each method opens a connection of its own and closes it. Thread-safe.
 */
public final class JdbcSchema {
  private final Dialect dialect;
  private final Schema schema;

  private JdbcSchema(Dialect dialect) {
    this.dialect = dialect;
    this.schema = new Schema(dialect);
  }

  /**
   * Returns the schema of a database.
   *
   * @param url {@code jdbc:sqlite:} and the path of a file
   * @throws InvalidSettingsException if the URL cannot work
   */
  public static JdbcSchema of(String url) {
    return new JdbcSchema(JdbcSettings.dialect(url, JdbcSettings.BUSY_TIMEOUT));
  }

  /** Returns the version of the newest schema that this library knows, from 1. */
  public int latest() {
    return schema.latest();
  }

  /**
   * Returns the version of the database, 0 if there is nothing of ours in it or no database at all.
   *
   * @throws StoreException if it cannot be read
   */
  public int version() {
    return dialect.exists() ? use(schema::version) : 0;
  }

  /**
   * Makes the database, or brings it up to date, and returns its version then. Several processes
   * may do so at once.
   *
   * @throws StoreException if it cannot be written, or is newer than this library
   */
  public int migrate() {
    return use(
        connection -> {
          schema.migrate(connection);
          return schema.version(connection);
        });
  }

  /**
   * Takes the last migration back and returns the version that is left; empty if there was none, or
   * no database, which then is not made. Nobody else may use the database meanwhile: their
   * statements would miss what is gone. Pictures whose records go stay in the image store, where
   * nobody knows them any more.
   *
   * @param loseData whether tables may go that hold data
   * @throws IllegalStateException if tables with data would go and must not; names them and how
   *     many rows each has; then nothing has changed
   * @throws StoreException if it cannot be written, or is newer than this library
   */
  public OptionalInt undo(boolean loseData) {
    if (!dialect.exists()) {
      return OptionalInt.empty();
    }
    return use(
        connection -> {
          Integer left = schema.undo(connection, loseData).orElse(null);
          return left == null ? OptionalInt.empty() : OptionalInt.of(left);
        });
  }

  private <T> T use(Database.Work<T> work) {
    try (Connection connection = dialect.connect()) {
      return work.run(connection);
    } catch (SQLException e) {
      throw dialect.failure(e);
    }
  }
}
