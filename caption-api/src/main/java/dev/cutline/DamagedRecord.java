package dev.cutline;

/**
 * What a store still knows of a record that it cannot read: enough to {@linkplain
 * RecordStore#delete(String, String, long, java.time.Instant) delete} it.
 *
 * @param owner whose picture it is
 * @param id of the picture
 * @param version of the record
 * @param problem why it cannot be read, for the log
 */
public record DamagedRecord(String owner, String id, long version, String problem) {}
