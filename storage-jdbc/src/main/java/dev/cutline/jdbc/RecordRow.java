package dev.cutline.jdbc;

import dev.cutline.CaptionState;
import dev.cutline.ImageRecord;
import dev.cutline.Lease;
import dev.cutline.StorageState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A record with what the database adds to it.
 *
 * @param position of the record
 * @param owner the number of its owner
 * @param record as it is stored
 */
record RecordRow(long position, long owner, ImageRecord record) {
  /** What {@link #read} needs of tables {@code r} and {@code o}. */
  static final String COLUMNS =
      "r.position, r.owner, o.name, r.id, r.version, r.storage_state, r.caption_state,"
          + " r.created_at, r.lease_token, r.lease_until, r.document";

  static RecordRow read(ResultSet row) throws SQLException {
    String id = row.getString("id");
    try {
      String leaseToken = row.getString("lease_token");
      ImageRecord.Builder record =
          ImageRecord.builder(row.getString("name"), id)
              .version(row.getLong("version"))
              .storageState(
                  JsonObject.constantOf(row.getString("storage_state"), StorageState.class))
              .captionState(
                  JsonObject.constantOf(row.getString("caption_state"), CaptionState.class))
              .createdAt(Instant.ofEpochMilli(row.getLong("created_at")))
              .lease(
                  leaseToken == null
                      ? null
                      : new Lease(leaseToken, Instant.ofEpochMilli(row.getLong("lease_until"))));
      return new RecordRow(
          row.getLong("position"),
          row.getLong("owner"),
          RecordDocuments.read(row.getString("document"), record).build());
    } catch (CorruptDocumentException | IllegalArgumentException e) {
      throw new CorruptDocumentException("record " + id + ": " + e.getMessage());
    }
  }
}
