package dev.cutline.core.store;

import dev.cutline.ImageStore;
import dev.cutline.tck.ImageStoreContract;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class FileImageStoreTest extends ImageStoreContract {
  @TempDir private Path folder;
  private final Map<ImageStore, Path> folders = new HashMap<>();

  @Override
  protected ImageStore open() {
    return open(folder.resolve("objects" + folders.size()));
  }

  @Override
  protected ImageStore again(ImageStore store) {
    return open(folders.get(store));
  }

  private ImageStore open(Path objects) {
    ImageStore store = FileImageStore.open(objects);
    folders.put(store, objects);
    return store;
  }
}
