package dev.cutline.jdbc;

import dev.cutline.StoreException;
import dev.cutline.StoreException.Kind;
import java.io.Reader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Runs migrations by Flyway. Apart, so that its classes are loaded only when there is one to run.
 */
final class FlywayMigrations {
  private FlywayMigrations() {}

  /**
   * Runs what is pending, within the transaction that the connection is in.
   *
   * @throws SQLException if a statement failed
   * @throws StoreException if Flyway found something else amiss
   */
  static void run(Connection connection, List<Migration> migrations, String history)
      throws SQLException {
    try {
      migrate(connection, migrations, history);
    } catch (FlywayException e) {
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException sqlException) {
          throw sqlException;
        }
      }
      throw new StoreException(Kind.CORRUPT, "cannot migrate: " + e.getMessage(), e);
    }
  }

  private static void migrate(Connection connection, List<Migration> migrations, String history) {
    Flyway.configure()
        .loggers("slf4j")
        .dataSource(BorrowedConnection.source(connection))
        .table(history)
        // an application's own tables may be there before ours
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .resourceProvider(new Scripts(migrations))
        .javaMigrationClassProvider(List::of)
        .load()
        .migrate();
  }

  /** Scripts from this module. Flyway's own scanner cannot look into a named module. */
  private record Scripts(List<Migration> migrations) implements ResourceProvider {
    @Override
    public @Nullable LoadableResource getResource(String name) {
      return migrations.stream()
          .filter(migration -> migration.fileName().equals(name))
          .findFirst()
          .<LoadableResource>map(Script::new)
          .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
      return migrations.stream()
          .filter(migration -> migration.fileName().startsWith(prefix))
          .<LoadableResource>map(Script::new)
          .toList();
    }
  }

  /** One script. */
  private static final class Script extends LoadableResource {
    private final Migration migration;

    private Script(Migration migration) {
      this.migration = migration;
    }

    @Override
    public Reader read() {
      return new StringReader(migration.script());
    }

    @Override
    public String getAbsolutePath() {
      return migration.fileName();
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return migration.fileName();
    }

    @Override
    public String getFilename() {
      return migration.fileName();
    }

    @Override
    public String getRelativePath() {
      return migration.fileName();
    }
  }
}
