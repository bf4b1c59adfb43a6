package dev.cutline.jdbc;

import dev.cutline.StoreException;
import dev.cutline.StoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteException;

/** SQLite: a file of this machine. The README gives the reason for each PRAGMA. */
final class SqliteDialect implements Dialect {
  static final String PREFIX = "jdbc:sqlite:";

  private static final int IOERR_SHMSIZE = 4874;

  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(1, "records", "sqlite"),
          new Migration(2, "cache_and_ledger", "sqlite"),
          new Migration(3, "rate_limits", "sqlite"));

  private final Path file;
  private final Duration busyTimeout;
  private final SqliteTerms terms = new SqliteTerms();

  /**
   * A database in a file.
   *
   * @param file which is made, with its folder, when the first connection is opened
   * @param busyTimeout how long a writer waits for another process
   */
  SqliteDialect(Path file, Duration busyTimeout) {
    this.file = file;
    this.busyTimeout = busyTimeout;
  }

  @Override
  public Connection connect() throws SQLException {
    makeFile();
    Connection connection = JDBC.createConnection(PREFIX + file, new Properties());
    try {
      Jdbc.execute(connection, "PRAGMA busy_timeout = " + busyTimeout.toMillis());
      String mode =
          Jdbc.first(connection, row -> row.getString(1), "PRAGMA journal_mode").orElse("");
      if (!mode.equals("wal")) {
        Jdbc.execute(connection, "PRAGMA journal_mode = WAL");
      }
      Jdbc.execute(connection, "PRAGMA synchronous = FULL");
      Jdbc.execute(connection, "PRAGMA foreign_keys = ON");
      Jdbc.execute(connection, "PRAGMA cache_size = -8000");
      Jdbc.execute(connection, "PRAGMA temp_store = MEMORY");
      Jdbc.execute(connection, "PRAGMA journal_size_limit = 67108864");
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Makes the file, and its folder, so that nobody but the user may read them; SQLite gives the
   * files beside it the same permissions. What is there already stays as it is.
   *
   * <p>Nothing here may open a file that is there: closing it would free the locks that SQLite has
   * on it in this process.
   */
  private void makeFile() {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null || Files.exists(absolute)) {
      return;
    }
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, onlyUser("rwx------"));
        sync(folder.getParent());
      }
      Files.createFile(absolute, onlyUser("rw-------"));
    } catch (FileAlreadyExistsException e) {
      // another process was faster, or the folder is a file, which SQLite will say
    } catch (IOException e) {
      throw new StoreException(kind(folder), "cannot make " + absolute + ": " + reason(e), e);
    }
  }

  private FileAttribute<?>[] onlyUser(String permissions) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Sees to it that a new folder outlives a crash; SQLite does the same for its own files. */
  private static void sync(@Nullable Path folder) throws IOException {
    if (folder != null && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** The reason is text in the user's language, so the space that is left has to tell. */
  private static Kind kind(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace() == 0 ? Kind.FULL : Kind.DENIED;
    } catch (IOException e) {
      return Kind.DENIED;
    }
  }

  private static String reason(IOException e) {
    String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }

  @Override
  public boolean hasOneWriter() {
    return true;
  }

  /**
   * Takes the lock at once: a reader that wanted to write later could be refused without waiting.
   */
  @Override
  public String begin() {
    return "BEGIN IMMEDIATE";
  }

  @Override
  public String forUpdate() {
    return "";
  }

  @Override
  public String upsert(String table, List<String> key, List<String> values) {
    String sets = String.join(", ", values.stream().map(v -> v + " = excluded." + v).toList());
    return "INSERT INTO "
        + table
        + " ("
        + String.join(", ", key)
        + (values.isEmpty() ? "" : ", " + String.join(", ", values))
        + ") VALUES (?"
        + ", ?".repeat(key.size() + values.size() - 1)
        + ") ON CONFLICT ("
        + String.join(", ", key)
        + ")"
        + (values.isEmpty() ? " DO NOTHING" : " DO UPDATE SET " + sets);
  }

  /** Compares bytes, because text functions of SQLite stop at a NUL. */
  @Override
  public String startsWith(String column) {
    return "substr(CAST(" + column + " AS BLOB), 1, ?) = ?";
  }

  @Override
  public List<Object> startParameters(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return List.of(bytes.length, bytes);
  }

  @Override
  public TermIndex terms() {
    return terms;
  }

  @Override
  public StoreException failure(SQLException e) {
    int code = e instanceof SQLiteException sqlite ? sqlite.getResultCode().code : e.getErrorCode();
    Kind kind =
        switch (code & 0xff) {
          case 13 -> Kind.FULL; // SQLITE_FULL
          case 3, 8, 14, 23 -> Kind.DENIED; // SQLITE_PERM, _READONLY, _CANTOPEN, _AUTH
          case 1, 11, 24, 26 ->
              Kind.CORRUPT; // SQLITE_ERROR (no such table), _CORRUPT, _FORMAT, _NOTADB
          // the file of shared memory could not grow
          default -> code == IOERR_SHMSIZE ? Kind.FULL : Kind.UNAVAILABLE;
        };
    return new StoreException(kind, what(kind) + " " + file + ": " + e.getMessage(), e);
  }

  private static String what(Kind kind) {
    return switch (kind) {
      case FULL -> "no space left for";
      case DENIED -> "not allowed to open, read or write";
      case CORRUPT -> "damaged, or no database of Cutline:";
      case UNAVAILABLE -> "cannot use";
    };
  }

  @Override
  public boolean isLocked(SQLException e) {
    int code = e instanceof SQLiteException sqlite ? sqlite.getResultCode().code : e.getErrorCode();
    return (code & 0xff) == 5 || (code & 0xff) == 6; // SQLITE_BUSY, SQLITE_LOCKED
  }

  @Override
  public List<Migration> migrations() {
    return MIGRATIONS;
  }

  @Override
  public boolean hasTable(Connection connection, String table) throws SQLException {
    return Jdbc.exists(
        connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", table);
  }

  @Override
  public List<String> tables(Connection connection) throws SQLException {
    return Jdbc.list(
        connection,
        row -> row.getString("name"),
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
            + " AND name LIKE 'cutline\\_%' ESCAPE '\\'");
  }
}
