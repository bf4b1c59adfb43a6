package dev.cutline.storage.dynamodb;

import dev.cutline.RecordStore;
import dev.cutline.tck.RecordStoreContract;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

class DynamoDbRecordStoreTest extends RecordStoreContract {
  private final Map<RecordStore, Runner> opened = new ConcurrentHashMap<>();

  private record Runner(String table, InstantSource clock) {
    RecordStore open() {
      return DynamoDbRecordStore.builder(Tables.CLIENT, table).clock(clock).open();
    }
  }

  @Override
  protected RecordStore open(InstantSource clock) {
    Runner runner = new Runner(Tables.fresh(), clock);
    RecordStore store = runner.open();
    opened.put(store, runner);
    return store;
  }

  @Override
  protected RecordStore again(RecordStore store) {
    return Objects.requireNonNull(opened.get(store)).open();
  }
}
