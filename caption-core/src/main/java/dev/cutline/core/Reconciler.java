package dev.cutline.core;

import dev.cutline.DamagedRecord;
import dev.cutline.ImageRecord;
import dev.cutline.ImageStore;
import dev.cutline.RecordPage;
import dev.cutline.RecordStore;
import dev.cutline.StorageState;
import dev.cutline.StoreException;
import dev.cutline.Tombstone;
import dev.cutline.VersionConflictException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes or undoes what a crash left half done, and deletes what is older than it may get.
 * Whoever does so takes the record over first, by an update that only one can win, so any number of
 * these may run at once, beside processes that upload and delete. Thread-safe.
 */
final class Reconciler {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final int PAGE = 100;

  /** So many tombstones that cannot be buried say that the store is not well. */
  private static final int MOST_UNBURIED = 10;

  private final ImageStore images;
  private final RecordStore records;
  private final Leases leases;
  private final Deletion deletion;
  private final LateCaptions lateCaptions;
  private final @Nullable Duration retention;
  private final @Nullable Duration cacheAge;

  /**
   * Makes a reconciler.
   *
   * @param retention the age from which on pictures are deleted; null: they are kept
   * @param cacheAge the age from which on remembered answers are none; null: they stay ones
   */
  Reconciler(
      ImageStore images,
      RecordStore records,
      Leases leases,
      Deletion deletion,
      LateCaptions lateCaptions,
      @Nullable Duration retention,
      @Nullable Duration cacheAge) {
    this.images = images;
    this.records = records;
    this.leases = leases;
    this.deletion = deletion;
    this.lateCaptions = lateCaptions;
    this.retention = retention;
    this.cacheAge = cacheAge;
  }

  /** Does all that there is to do. */
  ReconcileReport run() {
    return run(Long.MAX_VALUE);
  }

  /**
   * Does all that there is to do, but for what is too old: of that about {@code mostExpired}
   * pictures. Whoever has just set a retention may have a hundred thousand, at some milliseconds
   * each.
   */
  ReconcileReport run(long mostExpired) {
    Tally tally = new Tally();
    Instant now = leases.now();
    settleAll(now, tally);
    buryAll(now, tally);
    LateCaptions.Result late = lateCaptions.write();
    tally.captioned += late.written();
    tally.left += late.left();
    // Last, because there may be much of it.
    if (retention != null) {
      expireAll(BoundedCache.oldest(retention, now), mostExpired, tally);
    }
    if (cacheAge != null) {
      forgetAnswers(BoundedCache.oldest(cacheAge, now), mostExpired, tally);
    }
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
      page.damaged().forEach(record -> tally.finished += deletedUnread(record, tally));
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

  /**
   * Deletes as a user would. Only what is stored has an age: an upload that is not there yet is its
   * writer's as long as the lease lasts, and is undone after that.
   */
  private void expireAll(Instant bound, long most, Tally tally) {
    String cursor = null;
    do {
      RecordPage page = records.createdBefore(bound, cursor, (int) Math.min(most, PAGE));
      page.items().forEach(record -> expire(record, tally));
      page.damaged().forEach(record -> tally.expired += deletedUnread(record, tally));
      cursor = page.nextCursor().orElse(null);
    } while (cursor != null && tally.expired < most);
  }

  private void forgetAnswers(Instant bound, long most, Tally tally) {
    int portion = (int) Math.min(most, PAGE);
    int forgotten;
    do {
      forgotten = records.captionCache().deleteBefore(bound, portion);
      tally.forgotten += forgotten;
    } while (forgotten == portion && tally.forgotten < most);
  }

  private void expire(ImageRecord record, Tally tally) {
    try {
      tally.objectsDeleted += deletion.finish(deletion.mark(record));
      tally.expired++;
    } catch (VersionConflictException e) {
      // Somebody deletes it, or has changed it; then it is as old the next time.
      LOG.debug("{} is being changed by somebody else", record.id());
    } catch (StoreException e) {
      LOG.warn("{} of {} cannot be deleted yet: {}", record.id(), record.owner(), e.getMessage());
      tally.left++;
    }
  }

  /**
   * Deletes what is due to go and cannot be read, so that it neither stays for ever nor holds up
   * the others; returns 1 if it is gone.
   */
  private int deletedUnread(DamagedRecord record, Tally tally) {
    LOG.warn(
        "{} of {} is damaged and deleted unread: {}",
        record.id(),
        record.owner(),
        record.problem());
    try {
      tally.objectsDeleted += deletion.finish(record);
      return 1;
    } catch (StoreException e) {
      LOG.warn("{} of {} cannot be deleted yet: {}", record.id(), record.owner(), e.getMessage());
      tally.left++;
      return 0;
    }
  }

  /** Goes past those that cannot be buried: asked for again, they are the first ones again. */
  private void buryAll(Instant now, Tally tally) {
    Set<Tombstone> unburied = new HashSet<>();
    List<Tombstone> due;
    int limit;
    do {
      limit = PAGE + unburied.size();
      due = records.tombstones(now, limit);
      for (Tombstone tombstone : due) {
        if (!unburied.contains(tombstone) && !bury(tombstone, tally)) {
          unburied.add(tombstone);
          if (unburied.size() == MOST_UNBURIED) {
            return;
          }
        }
      }
    } while (due.size() == limit);
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
    private int captioned;
    private int expired;
    private int forgotten;
    private int objectsDeleted;
    private int buried;
    private int left;

    ReconcileReport report() {
      return new ReconcileReport(
          undone, finished, captioned, expired, forgotten, objectsDeleted, buried, left);
    }
  }
}
