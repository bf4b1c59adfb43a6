package dev.cutline;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records and the versions of their captions. What a method has returned from survives a
 * crash of this process and of the machine. Owners never see each other's records: every call names
 * one, but for the work of {@code reconcile}. Thread-safe. Every method throws {@link
 * StoreException} if the store cannot do it; then nothing has changed. A record that is there and
 * cannot be read makes every method fail that is to return it ({@link
 * StoreException.Kind#CORRUPT}), but for the pages over all owners: these name it among their
 * {@linkplain RecordPage#damaged() damaged} ones, so that one owner's record holds up nobody
 * else's.
 *
 * <p>All text comes back as it went in, but that text which is no Unicode (half of a surrogate
 * pair) may be refused with an {@link IllegalArgumentException}. Times and durations are kept to
 * the millisecond, rounded down.
 */
public interface RecordStore extends AutoCloseable {
  /**
   * Stores a new record.
   *
   * @param record of version 0
   * @return the record as stored, of version 1
   * @throws VersionConflictException if this owner has the id already, or its {@link Tombstone}
   *     still stands
   */
  ImageRecord create(ImageRecord record);

  /** Returns a record in any state; empty if this owner has none of that id. */
  Optional<ImageRecord> find(String owner, String id);

  /**
   * Replaces a record and adds versions of captions, both or neither.
   *
   * @param record as it is to be, with the version that was read
   * @param added versions whose numbers are higher than any that is stored; may be empty
   * @return the record as stored, with the next version
   * @throws VersionConflictException if it has another version by now or is gone
   * @throws IllegalArgumentException if a number is not higher, or occurs twice; then nothing has
   *     changed
   */
  ImageRecord update(ImageRecord record, List<CaptionVersion> added);

  /**
   * Deletes a record with all versions of its captions and leaves a tombstone in its place: until
   * somebody {@linkplain #bury buries} it, the id can neither be created nor updated. Reads nothing
   * of it but its version, so that a {@linkplain DamagedRecord damaged} one can go, too.
   *
   * @param version that was read
   * @param tombstoneUntil when every writer that may still be at work has noticed
   * @throws VersionConflictException if it has another version by now or is gone
   */
  void delete(String owner, String id, long version, Instant tombstoneUntil);

  /** Deletes a record that was read, as {@link #delete(String, String, long, Instant)}. */
  default void delete(ImageRecord record, Instant tombstoneUntil) {
    delete(record.owner(), record.id(), record.version(), tombstoneUntil);
  }

  /**
   * Returns every version of every caption of a picture, by rising number; empty if there is no
   * such picture.
   */
  List<CaptionVersion> captionVersions(String owner, String id);

  /**
   * Returns a page of an owner's stored pictures ({@link StorageState#STORED}), newest first: by
   * falling id.
   *
   * @throws IllegalArgumentException if the cursor is none that a store gave
   */
  RecordPage query(RecordQuery query);

  /**
   * Returns an owner's stored pictures ({@link StorageState#STORED}) that look nearly the same:
   * those whose {@linkplain ImageRecord#perceptualHash hash} differs in at most {@code distance}
   * bits. The nearest first, and among those equally near the newest.
   *
   * <p>Found by an index, whose entries {@link dev.cutline.spi.HashBands} makes: with 100,000
   * pictures of an owner some hundred entries are looked at for a distance of 3, some thousand for
   * 7. A store may leave out pictures of an owner who has so many alike that it would look at more
   * than 10,000 entries of one range, but none of the same hash while there are not {@code limit}
   * of these.
   *
   * @param distance 0 to 7
   * @param limit 1 to 100
   */
  List<ImageRecord> similar(String owner, long perceptualHash, int distance, int limit);

  /**
   * Returns records of all owners that a crash may have left half done: {@link
   * StorageState#RECEIVED} or {@link StorageState#DELETING} with a lease that has run out, or none.
   * Oldest first: by rising id.
   *
   * @param limit 1 to 1000
   * @throws IllegalArgumentException if the cursor is none that a store gave
   */
  RecordPage unsettled(Instant now, @Nullable String cursor, int limit);

  /**
   * Returns stored records of all owners whose captions are {@link CaptionState#PENDING}, oldest
   * first: by rising id.
   *
   * @param limit 1 to 1000
   * @throws IllegalArgumentException if the cursor is none that a store gave
   */
  RecordPage pendingCaptions(@Nullable String cursor, int limit);

  /**
   * Returns stored records ({@link StorageState#STORED}) of all owners that were {@linkplain
   * ImageRecord#createdAt created} before an instant, oldest first: by rising time of creation;
   * those of one millisecond in an order that is the store's own and stays.
   *
   * <p>Costs what the page holds, however many younger records there are: an index of stored
   * records by time of creation answers it. A store that is made of partitions, such as DynamoDB,
   * spreads that index by a hash of the id over a fixed number of them, with time, id and owner as
   * the sort key: a page is one query of each partition, bounded by the instant and the cursor, and
   * their results merged. Nothing is scanned, and no partition takes all writes of a day.
   *
   * @param before exclusive, rounded up to the millisecond
   * @param limit 1 to 1000
   * @throws IllegalArgumentException if the cursor is none that a store gave
   */
  RecordPage createdBefore(Instant before, @Nullable String cursor, int limit);

  /**
   * Returns up to {@code limit} tombstones, of all owners, that may be buried at {@code now};
   * oldest first.
   *
   * @param limit 1 to 1000
   */
  List<Tombstone> tombstones(Instant now, int limit);

  /** Removes a tombstone; nothing happens if it is gone. */
  void bury(Tombstone tombstone);

  /** Returns the cache of answers that lives beside the records; the same each time. */
  CaptionCache captionCache();

  /** Returns the ledger of money that lives beside the records; the same each time. */
  BudgetLedger budgetLedger();

  /** Frees what this instance created. Closing twice does nothing. */
  @Override
  default void close() {}
}
