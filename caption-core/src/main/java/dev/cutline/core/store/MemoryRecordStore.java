package dev.cutline.core.store;

import dev.cutline.BudgetLedger;
import dev.cutline.CaptionCache;
import dev.cutline.CaptionState;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.RecordPage;
import dev.cutline.RecordQuery;
import dev.cutline.RecordStore;
import dev.cutline.StorageState;
import dev.cutline.Tombstone;
import dev.cutline.VersionConflictException;
import dev.cutline.spi.HashBands;
import dev.cutline.spi.RecordMatcher;
import dev.cutline.spi.StoreArguments;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in the memory of this process: for tests and for work whose results are not kept.
 * Everything is gone with the instance, so the promise of {@link RecordStore} to survive a crash is
 * the one that it cannot keep. Searches look at every record of the owner. Thread-safe: one lock
 * guards all, and nothing is done under it that waits.
 */
public final class MemoryRecordStore implements RecordStore {
  private final Object lock = new Object();

  /** By id, then owner: so that what is oldest stands first. */
  private final NavigableMap<RecordKey, Entry> entries = new TreeMap<>();

  private final Map<RecordKey, Tombstone> tombstones = new HashMap<>();
  private final CaptionCache cache;
  private final BudgetLedger ledger = new MemoryBudgetLedger();

  /** Makes an empty store. */
  public MemoryRecordStore() {
    this(InstantSource.system());
  }

  /** Makes an empty store that dates remembered answers by a clock of your own, for tests. */
  public MemoryRecordStore(InstantSource clock) {
    this.cache = new MemoryCaptionCache(clock);
  }

  @Override
  public ImageRecord create(ImageRecord record) {
    RecordKey key = RecordKey.of(record);
    ImageRecord stored = Milliseconds.of(record.toBuilder().version(1).build());
    synchronized (lock) {
      if (tombstones.containsKey(key) || entries.containsKey(key)) {
        throw new VersionConflictException(record.id(), 0);
      }
      entries.put(key, new Entry(stored, List.of()));
    }
    return stored;
  }

  @Override
  public Optional<ImageRecord> find(String owner, String id) {
    synchronized (lock) {
      return Optional.ofNullable(entries.get(new RecordKey(id, owner))).map(Entry::record);
    }
  }

  @Override
  public ImageRecord update(ImageRecord record, List<CaptionVersion> added) {
    List<CaptionVersion> sorted =
        added.stream()
            .map(Milliseconds::of)
            .sorted(Comparator.comparingLong(CaptionVersion::number))
            .toList();
    synchronized (lock) {
      Entry entry = current(RecordKey.of(record), record.version());
      ImageRecord stored =
          Milliseconds.of(record.toBuilder().version(record.version() + 1).build());
      entries.put(RecordKey.of(record), new Entry(stored, appended(entry.versions(), sorted)));
      return stored;
    }
  }

  @Override
  public void delete(String owner, String id, long version, Instant tombstoneUntil) {
    RecordKey key = new RecordKey(id, owner);
    synchronized (lock) {
      current(key, version);
      entries.remove(key);
      tombstones.put(key, new Tombstone(owner, id, Milliseconds.of(tombstoneUntil)));
    }
  }

  @Override
  public List<CaptionVersion> captionVersions(String owner, String id) {
    synchronized (lock) {
      Entry entry = entries.get(new RecordKey(id, owner));
      return entry == null ? List.of() : entry.versions();
    }
  }

  @Override
  public RecordPage query(RecordQuery query) {
    RecordMatcher matcher = new RecordMatcher(query);
    Optional<RecordKey> cursor = query.cursor().map(RecordKey::ofCursor);
    synchronized (lock) {
      NavigableMap<RecordKey, Entry> newestFirst = entries.descendingMap();
      return page(
          cursor.map(key -> newestFirst.tailMap(key, false)).orElse(newestFirst),
          matcher,
          query.limit());
    }
  }

  @Override
  public List<ImageRecord> similar(String owner, long perceptualHash, int distance, int limit) {
    HashBands.check(distance);
    StoreArguments.limit(limit, 100);
    synchronized (lock) {
      return entries.descendingMap().values().stream()
          .map(Entry::record)
          .filter(record -> record.owner().equals(owner))
          .filter(record -> record.storageState() == StorageState.STORED)
          .filter(record -> distance(record, perceptualHash) <= distance)
          .sorted(Comparator.comparingInt(record -> distance(record, perceptualHash)))
          .limit(limit)
          .toList();
    }
  }

