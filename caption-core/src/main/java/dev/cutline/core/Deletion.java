package dev.cutline.core;

import dev.cutline.DamagedRecord;
import dev.cutline.ImageRecord;
import dev.cutline.ImageStore;
import dev.cutline.RecordQuery;
import dev.cutline.RecordStore;
import dev.cutline.StorageState;
import dev.cutline.VersionConflictException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes a picture so that a crash at any point leaves something to go on from: the record is
 * marked, the objects go, the record goes, a tombstone stays. Thread-safe.
 */
final class Deletion {
  private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);

  private static final int PAGE = 100;

  private final ImageStore images;
  private final RecordStore records;
  private final Leases leases;
  private final UnwrittenCaptions unwritten;
  private final Progress progress;

  Deletion(
      ImageStore images,
      RecordStore records,
      Leases leases,
      UnwrittenCaptions unwritten,
      Progress progress) {
    this.images = images;
    this.records = records;
    this.leases = leases;
    this.unwritten = unwritten;
    this.progress = progress;
  }

  /**
   * Deletes a stored picture.
   *
   * @throws NotFoundException if there is none
   */
  void delete(Catalogue catalogue, String owner, String id) {
    for (int tries = 1; ; tries++) {
      ImageRecord record = catalogue.get(owner, id);
      ImageRecord marked;
      try {
        marked = mark(record);
      } catch (VersionConflictException e) {
        if (tries == Catalogue.TRIES) {
          throw e;
        }
        continue;
      }
      finish(marked);
      return;
    }
  }

  /** Deletes everything of an owner; returns how many pictures there were. */
  long deleteAll(Catalogue catalogue, String owner) {
    long deleted = 0;
    List<ImageRecord> page;
    do {
      page = records.query(RecordQuery.builder(owner).limit(PAGE).build()).items();
      for (ImageRecord record : page) {
        try {
          delete(catalogue, owner, record.id());
          deleted++;
        } catch (NotFoundException e) {
          LOG.debug("{} is deleted by somebody else", record.id());
        }
      }
    } while (!page.isEmpty());
    unwritten.forgetOwner(owner);
    records.captionCache().deleteOwner(owner);
    return deleted;
  }

  /**
   * Marks a record in any state and takes its work over.
   *
   * @throws VersionConflictException if it was changed since it was read
   */
  ImageRecord mark(ImageRecord record) {
    ImageRecord marked =
        records.update(
            record.toBuilder()
                .storageState(StorageState.DELETING)
                .lease(leases.next())
                .updatedAt(leases.now())
                .build(),
            List.of());
    progress.done(record.owner(), record.id(), Step.DELETING, null);
    return marked;
  }

  /** Deletes the objects and the record of a marked one; returns how many objects there were. */
  int finish(ImageRecord marked) {
    return finish(marked.owner(), marked.id(), marked.version());
  }

  /**
   * Deletes the objects and the record of one that nobody can read, and so nobody can mark; returns
   * how many objects there were. Stopped half-way, it is as it was, without its objects.
   */
  int finish(DamagedRecord damaged) {
    return finish(damaged.owner(), damaged.id(), damaged.version());
  }

  private int finish(String owner, String id, long version) {
    int objects = images.deleteByPrefix(ObjectKeys.ofImage(owner, id));
    progress.done(owner, id, Step.OBJECTS_DELETED, objects + " objects");
    try {
      records.delete(owner, id, version, leases.tombstoneUntil());
    } catch (VersionConflictException e) {
      // We were slow and somebody took over: what they do is the same.
      LOG.debug("deletion of {} is finished by somebody else", id);
      return objects;
    }
    progress.done(owner, id, Step.DELETED, null);
    return objects;
  }
}
