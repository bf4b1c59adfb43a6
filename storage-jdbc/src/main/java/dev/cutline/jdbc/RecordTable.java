package dev.cutline.jdbc;

import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.Lease;
import dev.cutline.StorageState;
import dev.cutline.Tombstone;
import dev.cutline.VersionConflictException;
import dev.cutline.documents.JsonDocuments;
import dev.cutline.jdbc.Owners.Owner;
import dev.cutline.spi.CaptionDocuments;
import dev.cutline.spi.RecordDocuments;
import dev.cutline.spi.SearchTerms;
import dev.cutline.spi.StoreArguments;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records one at a time, their versions of captions and their tombstones. */
final class RecordTable {
  private static final String FIND =
      "SELECT "
          + RecordRow.COLUMNS
          + " FROM cutline_records r JOIN cutline_owners o ON o.number = r.owner"
          + " WHERE o.name = ? AND r.id = ?";

  private final Dialect dialect;
  private final Owners owners;

  RecordTable(Dialect dialect, Owners owners) {
    this.dialect = dialect;
    this.owners = owners;
  }

  /** What an update or a delete has to know of the record that is there. */
  private record Present(
      long position, long owner, long version, boolean stored, @Nullable Long hash) {
    /** Returns the hash that the index has of it. */
    @Nullable Long indexed() {
      return stored ? hash : null;
    }
  }

  Optional<RecordRow> find(Connection connection, String owner, String id) throws SQLException {
    return Jdbc.first(
        connection, RecordRow::read, FIND, StoreArguments.unicode(owner, "the owner"), id);
  }

  ImageRecord create(Connection connection, ImageRecord record) throws SQLException {
    if (!Position.isId(record.id())) {
      throw new IllegalArgumentException(
          "an id is a UUID in its usual spelling, in lower case, not " + record.id());
    }
    Owner owner = owners.findOrAdd(connection, record.owner());
    if (isTaken(connection, owner, record.id())) {
      throw new VersionConflictException(record.id(), record.version());
    }
    owners.widen(connection, owner, record);
    long position = freePosition(connection, record.id());
    Lease lease = record.lease().orElse(null);
    Jdbc.update(
        connection,
        "INSERT INTO cutline_records (position, owner, id, version, storage_state, caption_state,"
            + " created_at, lease_token, lease_until, long_title, perceptual_hash, document)"
            + " VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)",
        position,
        owner.number(),
        record.id(),
        record.storageState().name(),
        record.captionState().name(),
        Times.floorMillis(record.createdAt()),
        lease == null ? null : StoreArguments.unicode(lease.token(), "the token of the lease"),
        lease == null ? null : Times.floorMillis(lease.until()),
        longTitle(record),
        hash(record),
        JsonDocuments.write(RecordDocuments.of(record)));
    if (record.storageState() == StorageState.STORED) {
      dialect.terms().put(connection, position, Terms.of(owner.number(), record));
    }
    HashIndex.replace(connection, owner.number(), position, null, indexed(record));
    return reread(connection, record);
  }

  ImageRecord update(Connection connection, ImageRecord record, List<CaptionVersion> added)
      throws SQLException {
    Present present = present(connection, record.owner(), record.id(), record.version());
    addVersions(connection, present.position(), added);
    owners.widen(connection, owners.find(connection, record.owner()).orElseThrow(), record);
    Lease lease = record.lease().orElse(null);
    Jdbc.update(
        connection,
        "UPDATE cutline_records SET version = version + 1, storage_state = ?, caption_state = ?,"
            + " created_at = ?, lease_token = ?, lease_until = ?, long_title = ?,"
            + " perceptual_hash = ?, document = ?"
            + " WHERE position = ?",
        record.storageState().name(),
        record.captionState().name(),
        Times.floorMillis(record.createdAt()),
        lease == null ? null : StoreArguments.unicode(lease.token(), "the token of the lease"),
        lease == null ? null : Times.floorMillis(lease.until()),
        longTitle(record),
        hash(record),
        JsonDocuments.write(RecordDocuments.of(record)),
        present.position());
    if (record.storageState() == StorageState.STORED) {
      dialect.terms().put(connection, present.position(), Terms.of(present.owner(), record));
    } else if (present.stored()) {
      dialect.terms().remove(connection, present.position());
    }
    HashIndex.replace(
        connection, present.owner(), present.position(), present.indexed(), indexed(record));
    return reread(connection, record);
  }

  void delete(Connection connection, String owner, String id, long version, Instant tombstoneUntil)
      throws SQLException {
    Present present = present(connection, owner, id, version);
    if (present.stored()) {
      dialect.terms().remove(connection, present.position());
    }
    HashIndex.replace(connection, present.owner(), present.position(), present.indexed(), null);
    Jdbc.update(connection, "DELETE FROM cutline_records WHERE position = ?", present.position());
    Jdbc.update(
        connection,
        "INSERT INTO cutline_tombstones (owner, id, until) VALUES (?, ?, ?)",
        present.owner(),
        id,
        Times.floorMillis(tombstoneUntil));
  }

