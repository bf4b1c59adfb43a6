package dev.cutline.core.store;

import dev.cutline.RecordStore;
import dev.cutline.tck.RecordStoreContract;

class MemoryRecordStoreTest extends RecordStoreContract {
  @Override
  protected RecordStore open() {
    return new MemoryRecordStore();
  }
}
