package dev.cutline.core;

import dev.cutline.ImageData;
import dev.cutline.ImageRecord;
import dev.cutline.ImageStore;
import dev.cutline.RecordStore;
import dev.cutline.StorageState;
import dev.cutline.StoreException;
import dev.cutline.VersionConflictException;
import dev.cutline.imaging.Renditions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the objects of a received record into the image store, under its lease, and acknowledges the
 * upload. If that fails, everything is taken back; if even that fails, {@link Reconciler} finds the
 * record. Thread-safe.
 */
final class StoreStep {
  private static final Logger LOG = LoggerFactory.getLogger(StoreStep.class);

  private final ImageStore images;
  private final RecordStore records;
  private final Leases leases;
  private final Deletion deletion;
  private final Progress progress;

  StoreStep(
      ImageStore images, RecordStore records, Leases leases, Deletion deletion, Progress progress) {
    this.images = images;
    this.records = records;
    this.leases = leases;
    this.deletion = deletion;
    this.progress = progress;
  }

  /**
   * Returns the record, stored.
   *
   * @throws StoreException if a store failed, or somebody else took the record for abandoned
   */
  ImageRecord store(ImageRecord received, ImageData original, Renditions renditions) {
    Claim claim = new Claim(records, leases, received);
    try {
      put(claim, Rendition.ORIGINAL, original, Step.ORIGINAL_STORED);
      put(claim, Rendition.THUMBNAIL, renditions.thumbnail(), Step.THUMBNAIL_STORED);
      put(claim, Rendition.SQUARE, renditions.square(), Step.SQUARE_STORED);
      return acknowledged(claim.stored());
    } catch (RuntimeException e) {
      return recover(claim, e);
    }
  }

  private void put(Claim claim, Rendition rendition, ImageData picture, Step step) {
    claim.keep();
    ImageRecord record = claim.record();
    String key = ObjectKeys.of(record.owner(), record.id(), rendition, record.format());
    images.put(key, picture);
    progress.done(record.owner(), record.id(), step, key);
  }

  private ImageRecord acknowledged(ImageRecord stored) {
    progress.done(stored.owner(), stored.id(), Step.STORED, null);
    return stored;
  }

  private ImageRecord recover(Claim claim, RuntimeException failure) {
    // An interrupt is most likely what made the store fail. It must not make the undoing fail too.
    boolean interrupted = Thread.interrupted();
    try {
      Optional<ImageRecord> current = records.find(claim.record().owner(), claim.record().id());
      if (current.isPresent() && current.get().storageState() == StorageState.STORED) {
        // Only we could do that: it was done, and only the answer was lost.
        LOG.debug("{} was stored all the same", claim.record().id(), failure);
        return acknowledged(current.get());
      }
      undo(claim, current);
    } catch (RuntimeException e) {
      if (!e.equals(failure)) {
        failure.addSuppressed(e);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    throw failure instanceof VersionConflictException ? lost(claim, failure) : failure;
  }

  private void undo(Claim claim, Optional<ImageRecord> current) {
    if (current.isPresent() && holds(claim, current.get())) {
      deletion.finish(deletion.mark(current.get()));
    } else {
      // Somebody has taken over and perhaps been here before our last object was.
      images.deleteByPrefix(ObjectKeys.ofImage(claim.record().owner(), claim.record().id()));
    }
  }

  private static boolean holds(Claim claim, ImageRecord current) {
    return current.storageState() == StorageState.RECEIVED
        && current.lease().filter(lease -> lease.token().equals(claim.token())).isPresent();
  }

  private static StoreException lost(Claim claim, RuntimeException cause) {
    return new StoreException(
        StoreException.Kind.UNAVAILABLE,
        "storing picture "
            + claim.record().id()
            + " took so long that it was taken for abandoned and undone; upload it again",
        cause);
  }
}
