package dev.cutline.jdbc;

import dev.cutline.InvalidSettingsException;
import dev.cutline.SettingsReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a database is reached. Keys:
 *
 * <ul>
 *   <li>{@code url}: {@code jdbc:sqlite:} and the path of a file; required
 *   <li>{@code pool-size}: connections at most, 1 to 64, default 4
 *   <li>{@code busy-timeout}: how long to wait for other writers, PT0S to PT10M, default PT30S
 *   <li>{@code read-only}: whether to do with a database that cannot be written to, default false
 * </ul>
 *
 * @param url of the database
 * @param connections at most
 * @param busyTimeout how long to wait for other writers
 * @param readOnly whether nothing can be written
 */
record JdbcSettings(String url, int connections, Duration busyTimeout, boolean readOnly) {
  static final int CONNECTIONS = 4;
  static final Duration BUSY_TIMEOUT = Duration.ofSeconds(30);

  private static final int MAX_CONNECTIONS = 64;
  private static final Duration MAX_BUSY_TIMEOUT = Duration.ofMinutes(10);

  /** Reads the keys; what is wrong with them is noted in the reader. */
  static JdbcSettings read(SettingsReader in) {
    String url = in.required("url", "the database, for example jdbc:sqlite:/path/of/cutline.db");
    if (!url.isEmpty()) {
      try {
        dialect(url, BUSY_TIMEOUT, false);
      } catch (InvalidSettingsException e) {
        in.problem("url", String.join("; ", e.problems()));
      }
    }
    return new JdbcSettings(
        url,
        in.integer("pool-size", CONNECTIONS, 1, MAX_CONNECTIONS),
        in.duration("busy-timeout", BUSY_TIMEOUT, Duration.ZERO, MAX_BUSY_TIMEOUT),
        in.bool("read-only", false));
  }

  static int checkConnections(int connections) {
    if (connections < 1 || connections > MAX_CONNECTIONS) {
      throw new IllegalArgumentException("connections are 1 to 64, not " + connections);
    }
    return connections;
  }

  static Duration checkBusyTimeout(Duration busyTimeout) {
    if (busyTimeout.isNegative() || busyTimeout.compareTo(MAX_BUSY_TIMEOUT) > 0) {
      throw new IllegalArgumentException("a busy timeout is 0 to 10 minutes, not " + busyTimeout);
    }
    return busyTimeout;
  }

  Database openDatabase() {
    return Database.open(dialect(url, busyTimeout, readOnly), connections, busyTimeout);
  }

  /** Returns the dialect of a database that is for writing, too. */
  static Dialect dialect(String url, Duration busyTimeout) {
    return dialect(url, busyTimeout, false);
  }

  /**
   * Returns the dialect of the database that a URL names.
   *
   * @throws InvalidSettingsException if it names none that we speak
   */
  private static Dialect dialect(String url, Duration busyTimeout, boolean readOnly) {
    if (!url.startsWith(SqliteDialect.PREFIX)) {
      throw new InvalidSettingsException(
          "\"" + withoutSecrets(url) + "\" is no jdbc:sqlite: URL, the only kind supported");
    }
    String file = url.substring(SqliteDialect.PREFIX.length());
    // these mean something else than a file to the driver: parameters that would undo ours, memory,
    // a resource, a temporary file
    if (file.isBlank() || file.contains("?") || file.startsWith(":") || file.startsWith("file:")) {
      throw new InvalidSettingsException(
          "\"" + url + "\" has to name a file after jdbc:sqlite:, without parameters");
    }
    try {
      return new SqliteDialect(Path.of(file), busyTimeout, readOnly);
    } catch (InvalidPathException e) {
      throw new InvalidSettingsException("\"" + url + "\" is no path: " + e.getReason());
    }
  }

  /** A URL of another database may hold a password. */
  private static String withoutSecrets(String url) {
    return url.replaceFirst("//[^/@]*@", "//***@").replaceFirst("[?;].*", "?***");
  }
}
