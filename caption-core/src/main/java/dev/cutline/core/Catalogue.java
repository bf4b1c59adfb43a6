package dev.cutline.core;

import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.RecordStore;
import dev.cutline.StorageState;
import dev.cutline.VersionConflictException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The records that users see: those that are stored. Changes them by reading, deciding and writing,
 * and again from the start if somebody else was faster. Thread-safe.
 */
final class Catalogue {
  /**
   * Each of them means that somebody else did write: with a handful of writers at one record, this
   * is plenty.
   */
  static final int TRIES = 50;

  private final RecordStore records;
  private final Leases clock;

  Catalogue(RecordStore records, Leases clock) {
    this.records = records;
    this.clock = clock;
  }

  Optional<ImageRecord> find(String owner, String id) {
    return records.find(owner, id).filter(record -> record.storageState() == StorageState.STORED);
  }

  ImageRecord get(String owner, String id) {
    return find(owner, id).orElseThrow(() -> NotFoundException.image(id));
  }

  /**
   * Writes what {@code decide} makes of the record as it is now; nothing if that is no change. It
   * is asked again with the newer record if somebody else was faster.
   *
   * @throws NotFoundException if there is no such record any more
   * @throws VersionConflictException if somebody else was always faster
   */
  ImageRecord change(String owner, String id, UnaryOperator<Change> decide) {
    return change(get(owner, id), decide);
  }

  /**
   * The same for a record that was read before: nobody writes it in most cases, and then reading it
   * again is a call of the store for nothing. If somebody has, the store refuses what was made of
   * it.
   */
  ImageRecord change(ImageRecord known, UnaryOperator<Change> decide) {
    ImageRecord current = known;
    for (int tries = 1; ; tries++) {
      Change change = decide.apply(new Change(current, List.of()));
      if (change.record().equals(current) && change.added().isEmpty()) {
        return current;
      }
      try {
        return records.update(
            change.record().toBuilder().updatedAt(clock.now()).build(), change.added());
      } catch (VersionConflictException e) {
        if (tries == TRIES) {
          throw e;
        }
      }
      current = get(known.owner(), known.id());
    }
  }

  /**
   * A record as it is to be.
   *
   * @param record with the version that was read
   * @param added new versions of captions
   */
  record Change(ImageRecord record, List<CaptionVersion> added) {}
}
