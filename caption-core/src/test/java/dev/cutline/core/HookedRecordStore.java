package dev.cutline.core;

import dev.cutline.BudgetLedger;
import dev.cutline.CaptionCache;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.RecordPage;
import dev.cutline.RecordQuery;
import dev.cutline.RecordStore;
import dev.cutline.Tombstone;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A record store with a hook around every operation but those of cache and ledger. */
final class HookedRecordStore implements RecordStore {
  private final RecordStore store;
  private final Hook hook;

  HookedRecordStore(RecordStore store, Hook hook) {
    this.store = store;
    this.hook = hook;
  }

  @Override
  public ImageRecord create(ImageRecord record) {
    return hooked("records.create", () -> store.create(record));
  }

  @Override
  public Optional<ImageRecord> find(String owner, String id) {
    return hooked("records.find", () -> store.find(owner, id));
  }

  @Override
  public ImageRecord update(ImageRecord record, List<CaptionVersion> added) {
    return hooked("records.update " + record.storageState(), () -> store.update(record, added));
  }

  @Override
  public void delete(String owner, String id, long version, Instant tombstoneUntil) {
    hooked(
        "records.delete",
        () -> {
          store.delete(owner, id, version, tombstoneUntil);
          return id;
        });
  }

  @Override
  public List<CaptionVersion> captionVersions(String owner, String id) {
    return hooked("records.captionVersions", () -> store.captionVersions(owner, id));
  }

  @Override
  public RecordPage query(RecordQuery query) {
    return hooked("records.query", () -> store.query(query));
  }

  @Override
  public List<ImageRecord> similar(String owner, long perceptualHash, int distance, int limit) {
    return hooked("records.similar", () -> store.similar(owner, perceptualHash, distance, limit));
  }

  @Override
  public RecordPage unsettled(Instant now, String cursor, int limit) {
    return hooked("records.unsettled", () -> store.unsettled(now, cursor, limit));
  }

  @Override
  public RecordPage pendingCaptions(String cursor, int limit) {
    return hooked("records.pendingCaptions", () -> store.pendingCaptions(cursor, limit));
  }

  @Override
  public RecordPage createdBefore(Instant before, String cursor, int limit) {
    return hooked("records.createdBefore", () -> store.createdBefore(before, cursor, limit));
  }

  @Override
  public List<Tombstone> tombstones(Instant now, int limit) {
    return hooked("records.tombstones", () -> store.tombstones(now, limit));
  }

  @Override
  public void bury(Tombstone tombstone) {
    hooked(
        "records.bury",
        () -> {
          store.bury(tombstone);
          return tombstone;
        });
  }

  @Override
  public CaptionCache captionCache() {
    return store.captionCache();
  }

  @Override
  public BudgetLedger budgetLedger() {
    return store.budgetLedger();
  }

  private <T> T hooked(String operation, Supplier<T> work) {
    hook.before(operation);
    T result = work.get();
    hook.after(operation);
    return result;
  }
}
