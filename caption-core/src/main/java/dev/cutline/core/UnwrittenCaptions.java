package dev.cutline.core;

import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.ImageStore;
import dev.cutline.ObjectPage;
import dev.cutline.StoredObject;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where captions wait that the record store does not take: the image store, which is another
 * system, or at least other files, is there wherever Cutline runs, and is seen by every process
 * that may reconcile. Each lies under a key of its own, so none takes the place of another.
 * Thread-safe.
 */
final class UnwrittenCaptions {
  private static final Logger LOG = LoggerFactory.getLogger(UnwrittenCaptions.class);
  private static final int PAGE = 100;

  private final ImageStore images;
  private final ImageIds ids;

  UnwrittenCaptions(ImageStore images, ImageIds ids) {
    this.images = images;
    this.ids = ids;
  }

  /** Keeps captions; tells whether that went well. */
  boolean keep(Unwritten captions) {
    String key = ObjectKeys.ofUnwritten(captions.owner()) + captions.imageId() + "-" + ids.next();
    try {
      // An image store takes pictures only. It does not look at them, and nobody is given a link.
      images.put(key, ImageData.wrap(UnwrittenFormat.write(captions), ImageFormat.PNG, 1, 1));
      return true;
    } catch (RuntimeException e) { // of a store of others, too: the captions must reach the caller
      LOG.warn("captions of {} cannot be kept: {}", captions.imageId(), e.getMessage());
      return false;
    }
  }

  /**
   * Returns the keys of a hundred that wait, those of one picture in the order in which they came.
   */
  ObjectPage page(@Nullable String cursor) {
    return images.list(ObjectKeys.UNWRITTEN, cursor, PAGE);
  }

  /** Returns what lies under a key; empty if it is gone, or nobody can read it. */
  Optional<Unwritten> read(String key) {
    try (StoredObject object = images.get(key).orElse(null)) {
      return object == null
          ? Optional.empty()
          : Optional.of(UnwrittenFormat.read(object.readAll()));
    } catch (IOException e) {
      LOG.warn("captions under {} cannot be read and are dropped: {}", key, e.getMessage());
      return Optional.empty();
    }
  }

  void forget(String key) {
    images.delete(key);
  }

  /** Forgets what waits for an owner's records. */
  void forgetOwner(String owner) {
    images.deleteByPrefix(ObjectKeys.ofUnwritten(owner));
  }
}
