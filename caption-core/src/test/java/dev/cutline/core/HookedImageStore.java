package dev.cutline.core;

import dev.cutline.ImageData;
import dev.cutline.ImageStore;
import dev.cutline.ObjectPage;
import dev.cutline.StoredObject;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** An image store with a hook around every operation. */
final class HookedImageStore implements ImageStore {
  private final ImageStore store;
  private final Hook hook;

  HookedImageStore(ImageStore store, Hook hook) {
    this.store = store;
    this.hook = hook;
  }

  @Override
  public void put(String key, ImageData image) {
    hooked(
        "images.put",
        () -> {
          store.put(key, image);
          return key;
        });
  }

  @Override
  public Optional<StoredObject> get(String key) {
    return hooked("images.get", () -> store.get(key));
  }

  @Override
  public boolean delete(String key) {
    return hooked("images.delete", () -> store.delete(key));
  }

  @Override
  public int deleteByPrefix(String prefix) {
    return hooked("images.deleteByPrefix", () -> store.deleteByPrefix(prefix));
  }

  @Override
  public ObjectPage list(String prefix, String cursor, int limit) {
    return hooked("images.list", () -> store.list(prefix, cursor, limit));
  }

  @Override
  public Optional<URI> presign(String key, Duration validity) {
    return hooked("images.presign", () -> store.presign(key, validity));
  }

  private <T> T hooked(String operation, Supplier<T> work) {
    hook.before(operation);
    T result = work.get();
    hook.after(operation);
    return result;
  }
}
