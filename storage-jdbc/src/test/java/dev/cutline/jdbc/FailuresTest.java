package dev.cutline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.CaptionReply;
import dev.cutline.DamagedRecord;
import dev.cutline.ImageRecord;
import dev.cutline.RecordPage;
import dev.cutline.RecordQuery;
import dev.cutline.RecordStore;
import dev.cutline.StorageState;
import dev.cutline.StoreException;
import dev.cutline.StoreException.Kind;
import dev.cutline.Tombstone;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with a database, and what callers are told. */
class FailuresTest {
  @TempDir static Path folder;

  private final Databases databases = new Databases(folder);
  private final String url = databases.empty();

  @Test
  void aFullDiskIsToldAndLeavesWhatWasThere() {
    Database database =
        Database.open(limited("PRAGMA max_page_count = 120"), 2, Duration.ofSeconds(5));
    RecordTable records = new RecordTable(database.dialect(), new Owners(database.dialect()));
    List<ImageRecord> stored = new ArrayList<>();
    try (database) {
      assertFails(
          Kind.FULL,
          () -> {
            for (int i = 0; i < 10_000; i++) {
              ImageRecord record = Pictures.stored(i).description("x".repeat(2_000)).build();
              stored.add(database.write(connection -> records.create(connection, record)));
            }
          });
      assertFails(
          Kind.FULL,
          () ->
              database.write(
                  connection ->
                      records.create(
                          connection,
                          Pictures.stored(99_999).description("x".repeat(500_000)).build())));
    }
    assertThat(stored).isNotEmpty();
    try (RecordStore store = JdbcRecordStore.ofDefaults(url)) {
      List<ImageRecord> found = new ArrayList<>();
      store.query(RecordQuery.builder("alice").limit(1000).build()).items().forEach(found::add);
      assertThat(found).containsExactlyInAnyOrderElementsOf(stored);
      // and there is room again, so it goes on
      store.create(Pictures.stored(stored.size()).build());
    }
  }

