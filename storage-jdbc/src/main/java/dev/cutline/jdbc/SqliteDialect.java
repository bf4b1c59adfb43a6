package dev.cutline.jdbc;

import dev.cutline.FileProblem;
import dev.cutline.StoreException;
import dev.cutline.StoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteException;

/** SQLite: a file of this machine. The README gives the reason for each PRAGMA. */
final class SqliteDialect implements Dialect {
  static final String PREFIX = "jdbc:sqlite:";

  // result codes, see sqlite.org/rescode.html
  private static final int ERROR = 1;
  private static final int PERM = 3;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int AUTH = 23;
  private static final int FORMAT = 24;
  private static final int NOTADB = 26;
  private static final int IOERR_SHMSIZE = 4874;

  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(1, "records", "sqlite"),
          new Migration(2, "cache_and_ledger", "sqlite"),
          new Migration(3, "rate_limits", "sqlite"),
          new Migration(4, "retention", "sqlite"),
          new Migration(5, "cache_bound", "sqlite"),
          new Migration(6, "similar", "sqlite"));

  private final Path file;
  private final Duration busyTimeout;
  private final boolean readOnly;
  private final SqliteTerms terms = new SqliteTerms();

  /**
   * A database in a file.
   *
   * @param file which is made, with its folder, when the first connection is opened
   * @param busyTimeout how long a writer waits for another process
   * @param readOnly whether neither the file nor its folder can be written to; then it has to be
   *     there
   */
  SqliteDialect(Path file, Duration busyTimeout, boolean readOnly) {
    this.file = file;
    this.busyTimeout = busyTimeout;
    this.readOnly = readOnly;
  }

  @Override
  public boolean isReadOnly() {
    return readOnly;
  }

  @Override
  public boolean exists() {
    return Files.exists(file);
  }

  /**
   * Tries again for a while: processes that make the database at once can find it locked in ways
   * that SQLite itself does not wait for.
   */
  @Override
  public Connection connect() throws SQLException {
    if (!readOnly) {
      makeFile();
    } else if (!exists()) {
      throw new StoreException(
          Kind.DENIED, "there is no database " + file + ", and none can be made to read");
    }
    long start = System.nanoTime();
    while (true) {
      try {
        return connectOnce();
      } catch (SQLException e) {
        boolean locked = primary(e) == BUSY || primary(e) == LOCKED;
        if (!locked || System.nanoTime() - start > busyTimeout.toNanos() || !pause()) {
          throw e;
        }
      }
    }
  }

  /** Returns false if the thread was interrupted. */
  private static boolean pause() {
    try {
      Thread.sleep(10);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Connection connectOnce() throws SQLException {
    Connection connection = JDBC.createConnection(address(), new Properties());
    try {
      Jdbc.execute(connection, "PRAGMA busy_timeout = " + busyTimeout.toMillis());
      String mode =
          Jdbc.first(connection, row -> row.getString(1), "PRAGMA journal_mode").orElse("");
      if (!mode.equals("wal") && !readOnly) {
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
   * Returns what the driver opens. Where nothing can be written, SQLite cannot make the file of
   * shared memory in which readers and writers agree, so it has to be told that nobody writes. That
   * is so if there is none: whoever writes has one.
   */
  private String address() {
    if (!readOnly) {
      return PREFIX + file;
    }
    String uri = PREFIX + file.toAbsolutePath().toUri() + "?mode=ro";
    if (Files.exists(beside("-shm"))) {
      return uri;
    }
    if (hasContent(beside("-wal"))) {
      throw new StoreException(
          Kind.DENIED,
          "the log of "
              + file
              + " was left by a process that was killed, and cannot be read where nothing can be"
              + " written: open it once where it can");
    }
    return uri + "&immutable=1";
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private static boolean hasContent(Path log) {
    try {
      return Files.size(log) > 0;
    } catch (IOException e) {
      return false;
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
      makeFolder(folder);
      Files.createFile(absolute, onlyUser("rw-------"));
    } catch (FileAlreadyExistsException e) {
      // another process was faster, or the folder is a file, which SQLite will say
    } catch (IOException e) {
      throw new StoreException(
          kind(folder), "cannot make " + absolute + ": " + FileProblem.reason(e), e);
    }
  }

  /** Makes a folder and those above it that are missing, so that they outlive a crash. */
  private void makeFolder(Path folder) throws IOException {
    List<Path> changed = new ArrayList<>();
    for (Path missing = folder; !Files.isDirectory(missing); ) {
      Path parent = missing.getParent();
      if (parent == null) {
        break;
      }
      changed.add(parent);
      missing = parent;
    }
    if (!changed.isEmpty()) {
      Files.createDirectories(folder, onlyUser("rwx------"));
      for (Path parent : changed) {
        sync(parent);
      }
    }
  }

  private FileAttribute<?>[] onlyUser(String permissions) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Writes the entries of a folder to disk; SQLite does so for the files that it makes. */
  private static void sync(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
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
    Kind kind =
        switch (primary(e)) {
          case FULL -> Kind.FULL;
          case PERM, READONLY, CANTOPEN, AUTH -> Kind.DENIED;
          // an error in a statement that is right means a table that is missing or not ours
          case ERROR, CORRUPT, FORMAT, NOTADB -> Kind.CORRUPT;
          // the file of shared memory could not grow
          default -> code(e) == IOERR_SHMSIZE ? Kind.FULL : Kind.UNAVAILABLE;
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

  private static int primary(SQLException e) {
    return code(e) & 0xff;
  }

  private static int code(SQLException e) {
    return e instanceof SQLiteException sqlite ? sqlite.getResultCode().code : e.getErrorCode();
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
            + " AND name LIKE 'cutline\\_%' ESCAPE '\\' AND name <> 'cutline_hashes'");
  }
}
