package dev.cutline.jdbc;

import dev.cutline.CaptionState;
import dev.cutline.DamagedRecord;
import dev.cutline.ImageRecord;
import dev.cutline.Lease;
import dev.cutline.RecordPage;
import dev.cutline.StorageState;
import dev.cutline.documents.JsonDocuments;
import dev.cutline.spi.CorruptDocumentException;
import dev.cutline.spi.RecordDocuments;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record with what the database adds to it; or what is known of one that cannot be read. */
final class RecordRow {
  /** What {@link #read} needs of tables {@code r} and {@code o}. */
  static final String COLUMNS =
      "r.position, r.owner, o.name, r.id, r.version, r.storage_state, r.caption_state,"
          + " r.created_at, r.lease_token, r.lease_until, r.document";

  private final long position;
  private final long owner;
  private final String ownerName;
  private final String id;
  private final long version;
  private final long createdAt;
  private final @Nullable ImageRecord record;
  private final String problem;

  private RecordRow(ResultSet row, @Nullable ImageRecord record, String problem)
      throws SQLException {
    this.position = row.getLong("position");
    this.owner = row.getLong("owner");
    this.ownerName = row.getString("name");
    this.id = row.getString("id");
    this.version = row.getLong("version");
    this.createdAt = row.getLong("created_at");
    this.record = record;
    this.problem = problem;
  }

  /**
   * Reads a record.
   *
   * @throws CorruptDocumentException if it cannot be read
   */
  static RecordRow read(ResultSet row) throws SQLException {
    RecordRow read = readAny(row);
    read.record();
    return read;
  }

  /**
   * Reads a record, or what is known of one whose document cannot be read.
   *
   * @throws CorruptDocumentException if its state is none: it may be one of a later version, and
   *     nobody is to delete what that has made
   */
  static RecordRow readAny(ResultSet row) throws SQLException {
    try {
      return new RecordRow(row, recordOf(row), "");
    } catch (CorruptDocumentException | IllegalArgumentException e) {
      RecordDocuments.constant(row.getString("storage_state"), StorageState.class);
      return new RecordRow(row, null, String.valueOf(e.getMessage()));
    }
  }

  private static ImageRecord recordOf(ResultSet row) throws SQLException {
    String leaseToken = row.getString("lease_token");
    ImageRecord.Builder record =
        ImageRecord.builder(row.getString("name"), row.getString("id"))
            .version(row.getLong("version"))
            .storageState(
                RecordDocuments.constant(row.getString("storage_state"), StorageState.class))
            .captionState(
                RecordDocuments.constant(row.getString("caption_state"), CaptionState.class))
            .createdAt(Instant.ofEpochMilli(row.getLong("created_at")))
            .lease(
                leaseToken == null
                    ? null
                    : new Lease(leaseToken, Instant.ofEpochMilli(row.getLong("lease_until"))));
    return RecordDocuments.read(JsonDocuments.read(row.getString("document")), record).build();
  }

  /** Returns a page of rows of any kind. */
  static RecordPage page(List<RecordRow> rows, @Nullable String nextCursor) {
    List<ImageRecord> items = new ArrayList<>();
    List<DamagedRecord> damaged = new ArrayList<>();
    for (RecordRow row : rows) {
      ImageRecord record = row.record;
      if (record == null) {
        damaged.add(new DamagedRecord(row.ownerName, row.id, row.version, row.problem));
      } else {
        items.add(record);
      }
    }
    return RecordPage.of(items, damaged, nextCursor);
  }

  long position() {
    return position;
  }

  /** Returns the number of its owner. */
  long owner() {
    return owner;
  }

  String id() {
    return id;
  }

  /** Returns when it was created, in milliseconds since 1970. */
  long createdAt() {
    return createdAt;
  }

  /**
   * Returns the record as it is stored.
   *
   * @throws CorruptDocumentException if it cannot be read
   */
  ImageRecord record() {
    if (record == null) {
      throw new CorruptDocumentException("record " + id + ": " + problem);
    }
    return record;
  }
}
