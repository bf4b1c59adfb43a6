package dev.cutline;

/** Where a picture is between its record and its objects; apart from whether it has captions. */
public enum StorageState {
  /** The record is there, the objects are being written under a {@link Lease}. */
  RECEIVED,
  /** Record and objects are there: the upload is acknowledged. */
  STORED,
  /** The objects are being deleted; the record goes last. */
  DELETING
}
