package dev.cutline.storage.dynamodb;

import dev.cutline.BudgetLedger;
import dev.cutline.CaptionCache;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.RecordPage;
import dev.cutline.RecordQuery;
import dev.cutline.RecordStore;
import dev.cutline.StoreException;
import dev.cutline.Tombstone;
import dev.cutline.spi.CorruptDocumentException;
import dev.cutline.spi.HashBands;
import dev.cutline.spi.StoreArguments;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Records in one table of Amazon DynamoDB.
 *
 * <pre>{@code
 * RecordStore records = DynamoDbRecordStore.builder(client, "cutline").open();
 * }</pre>
 *
 * <p>Thread-safe, and safe with other processes on the same table. Pages of an owner are of this
 * moment; pages over all owners follow a write within a second or so, as indexes of DynamoDB do.
 * Ids have to be UUIDs in their usual spelling. A record fits into the 400 KB of an item, deflated,
 * or is refused as {@link StoreException.Kind#FULL}; it is found by its first 2,000 terms or so.
 */
public final class DynamoDbRecordStore implements RecordStore {
  private static final Logger LOG = LoggerFactory.getLogger(DynamoDbRecordStore.class);

  private final Table table;
  private final SearchIndex index;
  private final RecordWrites writes;
  private final OwnerPages pages;
  private final GlobalPages globalPages;
  private final CaptionCache cache;
  private final BudgetLedger ledger;
  private final Runnable closing;

  private DynamoDbRecordStore(Builder builder) {
    this.table = new Table(builder.client, builder.table);
    this.index = new SearchIndex(table);
    this.writes = new RecordWrites(table, index, builder.clock);
    this.pages = new OwnerPages(table);
    this.globalPages = new GlobalPages(table);
    this.cache = new DynamoDbCaptionCache(table, builder.clock);
    this.ledger = new DynamoDbBudgetLedger(table);
    this.closing = builder.closing;
  }

  /**
   * Starts a store.
   *
   * @param client of the table's region; stays open when the store is closed
   * @param table its name
   */
  public static Builder builder(DynamoDbClient client, String table) {
    return new Builder(client, table);
  }

  @Override
  public ImageRecord create(ImageRecord record) {
    return read(() -> writes.create(record));
  }

  @Override
  public Optional<ImageRecord> find(String owner, String id) {
    return read(() -> item(owner, id).map(RecordItems::record));
  }

  @Override
  public ImageRecord update(ImageRecord record, List<CaptionVersion> added) {
    return read(() -> writes.update(record, added));
  }

  @Override
  public void delete(String owner, String id, long version, Instant tombstoneUntil) {
    writes.delete(owner, id, version, tombstoneUntil);
  }

  @Override
  public List<CaptionVersion> captionVersions(String owner, String id) {
    return read(
        () -> {
          for (int tries = 0; tries < 3; tries++) {
            Optional<Map<String, AttributeValue>> item = item(owner, id);
            if (item.isEmpty()) {
              return List.of();
            }
            // The record names them: what somebody adds from now on is not yet ours to see.
            List<Map<String, AttributeValue>> keys =
                RecordItems.captionsKeys(owner, id, item.get());
            List<Map<String, AttributeValue>> found = table.getAll(keys);
            if (found.size() == keys.size()) {
              return RecordItems.sorted(
                  found.stream().flatMap(each -> RecordItems.captions(each).stream()).toList());
            }
          }
          throw new CorruptDocumentException("record " + id + " names captions that are not there");
        });
  }

  @Override
  public RecordPage query(RecordQuery query) {
    return read(() -> pages.query(query));
  }

  @Override
  public List<ImageRecord> similar(String owner, long perceptualHash, int distance, int limit) {
    HashBands.check(distance);
    StoreArguments.limit(limit, 100);
    return read(() -> pages.similar(owner, perceptualHash, distance, limit));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Asked for the first page, which is where {@code reconcile} begins, it also writes search
   * entries that a crash has left undone, of a hundred records at most.
   */
  @Override
  public RecordPage unsettled(Instant now, @Nullable String cursor, int limit) {
    RecordPage page = read(() -> globalPages.unsettled(now, cursor, limit));
    if (cursor == null) {
      repair(now);
    }
    return page;
  }

  private void repair(Instant now) {
    try {
      int repaired = index.repair(now);
      if (repaired > 0) {
        LOG.info("wrote anew what {} records are found by", repaired);
      }
    } catch (StoreException e) {
      LOG.warn("what records are found by is left to the next reconcile: {}", e.getMessage());
    }
  }

  @Override
  public RecordPage pendingCaptions(@Nullable String cursor, int limit) {
    return read(() -> globalPages.pendingCaptions(cursor, limit));
  }

  @Override
  public RecordPage createdBefore(Instant before, @Nullable String cursor, int limit) {
    return read(() -> globalPages.createdBefore(before, cursor, limit));
  }

  @Override
  public List<Tombstone> tombstones(Instant now, int limit) {
    return read(() -> globalPages.tombstones(now, limit));
  }

  @Override
  public void bury(Tombstone tombstone) {
    writes.bury(tombstone);
  }

  @Override
  public CaptionCache captionCache() {
    return cache;
  }

  @Override
  public BudgetLedger budgetLedger() {
    return ledger;
  }

  @Override
  public void close() {
    closing.run();
  }

  private Optional<Map<String, AttributeValue>> item(String owner, String id) {
    return Stream.of(id)
        .filter(Keys::isId)
        .flatMap(each -> table.get(Keys.image(owner, each)).stream())
        .filter(item -> !RecordItems.isTombstone(item))
        .findFirst();
  }

  private static <T> T read(Supplier<T> work) {
    try {
      return work.get();
    } catch (CorruptDocumentException e) {
      throw new StoreException(StoreException.Kind.CORRUPT, String.valueOf(e.getMessage()), e);
    }
  }

  /** Builds a {@link DynamoDbRecordStore}. Not safe for several threads. */
  public static final class Builder {
    private final DynamoDbClient client;
    private final String table;
    private InstantSource clock = InstantSource.system();
    private Runnable closing = () -> {};

    private Builder(DynamoDbClient client, String table) {
      this.client = client;
      this.table = table;
    }

    /** Sets what dates remembered answers. Default: the clock of the system. */
    public Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /** Sets what is done when the store is closed, for a client that was made for it. */
    Builder closing(Runnable closing) {
      this.closing = closing;
      return this;
    }

    /**
     * Opens the store.
     *
     * @throws StoreException if there is no such table, or it has other keys
     */
    public DynamoDbRecordStore open() {
      DynamoDbTables.check(client, table);
      return new DynamoDbRecordStore(this);
    }
  }
}
