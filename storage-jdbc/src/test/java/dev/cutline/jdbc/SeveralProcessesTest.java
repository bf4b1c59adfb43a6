package dev.cutline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.RecordQuery;
import dev.cutline.RecordStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share a database, and processes that die. */
class SeveralProcessesTest {
  @TempDir static Path folder;

  private final Databases databases = new Databases(folder);

  @Test
  void sixtyOfTheirOneHundredAndTwentyRequestsPass() throws Exception {
    String url = databases.empty();
    List<Child> children = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        children.add(Child.start("acquire", url, "40"));
      }
      startTogether(children);
      List<String> answers = new ArrayList<>();
      for (Child child : children) {
        answers.addAll(child.lines());
        assertThat(child.exitStatus()).isZero();
      }
      assertThat(answers).hasSize(120);
      assertThat(answers.stream().filter("true"::equals)).hasSize(60);
    } finally {
      close(children);
    }
  }

  @Test
  void allOfThemMayMakeTheDatabaseAtOnce() throws Exception {
    String url = databases.missing();
    int latest = JdbcSchema.of(url).latest();
    List<Child> children = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        children.add(Child.start("migrate", url));
      }
      startTogether(children);
      for (Child child : children) {
        assertThat(child.lines()).containsExactly(Integer.toString(latest));
        assertThat(child.exitStatus()).isZero();
      }
      assertThat(JdbcSchema.of(url).version()).isEqualTo(latest);
      try (Connection connection = DriverManager.getConnection(url)) {
        assertThat(
                Jdbc.list(
                    connection,
                    row -> row.getInt(1),
                    "SELECT version FROM cutline_schema_history WHERE version <> '0'"
                        + " ORDER BY installed_rank"))
            .isEqualTo(IntStream.rangeClosed(1, latest).boxed().toList());
      }
    } finally {
      close(children);
    }
  }

  @Test
  void writersOfSeveralProcessesAllSucceed() throws Exception {
    String url = databases.empty();
    List<Child> children = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        children.add(Child.start("write", url, Integer.toString(i * 1_000_000)));
      }
      startTogether(children);
      for (Child child : children) {
        for (int i = 0; i < 40; i++) {
          assertThat(child.line()).matches("(created|updated) \\d+");
        }
      }
    } finally {
      close(children);
    }
  }

  @Test
  void nothingAcknowledgedIsLostWhenAWriterIsKilled() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String url = databases.empty();
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      try (Child child = Child.start("write", url, Integer.toString(round * 1_000_000))) {
        child.line();
        child.go();
        for (int i = 0; i < 20 + random.nextInt(40); i++) {
          acknowledged.add(child.line());
        }
        Thread.sleep(0, random.nextInt(999_999));
        acknowledged.addAll(child.kill());
      }
    }
    assertSound(url);
    try (RecordStore store = JdbcRecordStore.ofDefaults(url)) {
      for (String line : acknowledged) {
        String[] words = line.split(" ", 2);
        int number = Integer.parseInt(words[1]);
        ImageRecord record = store.find("alice", Pictures.id(number)).orElseThrow();
        if (words[0].equals("updated")) {
          assertThat(record.title()).as("seed %d", seed).contains("captioned " + number);
        }
        // a record and its versions were written both or neither
        assertThat(store.captionVersions("alice", record.id()))
            .extracting(CaptionVersion::number)
            .isEqualTo(record.version() == 2 ? List.of(1L, 2L) : List.of());
      }
      assertThat(all(store, RecordQuery.builder("alice").text("captioned").limit(1000).build()))
          .isEqualTo(
              all(store, RecordQuery.builder("alice").limit(1000).build()).stream()
                  .filter(record -> record.version() == 2)
                  .toList());
    }
  }

  @Test
  void aWriterKilledInATransactionLeavesNothingBehind() throws Exception {
    String url = databases.empty();
    try (RecordStore store = JdbcRecordStore.ofDefaults(url)) {
      ImageRecord before = store.create(Pictures.stored(0).build());
      try (Child child = Child.start("hold", url, "1")) {
        assertThat(child.line()).isEqualTo("holding");
        assertThat(Files.size(Path.of(Databases.file(url) + "-wal"))).isPositive();
        assertThat(all(store, RecordQuery.builder("alice").build())).containsExactly(before);
        child.kill();
      }
      ImageRecord after = store.create(Pictures.stored(1).build());
      assertThat(all(store, RecordQuery.builder("alice").text("pic").build()))
          .containsExactly(after, before);
    }
    assertSound(url);
  }

  private static List<ImageRecord> all(RecordStore store, RecordQuery query) {
    List<ImageRecord> records = new ArrayList<>();
    String cursor = null;
    do {
      var page = store.query(query.toBuilder().cursor(cursor).build());
      records.addAll(page.items());
      cursor = page.nextCursor().orElse(null);
    } while (cursor != null);
    return records;
  }

  private static void startTogether(List<Child> children) throws Exception {
    for (Child child : children) {
      assertThat(child.line()).isEqualTo("ready");
    }
    for (Child child : children) {
      child.go();
    }
  }

  private static void close(List<Child> children) throws Exception {
    for (Child child : children) {
      child.close();
    }
  }

  private static void assertSound(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThat(Jdbc.list(connection, row -> row.getString(1), "PRAGMA integrity_check"))
          .containsExactly("ok");
      assertThat(Jdbc.list(connection, row -> row.getString(1), "PRAGMA foreign_key_check"))
          .isEmpty();
      Jdbc.execute(
          connection, "INSERT INTO cutline_terms (cutline_terms) VALUES ('integrity-check')");
    }
  }
}
