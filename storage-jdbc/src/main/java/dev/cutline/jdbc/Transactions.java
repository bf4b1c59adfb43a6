package dev.cutline.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs work that writes, all of it or none. */
final class Transactions {
  private Transactions() {}

  /** Returns what {@code work} returns, once what it has written is committed. */
  static <T> T run(Dialect dialect, Connection connection, Database.Work<T> work)
      throws SQLException {
    Jdbc.execute(connection, dialect.begin());
    boolean committed = false;
    try {
      T result = work.run(connection);
      Jdbc.execute(connection, "COMMIT");
      committed = true;
      return result;
    } finally {
      if (!committed) {
        rollBack(connection);
      }
    }
  }

  private static void rollBack(Connection connection) {
    try {
      Jdbc.execute(connection, "ROLLBACK");
    } catch (SQLException e) {
      // SQLite rolls back by itself when the disk is full: what counts is the first exception
    }
  }
}
