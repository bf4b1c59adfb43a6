package dev.cutline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.CaptionReply;
import dev.cutline.InvalidSettingsException;
import dev.cutline.RecordStore;
import dev.cutline.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcSchemaTest {
  @TempDir static Path folder;

  private final Databases databases = new Databases(folder);

  @Test
  void everyMigrationCanBeTakenBackAndTakenAgain() throws Exception {
    String url = databases.missing();
    JdbcSchema schema = JdbcSchema.of(url);
    assertThat(schema.version()).isZero();
    assertThat(schema.undo(false)).isEmpty();
    assertThat(Path.of(url.replace("jdbc:sqlite:", ""))).as("nobody wanted it").doesNotExist();
    assertThat(schema.migrate()).isEqualTo(schema.latest());
    List<String> up = tables(url);
    assertThat(up).isNotEmpty();

    for (int left = schema.latest() - 1; left >= 0; left--) {
      assertThat(schema.undo(false)).hasValue(left);
      assertThat(schema.version()).isEqualTo(left);
    }
    assertThat(tables(url)).isEmpty();
    assertThat(schema.undo(false)).isEmpty();

    assertThat(schema.migrate()).isEqualTo(schema.latest());
    assertThat(tables(url)).isEqualTo(up);
  }

  @Test
  void eachStepBackLeavesTheSchemaOfTheStepBefore() throws Exception {
    String url = databases.missing();
    Dialect dialect = JdbcSettings.dialect(url, Duration.ofSeconds(1));
    List<List<String>> after = new ArrayList<>();
    for (int version = 1; version <= dialect.migrations().size(); version++) {
      try (Connection connection = dialect.connect()) {
        Jdbc.execute(connection, dialect.begin());
        FlywayMigrations.run(connection, dialect.migrations().subList(0, version), Schema.HISTORY);
        Jdbc.execute(connection, "COMMIT");
      }
      after.add(tables(url));
    }
    JdbcSchema schema = JdbcSchema.of(url);
    for (int version = schema.latest(); version > 0; version--) {
      assertThat(tables(url)).isEqualTo(after.get(version - 1));
      schema.undo(false);
    }
  }

  @Test
  void openingAStoreMigrates() {
    String url = databases.missing();
    JdbcRecordStore.ofDefaults(url).close();
    assertThat(JdbcSchema.of(url).version()).isEqualTo(JdbcSchema.of(url).latest());
  }

  @Test
  void openingWhatIsUpToDateWritesNothing() throws Exception {
    String url = databases.empty();
    byte[] before = Files.readAllBytes(Databases.file(url));
    JdbcRecordStore.ofDefaults(url).close();
    assertThat(Files.readAllBytes(Databases.file(url))).isEqualTo(before);
  }

  @Test
  void undoKeepsDataUnlessToldToLoseIt() throws Exception {
    String url = databases.empty();
    try (RecordStore store = JdbcRecordStore.ofDefaults(url)) {
      store.captionCache().put("alice", "key", CaptionReply.builder("model").build());
    }
    JdbcSchema schema = JdbcSchema.of(url);
    while (schema.version() > 2) {
      schema.undo(false);
    }
    List<String> before = tables(url);

    assertThatThrownBy(() -> schema.undo(false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cutline_cached_captions (1 row)")
        .hasMessageContaining("V2__cache_and_ledger");
    assertThat(schema.version()).isEqualTo(2);
    assertThat(tables(url)).isEqualTo(before);

    assertThat(schema.undo(true)).hasValue(1);
    assertThat(schema.version()).isEqualTo(1);
  }

  @Test
  void aNewerDatabaseIsLeftAlone() throws Exception {
    String url = databases.empty();
    try (Connection connection = DriverManager.getConnection(url)) {
      Jdbc.execute(
          connection,
          "INSERT INTO cutline_schema_history SELECT 99, '99', 'x', type, 'V99__x.sql', 1,"
              + " installed_by, installed_on, 1, 1 FROM cutline_schema_history LIMIT 1");
    }
    JdbcSchema schema = JdbcSchema.of(url);
    assertThat(schema.version()).isEqualTo(99);
    for (Callable<?> attempt :
        List.<Callable<?>>of(
            () -> JdbcRecordStore.ofDefaults(url), schema::migrate, () -> schema.undo(true))) {
      assertThatThrownBy(attempt::call)
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CORRUPT))
          .hasMessageContaining("newer Cutline")
          .hasMessageContaining("99");
    }
  }

  @Test
  void aVersionThatIsNoNumberIsNoneOfOurs() throws Exception {
    String url = databases.empty();
    try (Connection connection = DriverManager.getConnection(url)) {
      Jdbc.execute(connection, "UPDATE cutline_schema_history SET version = '1.x'");
    }
    assertThatThrownBy(() -> JdbcRecordStore.ofDefaults(url))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("1.x");
  }

  @Test
  void liesBesideTheTablesOfAnApplication() throws Exception {
    String url = databases.missing();
    try (Connection connection = DriverManager.getConnection(url)) {
      Jdbc.execute(connection, "CREATE TABLE records (a)");
      Jdbc.execute(connection, "INSERT INTO records VALUES ('theirs')");
      Jdbc.execute(connection, "CREATE TABLE flyway_schema_history (version)");
    }
    JdbcSchema schema = JdbcSchema.of(url);
    schema.migrate();
    while (schema.undo(false).isPresent()) {
      assertThat(schema.version()).isLessThan(schema.latest());
    }
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThat(Jdbc.first(connection, row -> row.getString(1), "SELECT a FROM records"))
          .contains("theirs");
    }
  }

  @Test
  void threadsMayMakeTheDatabaseAtOnce() throws Exception {
    String url = databases.missing();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> versions = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        versions.add(pool.submit(() -> JdbcSchema.of(url).migrate()));
      }
      for (Future<Integer> version : versions) {
        assertThat(version.get()).isEqualTo(JdbcSchema.of(url).latest());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aMigrationThatFailsLeavesTheSchemaThatWasThere() throws Exception {
    String url = databases.missing();
    try (Connection connection = DriverManager.getConnection(url)) {
      Jdbc.execute(connection, "CREATE TABLE cutline_tombstones (in_the_way)");
    }
    List<String> before = tables(url);

    assertThatThrownBy(() -> JdbcSchema.of(url).migrate())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cutline_tombstones");

    assertThat(tables(url)).isEqualTo(before);
  }

  /** What was there before has its place in what is new: answers are counted, hashes are found. */
  @Test
  void migrationsTakeOverWhatIsThere() throws Exception {
    String url = databases.empty();
    long[] hashes = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x955a7ae98d1c3073L};
    try (RecordStore store = JdbcRecordStore.ofDefaults(url)) {
      for (int i = 0; i < hashes.length; i++) {
        store.create(Pictures.stored(i).perceptualHash(hashes[i]).build());
        store.captionCache().put("alice", "key " + i, CaptionReply.builder("model").build());
      }
      store.create(Pictures.stored(100).build());
    }
    List<List<Long>> before = entries(url);
    assertThat(before).hasSize(8 * hashes.length);
    JdbcSchema schema = JdbcSchema.of(url);
    while (schema.version() > 4) {
      schema.undo(false);
    }
    try (Connection connection = DriverManager.getConnection(url)) {
      Jdbc.execute(
          connection,
          "UPDATE cutline_records SET document = 'damaged' WHERE id = '" + Pictures.id(100) + "'");
    }

    schema.migrate();

    assertThat(entries(url)).isEqualTo(before);
    try (RecordStore store = JdbcRecordStore.ofDefaults(url)) {
      assertThat(store.captionCache().trim("alice", hashes.length, 1)).isZero();
      assertThat(store.captionCache().trim("alice", 0, 1000)).isEqualTo(hashes.length);
    }
  }

  private static List<List<Long>> entries(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      return Jdbc.list(
          connection,
          row -> List.of(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
          "SELECT owner, band, entry, position FROM cutline_hashes ORDER BY 1, 2, 3, 4");
    }
  }

  @Test
  void refusesUrlsThatNameNoFile() {
    assertThatThrownBy(() -> JdbcSchema.of("jdbc:sqlite::memory:"))
        .isInstanceOf(InvalidSettingsException.class);
  }

  /** Returns the definitions of everything but the history. */
  private static List<String> tables(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      return Jdbc.list(
          connection,
          row -> row.getString(1) + ": " + row.getString(2),
          "SELECT name, sql FROM sqlite_master WHERE tbl_name <> 'cutline_schema_history'"
              + " AND name <> 'sqlite_sequence' ORDER BY name");
    }
  }
}
