package dev.cutline.core.store;

import dev.cutline.RecordStore;
import dev.cutline.tck.RecordStoreContract;
import java.time.InstantSource;

class MemoryRecordStoreTest extends RecordStoreContract {
  @Override
  protected RecordStore open(InstantSource clock) {
    return new MemoryRecordStore(clock);
  }
}