  /** More than any distance may be if the picture has no hash. */
  private static int distance(ImageRecord record, long hash) {
    return record.perceptualHash().isPresent()
        ? HashBands.distance(record.perceptualHash().getAsLong(), hash)
        : Integer.MAX_VALUE;
  }

  @Override
  public RecordPage unsettled(Instant now, @Nullable String cursor, int limit) {
    return oldestFirst(
        cursor,
        limit,
        record ->
            record.storageState() != StorageState.STORED
                && record.lease().map(lease -> lease.hasRunOut(now)).orElse(true));
  }

  @Override
  public RecordPage pendingCaptions(@Nullable String cursor, int limit) {
    return oldestFirst(
        cursor,
        limit,
        record ->
            record.storageState() == StorageState.STORED
                && record.captionState() == CaptionState.PENDING);
  }

  @Override
  public RecordPage createdBefore(Instant before, @Nullable String cursor, int limit) {
    StoreArguments.limit(limit);
    Optional<AgeKey> after = Optional.ofNullable(cursor).map(AgeKey::ofCursor);
    List<ImageRecord> items;
    synchronized (lock) {
      items =
          entries.values().stream()
              .map(Entry::record)
              .filter(record -> record.storageState() == StorageState.STORED)
              .filter(record -> record.createdAt().isBefore(before))
              .filter(record -> after.map(key -> AgeKey.of(record).compareTo(key) > 0).orElse(true))
              .sorted(Comparator.comparing(AgeKey::of))
              .limit(limit + 1L)
              .toList();
    }
    return items.size() <= limit
        ? RecordPage.of(items, null)
        : RecordPage.of(items.subList(0, limit), AgeKey.of(items.get(limit - 1)).toCursor());
  }

  @Override
  public List<Tombstone> tombstones(Instant now, int limit) {
    StoreArguments.limit(limit);
    synchronized (lock) {
      return tombstones.values().stream()
          .filter(tombstone -> !tombstone.until().isAfter(now))
          .sorted(Comparator.comparing(Tombstone::until).thenComparing(Tombstone::id))
          .limit(limit)
          .toList();
    }
  }

  @Override
  public void bury(Tombstone tombstone) {
    synchronized (lock) {
      tombstones.remove(new RecordKey(tombstone.id(), tombstone.owner()));
    }
  }

  @Override
  public CaptionCache captionCache() {
    return cache;
  }

  @Override
  public BudgetLedger budgetLedger() {
    return ledger;
  }

  private Entry current(RecordKey key, long version) {
    Entry entry = entries.get(key);
    if (entry == null || entry.record().version() != version) {
      throw new VersionConflictException(key.id(), version);
    }
    return entry;
  }

  private RecordPage oldestFirst(
      @Nullable String cursor, int limit, Predicate<ImageRecord> wanted) {
    StoreArguments.limit(limit);
    Optional<RecordKey> after = Optional.ofNullable(cursor).map(RecordKey::ofCursor);
    synchronized (lock) {
      return page(after.map(key -> entries.tailMap(key, false)).orElse(entries), wanted, limit);
    }
  }

  private static RecordPage page(
      NavigableMap<RecordKey, Entry> candidates, Predicate<ImageRecord> wanted, int limit) {
    List<ImageRecord> items = new ArrayList<>();
    for (Entry entry : candidates.values()) {
      if (wanted.test(entry.record())) {
        if (items.size() == limit) {
          return RecordPage.of(items, RecordKey.of(items.get(limit - 1)).toCursor());
        }
        items.add(entry.record());
      }
    }
    return RecordPage.of(items, null);
  }

  private static List<CaptionVersion> appended(
      List<CaptionVersion> versions, List<CaptionVersion> added) {
    List<CaptionVersion> all = new ArrayList<>(versions);
    for (CaptionVersion version : added) {
      if (!all.isEmpty() && version.number() <= all.get(all.size() - 1).number()) {
        throw new IllegalArgumentException(
            "there is a version " + version.number() + " or a higher one already");
      }
      all.add(version);
    }
    return List.copyOf(all);
  }

  /** A record with all its captions. */
  private record Entry(ImageRecord record, List<CaptionVersion> versions) {}
}