  @Test
  void whatMayNotBeWrittenIsToldButCanBeRead() {
    try (RecordStore store = JdbcRecordStore.ofDefaults(url)) {
      store.create(Pictures.stored(1).build());
    }
    try (Database database =
        Database.open(limited("PRAGMA query_only = ON"), 1, Duration.ofSeconds(5))) {
      RecordTable records = new RecordTable(database.dialect(), new Owners(database.dialect()));
      assertThat(
              database.<Boolean>read(
                  connection -> records.find(connection, "alice", Pictures.id(1)).isPresent()))
          .isTrue();
      assertFails(
          Kind.DENIED,
          () ->
              database.write(connection -> records.create(connection, Pictures.stored(2).build())));
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsTold() throws Exception {
    Path file = folder.resolve("text.db");
    Files.writeString(file, "This is a letter to my aunt. ".repeat(100));
    byte[] before = Files.readAllBytes(file);

    assertFails(Kind.CORRUPT, () -> JdbcRecordStore.ofDefaults(Databases.url(file)));

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aDamagedDatabaseIsTold() throws Exception {
    try (JdbcRecordStore store = JdbcRecordStore.ofDefaults(url)) {
      List<ImageRecord> records = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        records.add(Pictures.stored(i).description("word" + i).build());
      }
      store.createAll(records);
    }
    try (RandomAccessFile file = new RandomAccessFile(Databases.file(url).toFile(), "rw")) {
      byte[] noise = new byte[4096];
      Arrays.fill(noise, (byte) 0x5a);
      // all pages but those of the schema
      for (long page = 20; (page + 1) * 4096 < file.length(); page++) {
        file.seek(page * 4096);
        file.write(noise);
      }
    }
    assertFails(
        Kind.CORRUPT,
        () -> {
          try (RecordStore store = JdbcRecordStore.ofDefaults(url)) {
            for (int i = 0; i < 300; i++) {
              store.find("alice", Pictures.id(i));
            }
          }
        });
  }

  @Test
  void aDamagedRecordIsNamed() throws Exception {
    for (String document :
        List.of(
            "",
            "{",
            "null",
            "[]",
            "{\"format\":\"PNG\",\"sha256\":7}",
            "{\"format\":\"BMP\",\"sha256\":\"\"}",
            "{\"format\":\"PNG\",\"sha256\":\"\",\"languages\":[]}",
            "{\"format\":\"PNG\",\"sha256\":\"\",\"languages\":[\"en\"],\"styles\":[\"loud\"]}")) {
      String damaged = databases.empty();
      try (RecordStore store = JdbcRecordStore.ofDefaults(damaged)) {
        store.create(Pictures.stored(1).build());
        try (Connection connection = DriverManager.getConnection(damaged)) {
          Jdbc.update(connection, "UPDATE cutline_records SET document = ?", document);
        }
        assertFails(Kind.CORRUPT, () -> store.find("alice", Pictures.id(1)));
        assertThatThrownBy(() -> store.query(RecordQuery.builder("alice").build()))
            .hasMessageContaining(Pictures.id(1));
      }
    }
  }

  @Test
  void aDamagedRecordHoldsUpNoPageOverAllOwnersAndCanBeDeletedUnread() throws Exception {
    try (RecordStore store = JdbcRecordStore.ofDefaults(url)) {
      for (int i = 1; i <= 5; i++) {
        store.create(Pictures.stored(i).build());
      }
      damage(2);
      damage(3);

      List<String> readable = new ArrayList<>();
      List<DamagedRecord> damaged = new ArrayList<>();
      forEachPage(
          cursor -> store.createdBefore(Instant.MAX, cursor, 1),
          page -> {
            page.items().forEach(record -> readable.add(record.id()));
            damaged.addAll(page.damaged());
          });

      assertThat(readable).containsExactly(Pictures.id(1), Pictures.id(4), Pictures.id(5));
      assertThat(damaged).extracting(DamagedRecord::id).containsExactly(id(2), id(3));
      DamagedRecord second = damaged.get(0);
      assertThat(second.owner()).isEqualTo("alice");
      assertThat(second.version()).isEqualTo(1);
      assertThat(second.problem())
          .as("for one line of a log")
          .startsWith("no JSON")
          .doesNotContain("\n");
      assertThat(store.pendingCaptions(null, 10).items()).hasSize(3);
      assertThat(store.pendingCaptions(null, 10).damaged()).isEqualTo(damaged);

      store.delete(second.owner(), second.id(), second.version(), Instant.EPOCH);

      assertThat(store.find("alice", id(2))).isEmpty();
      assertThat(store.tombstones(Instant.EPOCH, 10))
          .containsExactly(new Tombstone("alice", id(2), Instant.EPOCH));
      assertThat(store.createdBefore(Instant.MAX, null, 10).damaged()).hasSize(1);
      assertFails(Kind.CORRUPT, () -> store.find("alice", id(3)));
    }
  }

  @Test
  void aDamagedRecordThatIsHalfDoneIsToldAmongThem() throws Exception {
    try (RecordStore store = JdbcRecordStore.ofDefaults(url)) {
      for (int i = 1; i <= 3; i++) {
        store.create(Pictures.stored(i).storageState(StorageState.DELETING).build());
      }
      damage(2);

      List<String> found = new ArrayList<>();
      forEachPage(
          cursor -> store.unsettled(Instant.EPOCH, cursor, 1),
          page -> {
            page.items().forEach(record -> found.add(record.id()));
            page.damaged().forEach(record -> found.add("damaged " + record.id()));
          });

      assertThat(found).containsExactly(id(1), "damaged " + id(2), id(3));
    }
  }

  @Test
  void aStateThatNobodyKnowsIsNoDamageToBeClearedAway() throws Exception {
    try (RecordStore store = JdbcRecordStore.ofDefaults(url)) {
      store.create(Pictures.stored(1).build());
      try (Connection connection = DriverManager.getConnection(url)) {
        Jdbc.update(connection, "UPDATE cutline_records SET storage_state = 'OF_A_LATER_VERSION'");
      }
      assertFails(Kind.CORRUPT, () -> store.unsettled(Instant.EPOCH, null, 10));
    }
  }

  private void damage(int number) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      Jdbc.update(connection, "UPDATE cutline_records SET document = '{' WHERE id = ?", id(number));
    }
  }

  private static String id(int number) {
    return Pictures.id(number);
  }

  private static void forEachPage(
      Function<@Nullable String, RecordPage> pages, Consumer<RecordPage> use) {
    String cursor = null;
    do {
      RecordPage page = pages.apply(cursor);
      use.accept(page);
      cursor = page.nextCursor().orElse(null);
    } while (cursor != null);
  }

  @Test
  void aDamagedAnswerIsTold() throws Exception {
    try (RecordStore store = JdbcRecordStore.ofDefaults(url)) {
      store.captionCache().put("alice", "key", CaptionReply.builder("model").build());
      try (Connection connection = DriverManager.getConnection(url)) {
        Jdbc.execute(
            connection,
            "UPDATE cutline_cached_captions SET document = '{\"model\":\"m\",\"texts\":{\"x\":\"\"}}'");
      }
      assertFails(Kind.CORRUPT, () -> store.captionCache().find("alice", "key"));
    }
  }

