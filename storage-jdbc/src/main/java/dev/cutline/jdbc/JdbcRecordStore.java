package dev.cutline.jdbc;

import dev.cutline.BudgetLedger;
import dev.cutline.CaptionCache;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.InvalidSettingsException;
import dev.cutline.RecordPage;
import dev.cutline.RecordQuery;
import dev.cutline.RecordStore;
import dev.cutline.StoreException;
import dev.cutline.Tombstone;
import dev.cutline.VersionConflictException;
import dev.cutline.spi.HashBands;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records in a database: SQLite, in a file that is made when it is first opened.
 *
 * <pre>{@code
 * RecordStore records = JdbcRecordStore.ofDefaults("jdbc:sqlite:/var/lib/photos/cutline.db");
 * }</pre>
 *
 * <p>Thread-safe, and safe with other processes on the same file, on a disk of this machine:
 * writers take turns, readers never wait. Ids have to be UUIDs in their usual spelling.
 */
public final class JdbcRecordStore implements RecordStore {
  private final Database database;
  private final RecordTable records;
  private final RecordPages pages;
  private final AgePages ageing = new AgePages();
  private final CaptionCache cache;
  private final BudgetLedger ledger;

  private JdbcRecordStore(Database database, InstantSource clock) {
    this.database = database;
    Owners owners = new Owners(database.dialect());
    this.records = new RecordTable(database.dialect(), owners);
    this.pages = new RecordPages(database.dialect(), owners);
    this.cache = new JdbcCaptionCache(database, owners, clock);
    this.ledger = new JdbcBudgetLedger(database);
  }

  /**
   * Opens a store, and makes the database or brings it up to date if need be.
   *
   * @param url {@code jdbc:sqlite:} and the path of a file
   * @throws InvalidSettingsException if the URL cannot work
   * @throws StoreException if the database cannot be opened or made, or is newer than this library
   */
  public static JdbcRecordStore ofDefaults(String url) {
    return builder(url).open();
  }

  /**
   * Starts a store.
   *
   * @param url {@code jdbc:sqlite:} and the path of a file
   */
  public static Builder builder(String url) {
    return new Builder(url);
  }

  @Override
  public ImageRecord create(ImageRecord record) {
    return database.write(connection -> records.create(connection, record));
  }

  /**
   * Stores new records, all or none, in one transaction: for imports, where a wait for the disk for
   * each record would take most of the time.
   *
   * @param created of version 0
   * @return the records as stored, in the same order, of version 1
   * @throws VersionConflictException if an owner has an id already, or its tombstone still stands
   * @throws StoreException if the store cannot do it
   */
  public List<ImageRecord> createAll(List<ImageRecord> created) {
    return database.write(
        connection -> {
          List<ImageRecord> stored = new ArrayList<>(created.size());
          for (ImageRecord record : created) {
            stored.add(records.create(connection, record));
          }
          return List.copyOf(stored);
        });
  }

  @Override
  public Optional<ImageRecord> find(String owner, String id) {
    return database.read(connection -> records.find(connection, owner, id).map(RecordRow::record));
  }

  @Override
  public ImageRecord update(ImageRecord record, List<CaptionVersion> added) {
    return database.write(connection -> records.update(connection, record, added));
  }

  @Override
  public void delete(String owner, String id, long version, Instant tombstoneUntil) {
    database.write(
        connection -> {
          records.delete(connection, owner, id, version, tombstoneUntil);
          return true;
        });
  }

  @Override
  public List<CaptionVersion> captionVersions(String owner, String id) {
    return database.read(connection -> records.captionVersions(connection, owner, id));
  }

  @Override
  public RecordPage query(RecordQuery query) {
    return database.read(connection -> pages.query(connection, query));
  }

  @Override
  public List<ImageRecord> similar(String owner, long perceptualHash, int distance, int limit) {
    HashBands.check(distance);
    Pages.checkLimit(limit, 100);
    return database.read(
        connection -> HashIndex.similar(connection, owner, perceptualHash, distance, limit));
  }

  @Override
  public RecordPage unsettled(Instant now, @Nullable String cursor, int limit) {
    return database.read(connection -> pages.unsettled(connection, now, cursor, limit));
  }

  @Override
  public RecordPage pendingCaptions(@Nullable String cursor, int limit) {
    return database.read(connection -> pages.pendingCaptions(connection, cursor, limit));
  }

  @Override
  public RecordPage createdBefore(Instant before, @Nullable String cursor, int limit) {
    return database.read(connection -> ageing.createdBefore(connection, before, cursor, limit));
  }

  @Override
  public List<Tombstone> tombstones(Instant now, int limit) {
    return database.read(connection -> records.tombstones(connection, now, limit));
  }

  @Override
  public void bury(Tombstone tombstone) {
    database.write(
        connection -> {
          records.bury(connection, tombstone);
          return true;
        });
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
    database.close();
  }

  /** Builds a {@link JdbcRecordStore}. Not safe for several threads. */
  public static final class Builder {
    private final String url;
    private int connections = JdbcSettings.CONNECTIONS;
    private Duration busyTimeout = JdbcSettings.BUSY_TIMEOUT;
    private InstantSource clock = InstantSource.system();
    private boolean readOnly;

    private Builder(String url) {
      this.url = url;
    }

    /**
     * Sets how many connections are open at most: one writer, the others readers. Default 4.
     *
     * @throws IllegalArgumentException if it is not 1 to 64
     */
    public Builder connections(int connections) {
      this.connections = JdbcSettings.checkConnections(connections);
      return this;
    }

    /**
     * Sets how long a caller waits for other writers, of this process or another, before it is told
     * that the store is {@link StoreException.Kind#UNAVAILABLE}. Default 30 s.
     *
     * @throws IllegalArgumentException if it is not 0 to 10 minutes
     */
    public Builder busyTimeout(Duration busyTimeout) {
      this.busyTimeout = JdbcSettings.checkBusyTimeout(busyTimeout);
      return this;
    }

    /** Sets what dates remembered answers. Default: the clock of the system. */
    public Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Sets whether to do with a database that cannot be written to, as on a medium for reading
     * only; the default is no. Then it has to be there and up to date, and whatever would write is
     * {@link StoreException.Kind#DENIED}. Nobody else may write to it meanwhile unless they began
     * before.
     */
    public Builder readOnly(boolean readOnly) {
      this.readOnly = readOnly;
      return this;
    }

    /**
     * Opens the store, and makes the database or brings it up to date if need be.
     *
     * @throws InvalidSettingsException if the URL cannot work
     * @throws StoreException if the database cannot be opened or made, or is newer than this
     *     library
     */
    public JdbcRecordStore open() {
      return new JdbcRecordStore(
          new JdbcSettings(url, connections, busyTimeout, readOnly).openDatabase(), clock);
    }
  }
}
