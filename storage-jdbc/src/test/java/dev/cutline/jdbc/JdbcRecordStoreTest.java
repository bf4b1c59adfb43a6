package dev.cutline.jdbc;

import dev.cutline.RecordStore;
import dev.cutline.tck.RecordStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract of record stores, on SQLite. */
class JdbcRecordStoreTest extends RecordStoreContract {
  @TempDir static Path folder;

  private String url = "";

  @Override
  protected RecordStore open() {
    url = new Databases(folder).empty();
    return JdbcRecordStore.ofDefaults(url);
  }

  @Override
  protected RecordStore again(RecordStore store) {
    return JdbcRecordStore.ofDefaults(url);
  }
}
