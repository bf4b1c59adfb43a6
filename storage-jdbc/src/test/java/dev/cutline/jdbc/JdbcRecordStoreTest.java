package dev.cutline.jdbc;

import dev.cutline.RecordStore;
import dev.cutline.tck.RecordStoreContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

/** The contract of record stores, on SQLite. */
class JdbcRecordStoreTest extends RecordStoreContract {
  @TempDir static Path folder;

  private String url = "";
  private InstantSource clock = InstantSource.system();

  @Override
  protected RecordStore open(InstantSource clock) {
    this.clock = clock;
    url = new Databases(folder).empty();
    return JdbcRecordStore.builder(url).clock(clock).open();
  }

  @Override
  protected RecordStore again(RecordStore store) {
    return JdbcRecordStore.builder(url).clock(clock).open();
  }
}