  List<CaptionVersion> captionVersions(Connection connection, String owner, String id)
      throws SQLException {
    return List.copyOf(
        Jdbc.list(
            connection,
            row -> CaptionDocuments.version(JsonDocuments.read(row.getString("document"))),
            "SELECT v.document FROM cutline_caption_versions v"
                + " JOIN cutline_records r ON r.position = v.position"
                + " JOIN cutline_owners o ON o.number = r.owner"
                + " WHERE o.name = ? AND r.id = ? ORDER BY v.number",
            StoreArguments.unicode(owner, "the owner"),
            id));
  }

  List<Tombstone> tombstones(Connection connection, Instant now, int limit) throws SQLException {
    Pages.checkLimit(limit);
    return List.copyOf(
        Jdbc.list(
            connection,
            row ->
                new Tombstone(
                    row.getString("name"),
                    row.getString("id"),
                    Instant.ofEpochMilli(row.getLong("until"))),
            "SELECT o.name, t.id, t.until FROM cutline_tombstones t"
                + " JOIN cutline_owners o ON o.number = t.owner"
                + " WHERE t.until <= ? ORDER BY t.until LIMIT ?",
            Times.floorMillis(now),
            limit));
  }

  void bury(Connection connection, Tombstone tombstone) throws SQLException {
    Optional<Owner> owner = owners.find(connection, tombstone.owner());
    if (owner.isPresent()) {
      Jdbc.update(
          connection,
          "DELETE FROM cutline_tombstones WHERE owner = ? AND id = ?",
          owner.get().number(),
          tombstone.id());
      owners.forget(connection, owner.get());
    }
  }

  private static boolean isTaken(Connection connection, Owner owner, String id)
      throws SQLException {
    return Jdbc.exists(
        connection,
        "SELECT 1 FROM cutline_records WHERE owner = ? AND id = ?"
            + " UNION ALL SELECT 1 FROM cutline_tombstones WHERE owner = ? AND id = ?",
        owner.number(),
        id,
        owner.number(),
        id);
  }

  /** Returns the record that is there if it has the version that the caller read, and locks it. */
  private Present present(Connection connection, String owner, String id, long version)
      throws SQLException {
    return Jdbc.first(
            connection,
            row ->
                new Present(
                    row.getLong("position"),
                    row.getLong("owner"),
                    row.getLong("version"),
                    row.getString("storage_state").equals(StorageState.STORED.name()),
                    Jdbc.nullableLong(row, "perceptual_hash")),
            "SELECT r.position, r.owner, r.version, r.storage_state, r.perceptual_hash FROM cutline_records r"
                + " JOIN cutline_owners o ON o.number = r.owner WHERE o.name = ? AND r.id = ?"
                + dialect.forUpdate(),
            StoreArguments.unicode(owner, "the owner"),
            id)
        .filter(present -> present.version() == version)
        .orElseThrow(() -> new VersionConflictException(id, version));
  }

  /** Returns the position that the id asks for, or the next one of its millisecond that is free. */
  private static long freePosition(Connection connection, String id) throws SQLException {
    long first = Position.first(Position.millis(id));
    long offset = Position.preferred(id) - first;
    for (int tries = 0; tries < Position.PER_MILLISECOND; tries++) {
      long position = first + (offset + tries) % Position.PER_MILLISECOND;
      if (!Jdbc.exists(connection, "SELECT 1 FROM cutline_records WHERE position = ?", position)) {
        return position;
      }
    }
    throw new IllegalArgumentException(
        "no more than " + Position.PER_MILLISECOND + " ids can share a millisecond: " + id);
  }

  private static void addVersions(Connection connection, long position, List<CaptionVersion> added)
      throws SQLException {
    if (added.isEmpty()) {
      return;
    }
    long highest =
        Jdbc.first(
                connection,
                row -> row.getLong(1),
                "SELECT coalesce(max(number), 0) FROM cutline_caption_versions WHERE position = ?",
                position)
            .orElseThrow();
    long[] numbers = added.stream().mapToLong(CaptionVersion::number).sorted().toArray();
    for (long number : numbers) {
      if (number <= highest) {
        throw new IllegalArgumentException(
            "version " + number + " of a caption is not higher than " + highest);
      }
      highest = number;
    }
    for (CaptionVersion version : added) {
      Jdbc.update(
          connection,
          "INSERT INTO cutline_caption_versions (position, number, document) VALUES (?, ?, ?)",
          position,
          version.number(),
          JsonDocuments.write(CaptionDocuments.of(version)));
    }
  }

  /** Reads back what was written, because times have been rounded. */
  private ImageRecord reread(Connection connection, ImageRecord record) throws SQLException {
    return find(connection, record.owner(), record.id()).orElseThrow().record();
  }

  private static @Nullable Long hash(ImageRecord record) {
    return record.perceptualHash().isPresent() ? record.perceptualHash().getAsLong() : null;
  }

  /** Returns the hash that the index is to have of a record. */
  private static @Nullable Long indexed(ImageRecord record) {
    return record.storageState() == StorageState.STORED ? hash(record) : null;
  }

  private static @Nullable String longTitle(ImageRecord record) {
    return record.title().filter(Terms::isLongTitle).map(SearchTerms::title).orElse(null);
  }
}
