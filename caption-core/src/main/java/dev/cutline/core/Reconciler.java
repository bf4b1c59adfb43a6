package dev.cutline.core;

import dev.cutline.ImageRecord;
import dev.cutline.ImageStore;
import dev.cutline.RecordPage;
import dev.cutline.RecordStore;
import dev.cutline.StorageState;
import dev.cutline.StoreException;
import dev.cutline.Tombstone;
import dev.cutline.VersionConflictException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes or undoes what a crash left half done. Whoever settles a record takes it over first, by
 * an update that only one can win, so any number of these may run at once, beside processes that
 * upload and delete. Thread-safe.
 */
final class Reconciler {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final int PAGE = 100;

  private final ImageStore images;
  private final RecordStore records;
  private final Leases leases;
  private final Deletion deletion;

  Reconciler(ImageStore images, RecordStore records, Leases leases, Deletion deletion) {
    this.images = images;
    this.records = records;
    this.leases = leases;
    this.deletion = deletion;
  }

  ReconcileReport run() {
    Tally tally = new Tally();
    Instant now = leases.now();
    settleAll(now, tally);
    buryAll(now, tally);
    ReconcileReport report = tally.report();
    if (!report.isEmpty()) {
      LOG.info("reconciled: {}", report);
    }
    return report;
  }

  private void settleAll(Instant now, Tally tally) {
    String cursor = null;
    do {
      RecordPage page = records.unsettled(now, cursor, PAGE);
      page.items().forEach(record -> settle(record, tally));
      cursor = page.nextCursor().orElse(null);
    } while (cursor != null);
  }

  private void settle(ImageRecord record, Tally tally) {
    try {
      tally.objectsDeleted += deletion.finish(deletion.mark(record));
    } catch (VersionConflictException e) {
      LOG.debug("{} is settled by somebody else", record.id());
      return;
    } catch (StoreException e) {
      LOG.warn("{} of {} cannot be settled yet: {}", record.id(), record.owner(), e.getMessage());
      tally.left++;
      return;
    }
    if (record.storageState() == StorageState.RECEIVED) {
      tally.undone++;
    } else {
      tally.finished++;
    }
  }

  private void buryAll(Instant now, Tally tally) {
    List<Tombstone> due;
    do {
      due = records.tombstones(now, PAGE);
      for (Tombstone tombstone : due) {
        if (!bury(tombstone, tally)) {
          // The store is not well; asking for the next ones would give the same again.
          return;
        }
      }
    } while (due.size() == PAGE);
  }

  private boolean bury(Tombstone tombstone, Tally tally) {
    try {
      // What a writer that was too slow has put there after the deletion.
      tally.objectsDeleted +=
          images.deleteByPrefix(ObjectKeys.ofImage(tombstone.owner(), tombstone.id()));
      records.bury(tombstone);
      tally.buried++;
      return true;
    } catch (StoreException e) {
      LOG.warn("tombstone of {} stays for now: {}", tombstone.id(), e.getMessage());
      tally.left++;
      return false;
    }
  }

  /** Counts for the report. */
  private static final class Tally {
    private int undone;
    private int finished;
    private int objectsDeleted;
    private int buried;
    private int left;

    ReconcileReport report() {
      return new ReconcileReport(undone, finished, objectsDeleted, buried, left);
    }
  }
}