  @Test
  void tablesThatAreGoneAreTold() {
    try (RecordStore store = JdbcRecordStore.ofDefaults(url)) {
      JdbcSchema schema = JdbcSchema.of(url);
      while (schema.undo(true).isPresent()) {
        assertThat(schema.version()).isLessThan(schema.latest());
      }
      assertFails(Kind.CORRUPT, () -> store.create(Pictures.stored(1).build()));
    }
  }

  @Test
  void aLockThatIsNeverFreedIsToldInTheEnd() throws Exception {
    try (RecordStore store =
            JdbcRecordStore.builder(url).busyTimeout(Duration.ofMillis(50)).open();
        Connection other = DriverManager.getConnection(url)) {
      ImageRecord record = store.create(Pictures.stored(1).build());
      Jdbc.execute(other, "BEGIN IMMEDIATE");

      assertFails(Kind.UNAVAILABLE, () -> store.create(Pictures.stored(2).build()));
      assertThat(store.find("alice", record.id())).contains(record);

      Jdbc.execute(other, "ROLLBACK");
      store.create(Pictures.stored(2).build());
    }
  }

  @Test
  void aWriterWaitsForAnother() throws Exception {
    try (RecordStore store = JdbcRecordStore.ofDefaults(url);
        Connection other = DriverManager.getConnection(url)) {
      Jdbc.execute(other, "BEGIN IMMEDIATE");
      AtomicReference<ImageRecord> created = new AtomicReference<>();
      Thread writer = new Thread(() -> created.set(store.create(Pictures.stored(1).build())));
      writer.start();
      writer.join(100);
      assertThat(created.get()).isNull();

      Jdbc.execute(other, "COMMIT");
      writer.join();
      assertThat(store.find("alice", Pictures.id(1))).contains(created.get());
    }
  }

  @Test
  void aThreadThatIsInterruptedStopsWaiting() throws Exception {
    try (Database database =
        Database.open(limited("PRAGMA cache_size = -2000"), 2, Duration.ofMinutes(5))) {
      whileAnother(
          database::write,
          () -> {
            Thread.currentThread().interrupt();
            assertFails(Kind.UNAVAILABLE, () -> database.write(connection -> true));
            assertThat(Thread.interrupted()).isTrue();
          });
    }
  }

  @Test
  void aConnectionThatNobodyGivesBackIsToldInTheEnd() throws Exception {
    try (Database database =
        Database.open(limited("PRAGMA cache_size = -2000"), 1, Duration.ofMillis(50))) {
      whileAnother(
          database::read,
          () -> assertFails(Kind.UNAVAILABLE, () -> database.read(connection -> true)));
      assertThat(database.<Boolean>read(connection -> true)).isTrue();
    }
  }

  /** Does something while another thread is at work with the database. */
  private static void whileAnother(Consumer<Database.Work<Boolean>> atWork, Runnable action)
      throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    Thread other =
        new Thread(
            () ->
                atWork.accept(
                    connection -> {
                      begun.countDown();
                      awaitQuietly(done);
                      return true;
                    }));
    other.start();
    begun.await();
    action.run();
    done.countDown();
    other.join();
  }

  @Test
  void aClosedStoreSaysSo() {
    RecordStore store = JdbcRecordStore.ofDefaults(url);
    store.close();
    assertFails(Kind.UNAVAILABLE, () -> store.find("alice", Pictures.id(1)));
    assertFails(Kind.UNAVAILABLE, () -> store.create(Pictures.stored(1).build()));
  }

  @Test
  void closingLeavesNoFileBesideTheDatabase() {
    try (RecordStore store = JdbcRecordStore.ofDefaults(url)) {
      store.create(Pictures.stored(1).build());
      assertThat(Path.of(Databases.file(url) + "-wal")).exists();
    }
    assertThat(Path.of(Databases.file(url) + "-wal")).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeIsTold() throws Exception {
    Path file = folder.resolve("a-file");
    Files.writeString(file, "no folder");
    assertFails(
        Kind.DENIED, () -> JdbcRecordStore.ofDefaults(Databases.url(file.resolve("cutline.db"))));
    assertFails(
        Kind.DENIED,
        () -> JdbcRecordStore.ofDefaults(Databases.url(file.resolve("sub/cutline.db"))));
    assertFails(Kind.DENIED, () -> JdbcRecordStore.ofDefaults(Databases.url(folder)));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void assertFails(Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
  }

  /** Returns the dialect of SQLite whose connections are held to something. */
  private Dialect limited(String pragma) {
    Dialect sqlite = JdbcSettings.dialect(url, Duration.ofMillis(200));
    return (Dialect)
        Proxy.newProxyInstance(
            Dialect.class.getClassLoader(),
            new Class<?>[] {Dialect.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(sqlite, arguments);
                if (result instanceof Connection connection) {
                  Jdbc.execute(connection, pragma);
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
