package dev.cutline.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Makes databases for tests, by copying one, which is ten times faster than migrating each. */
final class Databases {
  private final Path folder;

  /** Makes databases in a folder. */
  Databases(Path folder) {
    this.folder = folder;
  }

  /** Returns the URL of a database that is not there yet. */
  String missing() {
    return url(folder.resolve(UUID.randomUUID() + ".db"));
  }

  /** Returns the URL of a new database that is up to date and empty. */
  String empty() {
    Path template = folder.resolve("template.db");
    try {
      if (!Files.exists(template)) {
        JdbcSchema.of(url(template)).migrate();
      }
      String url = missing();
      Files.copy(template, file(url));
      return url;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path file(String url) {
    return Path.of(url.substring(SqliteDialect.PREFIX.length()));
  }

  static String url(Path file) {
    return SqliteDialect.PREFIX + file;
  }
}
