package dev.cutline.core.store;

import dev.cutline.ImageData;
import dev.cutline.ImageStore;
import dev.cutline.ObjectPage;
import dev.cutline.StoredObject;
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
    objects.put(StoreKeys.key(key), image);
  }

  @Override
  public Optional<StoredObject> get(String key) {
    return Optional.ofNullable(objects.get(StoreKeys.key(key)))
        .map(
            image -> StoredObject.of(image.openStream(), image.size(), image.format().mediaType()));
  }

  @Override
  public boolean delete(String key) {
    return objects.remove(StoreKeys.key(key)) != null;
  }

  @Override
  public int deleteByPrefix(String prefix) {
    StoreKeys.deletePrefix(prefix);
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
    StoreKeys.listPrefix(prefix);
    StoreKeys.limit(limit);
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
    StoreKeys.key(key);
    StoreKeys.validity(validity);
    return Optional.empty();
  }
}
