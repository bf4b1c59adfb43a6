package dev.cutline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.ImageRecord;
import dev.cutline.RecordStore;
import dev.cutline.core.Cutline;
import dev.cutline.core.Upload;
import dev.cutline.core.store.MemoryImageStore;
import dev.cutline.jdbc.JdbcRecordStore;
import dev.cutline.palette.PaletteCaptioner;
import dev.cutline.testsupport.corpus.Corpus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A document in the database that is damaged does not keep the retention from its work. */
class DamagedRecordTest {
  @TempDir private Path folder;

  @Test
  void aDamagedRecordThatIsTooOldGoesWithItsObjectsAndSoDoTheOthers() throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("cutline.db");
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-08-01T12:00:00Z"));
    MemoryImageStore images = new MemoryImageStore();
    try (RecordStore records = JdbcRecordStore.builder(url).clock(now::get).open();
        Cutline cutline =
            Cutline.builder()
                .images(images)
                .records(records)
                .captioner("palette", PaletteCaptioner.ofDefaults())
                .clock(now::get)
                .retention(Duration.ofDays(90))
                .build()) {
      List<ImageRecord> old = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        old.add(upload(cutline, "alice"));
      }
      now.set(now.get().plus(Duration.ofDays(90)));
      ImageRecord young = upload(cutline, "alice");
      damage(url, old.get(0).id());

      assertThat(cutline.reconcile().expired()).isEqualTo(3);

      assertThat(cutline.find("alice", young.id())).isPresent();
      for (ImageRecord record : old) {
        assertThat(cutline.find("alice", record.id())).isEmpty();
      }
      assertThat(images.list("", null, 1000).items())
          .allMatch(item -> item.key().contains(young.id()));
      assertThat(cutline.reconcile().isEmpty()).isTrue();
    }
  }

  private static ImageRecord upload(Cutline cutline, String owner) {
    return cutline.upload(Upload.builder(owner, Corpus.bytes("jpeg/one-pixel.jpg")).build());
  }

  private static void damage(String url, String id) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement statement =
            connection.prepareStatement("UPDATE cutline_records SET document = '{' WHERE id = ?")) {
      statement.setString(1, id);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }
}
