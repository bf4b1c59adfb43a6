package dev.cutline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutline.BudgetLedger;
import dev.cutline.CaptionReply;
import dev.cutline.ImageFormat;
import dev.cutline.ImageRecord;
import dev.cutline.RecordQuery;
import dev.cutline.StorageState;
import dev.cutline.StoreException;
import dev.cutline.Tombstone;
import dev.cutline.VersionConflictException;
import java.math.BigDecimal;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the SQLite store does beyond the contract. */
class SqliteDatabaseTest {
  @TempDir static Path folder;

  private final Databases databases = new Databases(folder);

  @Test
  void filesAndFolderAreTheUsersOnly() throws Exception {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path home = folder.resolve("home").resolve("nested");
    Path file = home.resolve("cutline.db");
    try (JdbcRecordStore store = JdbcRecordStore.ofDefaults(Databases.url(file))) {
      store.create(Pictures.stored(1).build());
      for (String name : List.of("cutline.db", "cutline.db-wal", "cutline.db-shm")) {
        assertThat(permissions(home.resolve(name))).as(name).isEqualTo("rw-------");
      }
      assertThat(permissions(home)).isEqualTo("rwx------");
      assertThat(permissions(home.getParent())).isEqualTo("rwx------");
    }
  }

  @Test
  void permissionsThatWereThereStay() throws Exception {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path file = Databases.file(databases.empty());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    JdbcRecordStore.ofDefaults(Databases.url(file)).close();
    assertThat(permissions(file)).isEqualTo("rw-rw----");
  }

