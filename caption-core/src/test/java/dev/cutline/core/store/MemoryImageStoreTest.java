package dev.cutline.core.store;

import dev.cutline.ImageStore;
import dev.cutline.tck.ImageStoreContract;

class MemoryImageStoreTest extends ImageStoreContract {
  @Override
  protected ImageStore open() {
    return new MemoryImageStore();
  }
}
