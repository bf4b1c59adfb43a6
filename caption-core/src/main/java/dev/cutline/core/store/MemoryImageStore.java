package dev.cutline.core.store;

import dev.cutline.ImageData;
import dev.cutline.ImageStore;
import dev.cutline.ObjectPage;
import dev.cutline.StoredObject;
import dev.cutline.spi.StoreArguments;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pictures in the memory of this process: for tests and for work whose results are not kept.
 * Everything is gone with the instance, so the promise of {@link ImageStore} to survive a crash is
 * the one that it cannot keep. There is nothing to link to. Thread-safe.
 */
public final class MemoryImageStore implements ImageStore {
  private final NavigableMap<String, ImageData> objects = new ConcurrentSkipListMap<>();

  /** Makes an empty store. */
  public MemoryImageStore() {}

  @Override
  public void put(String key, ImageData image) {
    objects.put(StoreArguments.key(key), image);
  }

  @Override
  public Optional<StoredObject> get(String key) {
    return Optional.ofNullable(objects.get(StoreArguments.key(key)))
        .map(
            image -> StoredObject.of(image.openStream(), image.size(), image.format().mediaType()));
  }

  @Override
  public boolean delete(String key) {
    return objects.remove(StoreArguments.key(key)) != null;
  }

  @Override
  public int deleteByPrefix(String prefix) {
    StoreArguments.deletePrefix(prefix);
    int deleted = 0;
    for (String key : objects.tailMap(prefix).keySet()) {
      if (!key.startsWith(prefix)) {
        break;
      }
      if (objects.remove(key) != null) {
        deleted++;
      }
    }
    return deleted;
  }

  @Override
  public ObjectPage list(String prefix, @Nullable String cursor, int limit) {
    StoreArguments.listPrefix(prefix);
    StoreArguments.limit(limit);
    List<ObjectPage.Item> items = new ArrayList<>();
    NavigableMap<String, ImageData> rest =
        cursor == null || cursor.compareTo(prefix) < 0
            ? objects.tailMap(prefix, true)
            : objects.tailMap(cursor, false);
    for (Map.Entry<String, ImageData> entry : rest.entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        break;
      }
      if (items.size() == limit) {
        return ObjectPage.of(items, items.get(limit - 1).key());
      }
      items.add(new ObjectPage.Item(entry.getKey(), entry.getValue().size()));
    }
    return ObjectPage.of(items, null);
  }

  @Override
  public Optional<URI> presign(String key, Duration validity) {
    StoreArguments.key(key);
    StoreArguments.validity(validity);
    return Optional.empty();
  }
}