  @Test
  void everyConnectionSyncsAndChecks() throws Exception {
    Dialect dialect = JdbcSettings.dialect(databases.empty(), Duration.ofSeconds(7));
    try (Connection connection = dialect.connect()) {
      assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(connection, "synchronous")).isEqualTo("2");
      assertThat(pragma(connection, "foreign_keys")).isEqualTo("1");
      assertThat(pragma(connection, "busy_timeout")).isEqualTo("7000");
    }
  }

  @Test
  void createsAllOrNone() {
    try (JdbcRecordStore store = JdbcRecordStore.ofDefaults(databases.empty())) {
      List<ImageRecord> first =
          store.createAll(List.of(Pictures.stored(1).build(), Pictures.stored(2).build()));
      assertThat(first).extracting(ImageRecord::version).containsExactly(1L, 1L);
      assertThat(store.find("alice", Pictures.id(2))).contains(first.get(1));

      assertThatThrownBy(
              () ->
                  store.createAll(List.of(Pictures.stored(3).build(), Pictures.stored(2).build())))
          .isInstanceOf(VersionConflictException.class);
      assertThat(store.find("alice", Pictures.id(3))).isEmpty();
    }
  }

  @Test
  void refusesIdsThatAreNoUuids() {
    try (JdbcRecordStore store = JdbcRecordStore.ofDefaults(databases.empty())) {
      for (String id :
          List.of(
              "", "1", "1-1-1-1-1", Pictures.id(1).toUpperCase(Locale.ROOT).replace('0', 'A'))) {
        ImageRecord record =
            ImageRecord.builder("alice", id).format(ImageFormat.PNG).sha256("").build();
        assertThatThrownBy(() -> store.create(record)).isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void namesOfOwnersGoWithTheLastOfTheirData() throws Exception {
    String url = databases.empty();
    try (JdbcRecordStore store = JdbcRecordStore.ofDefaults(url)) {
      ImageRecord record = store.create(Pictures.stored(1).build());
      store.captionCache().put("alice", "key", CaptionReply.builder("model").build());
      store.delete(record, Instant.EPOCH);
      store.bury(new Tombstone("alice", record.id(), Instant.EPOCH));
      assertThat(owners(url)).containsExactly("alice");
      store.captionCache().deleteOwner("alice");
      assertThat(owners(url)).isEmpty();

      store.captionCache().put("alice", "key", CaptionReply.builder("model").build());
      ImageRecord again = store.create(record.toBuilder().version(0).build());
      store.captionCache().deleteOwner("alice");
      assertThat(store.find("alice", record.id())).contains(again);
      store.delete(again, Instant.EPOCH);
      assertThat(owners(url)).containsExactly("alice");
      store.bury(new Tombstone("alice", record.id(), Instant.EPOCH));
      assertThat(owners(url)).isEmpty();
    }
  }

  @Test
  void leavesNothingOfARecordBehind() throws Exception {
    String url = databases.empty();
    try (JdbcRecordStore store = JdbcRecordStore.ofDefaults(url)) {
      ImageRecord record = store.create(Pictures.stored(1).perceptualHash(7L).build());
      store.delete(record, Instant.EPOCH);
      store.bury(new Tombstone("alice", record.id(), Instant.EPOCH));
    }
    try (Connection connection = DriverManager.getConnection(url)) {
      for (String table : JdbcSettings.dialect(url, Duration.ZERO).tables(connection)) {
        if (!table.equals(Schema.HISTORY)) {
          assertThat(Jdbc.exists(connection, "SELECT 1 FROM " + table)).as(table).isFalse();
        }
      }
      assertThat(Jdbc.exists(connection, "SELECT rowid FROM cutline_terms")).isFalse();
      assertThat(Jdbc.exists(connection, "SELECT 1 FROM cutline_hashes")).isFalse();
    }
  }

  /** Found by a stale entry, as if it had been deleted and its place taken meanwhile. */
  @Test
  void anIndexThatIsBehindShowsNoPictureOfAnotherOwner() throws Exception {
    String url = databases.empty();
    try (JdbcRecordStore store = JdbcRecordStore.ofDefaults(url)) {
      store.create(Pictures.stored(1).perceptualHash(7L).build());
      store.create(
          ImageRecord.builder("bob", Pictures.id(2))
              .storageState(StorageState.STORED)
              .format(ImageFormat.PNG)
              .sha256("")
              .perceptualHash(7L)
              .build());
      try (Connection connection = DriverManager.getConnection(url)) {
        Jdbc.execute(
            connection,
            "UPDATE cutline_hashes SET position = (SELECT max(position) FROM cutline_records)"
                + " WHERE owner = (SELECT number FROM cutline_owners WHERE name = 'alice')");
      }
      assertThat(store.similar("bob", 7, 0, 10)).hasSize(1);
      assertThat(store.similar("alice", 7, 0, 10)).isEmpty();
    }
  }

  @Test
  void readsWhatANewerVersionHasAddedToADocument() throws Exception {
    String url = databases.empty();
    try (JdbcRecordStore store = JdbcRecordStore.ofDefaults(url)) {
      ImageRecord record = store.create(Pictures.stored(1).build());
      try (Connection connection = DriverManager.getConnection(url)) {
        Jdbc.execute(
            connection,
            "UPDATE cutline_records SET document ="
                + " json_set(document, '$.mood', json('{\"a\": [1, 2.5, true, false, null]}'))");
      }
      assertThat(store.find("alice", record.id())).contains(record);
    }
  }

  @Test
  void amountsOutOfRangeAreRefused() {
    try (JdbcRecordStore store = JdbcRecordStore.ofDefaults(databases.empty())) {
      BudgetLedger ledger = store.budgetLedger();
      LocalDate day = LocalDate.EPOCH;
      for (String amount : List.of("-0.000000001", "1000000000.000000001")) {
        assertThatThrownBy(() -> ledger.reserve("a", day, new BigDecimal(amount), BigDecimal.TEN))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(amount);
      }
      assertThatThrownBy(() -> ledger.reserve("a".repeat(257), day, BigDecimal.ONE, BigDecimal.TEN))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(ledger.reserve("a", day, BigDecimal.ONE, new BigDecimal("-1"))).isEmpty();
    }
  }

  @Test
  void keysOutOfRangeAreRefused() {
    String url = databases.empty();
    try (JdbcRecordStore store = JdbcRecordStore.ofDefaults(url);
        JdbcRateLimiter limiter = JdbcRateLimiter.builder(url, 1, Duration.ofHours(1)).open()) {
      assertThatThrownBy(() -> store.captionCache().find("alice", "k".repeat(129)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> limiter.tryAcquire("k".repeat(257)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> limiter.tryAcquire("\uD800"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store.unsettled(Instant.EPOCH, null, 0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store.pendingCaptions(null, 1001))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusalsWaitForNoWriter() throws Exception {
    String url = databases.empty();
    try (JdbcRateLimiter limiter =
            JdbcRateLimiter.builder(url, 1, Duration.ofDays(1)).busyTimeout(Duration.ZERO).open();
        Connection writer = DriverManager.getConnection(url)) {
      assertThat(limiter.tryAcquire("alice").allowed()).isTrue();
      Jdbc.execute(writer, "BEGIN IMMEDIATE");
      assertThat(limiter.tryAcquire("alice").allowed()).isFalse();
      assertThatThrownBy(() -> limiter.tryAcquire("bob")).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void aNameGoesWithTheLastAnswerThatIsTooOld() throws Exception {
    String url = databases.empty();
    AtomicReference<Instant> now = new AtomicReference<>(Pictures.START);
    try (JdbcRecordStore store = JdbcRecordStore.builder(url).clock(now::get).open()) {
      CaptionReply reply = CaptionReply.builder("model").build();
      store.captionCache().put("bob@example.org", "key", reply);
      store.captionCache().put("carol@example.org", "old", reply);
      now.updateAndGet(time -> time.plusMillis(1));
      store.captionCache().put("carol@example.org", "new", reply);

      assertThat(store.captionCache().deleteBefore(Pictures.START, 10)).isZero();
      assertThat(store.captionCache().deleteBefore(now.get(), 10)).isEqualTo(2);

      assertThat(owners(url)).containsExactly("carol@example.org");
      assertThat(store.captionCache().find("carol@example.org", "new")).isPresent();
    }
  }

  @Test
  void searchesForThousandsOfWords() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      text.append("word").append(i).append(' ');
    }
    try (JdbcRecordStore store = JdbcRecordStore.ofDefaults(databases.empty())) {
      ImageRecord record = store.create(Pictures.stored(1).description(text.toString()).build());
      RecordQuery.Builder query = RecordQuery.builder("alice");
      assertThat(store.query(query.text(text.toString()).build()).items()).containsExactly(record);
      assertThat(store.query(query.text(text + "more").build()).items()).isEmpty();
    }
  }

  @Test
  void fullBucketsAreSweptOut() throws Exception {
    String url = databases.empty();
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
    try (JdbcRateLimiter limiter =
        JdbcRateLimiter.builder(url, 1, Duration.ofSeconds(1)).clock(now::get).open()) {
      for (int i = 0; i < 255; i++) {
        limiter.tryAcquire("key " + i);
      }
      assertThat(buckets(url)).hasSize(255);
      now.updateAndGet(time -> time.plusSeconds(1));
      limiter.tryAcquire("last");
      assertThat(buckets(url)).containsExactly("last");
    }
  }

  @Test
  void aLimitThatWasChangedHoldsForBucketsThatAreThere() {
    String url = databases.empty();
    Instant now = Instant.parse("2026-11-21T12:00:00Z");
    try (JdbcRateLimiter wide =
            JdbcRateLimiter.builder(url, 100, Duration.ofHours(1)).clock(() -> now).open();
        JdbcRateLimiter narrow =
            JdbcRateLimiter.builder(url, 1, Duration.ofSeconds(10)).clock(() -> now).open()) {
      for (int i = 0; i < 100; i++) {
        assertThat(wide.tryAcquire("alice").allowed()).isTrue();
      }
      assertThat(narrow.tryAcquire("alice").retryAfter()).isEqualTo(Duration.ofSeconds(10));
    }
  }

  private static List<String> owners(String url) throws SQLException {
    return column(url, "SELECT name FROM cutline_owners");
  }

  private static List<String> buckets(String url) throws SQLException {
    return column(url, "SELECT bucket FROM cutline_rate_limits");
  }

  private static List<String> column(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      return new ArrayList<>(Jdbc.list(connection, row -> row.getString(1), sql));
    }
  }

  private static String pragma(Connection connection, String name) throws SQLException {
    return Jdbc.first(connection, row -> row.getString(1), "PRAGMA " + name).orElseThrow();
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
