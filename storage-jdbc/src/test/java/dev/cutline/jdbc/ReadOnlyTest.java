package dev.cutline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.RecordQuery;
import dev.cutline.RecordStore;
import dev.cutline.Settings;
import dev.cutline.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be had of a database that nothing can be written to. */
class ReadOnlyTest {
  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void fill() throws IOException {
    // What has a meaning in the address of a file has none in its name.
    Path place = Files.createDirectory(folder.resolve("50%41 &=# größer"));
    file = place.resolve("made.db");
    try (RecordStore store = JdbcRecordStore.ofDefaults(Databases.url(file))) {
      store.create(Pictures.stored(1).build());
    }
  }

  @Test
  void findsEverythingAndLeavesNothingBeside() throws IOException {
    Map<String, String> settings = Map.of("url", Databases.url(file), "read-only", "true");
    try (RecordStore store = new JdbcRecordStoreProvider().create(Settings.of(settings))) {
      assertThat(store.find("alice", Pictures.id(1))).isPresent();
      assertThat(store.query(RecordQuery.builder("alice").build()).items()).hasSize(1);
      assertThat(files(file.getParent())).isOne();
    }
  }

  @Test
  void refusesWhateverWouldWrite() {
    try (RecordStore store = open(file)) {
      assertDenied(() -> store.create(Pictures.stored(2).build()));
      assertDenied(
          () -> store.update(store.find("alice", Pictures.id(1)).orElseThrow(), List.of()));
      assertThat(store.query(RecordQuery.builder("alice").build()).items()).hasSize(1);
    }
  }

  @Test
  void findsWhatAWriterHasWrittenToTheLog() {
    try (RecordStore writer = JdbcRecordStore.ofDefaults(Databases.url(file))) {
      writer.create(Pictures.stored(2).build());
      assertThat(file.resolveSibling("made.db-wal")).isNotEmptyFile();
      try (RecordStore reader = open(file)) {
        assertThat(reader.find("alice", Pictures.id(2))).isPresent();
        writer.create(Pictures.stored(3).build());
        assertThat(reader.find("alice", Pictures.id(3))).as("no longer alone").isPresent();
        assertDenied(() -> reader.create(Pictures.stored(4).build()));
      }
    }
  }

  @Test
  void losesNothingThatAKilledProcessHasLeftInTheLog() throws IOException {
    Path copy = folder.resolve("copy.db");
    try (RecordStore writer = JdbcRecordStore.ofDefaults(Databases.url(file))) {
      writer.create(Pictures.stored(2).build());
      Files.copy(file, copy);
      Files.copy(file.resolveSibling("made.db-wal"), folder.resolve("copy.db-wal"));
      Files.copy(file.resolveSibling("made.db-shm"), folder.resolve("copy.db-shm"));
    }
    try (RecordStore reader = open(copy)) {
      assertThat(reader.find("alice", Pictures.id(2))).isPresent();
    }
    Files.delete(folder.resolve("copy.db-shm"));
    assertDenied(() -> open(copy).close()).hasMessageContaining("the log of " + copy);
  }

  @Test
  void makesNoDatabaseAndNoNewerSchema() {
    Path missing = folder.resolve("none/cutline.db");
    assertDenied(() -> open(missing).close()).hasMessageContaining("there is no database");
    assertThat(missing.getParent()).doesNotExist();

    JdbcSchema schema = JdbcSchema.of(Databases.url(file));
    int left = schema.undo(false).orElseThrow();
    assertDenied(() -> open(file).close())
        .hasMessageContaining("schema version " + left)
        .hasMessageContaining("open it once where it can be written to");
    assertThat(schema.version()).isEqualTo(left);
  }

  private static RecordStore open(Path file) {
    return JdbcRecordStore.builder(Databases.url(file)).readOnly(true).open();
  }

  private static AbstractThrowableAssert<?, ?> assertDenied(ThrowingCallable work) {
    StoreException thrown = catchThrowableOfType(StoreException.class, work);
    assertThat(thrown).isNotNull();
    assertThat(thrown.kind()).isEqualTo(StoreException.Kind.DENIED);
    return assertThat(thrown);
  }

  private static long files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    }
  }
}
