package dev.cutline.core;

import dev.cutline.ImageRecord;
import dev.cutline.Lease;
import dev.cutline.RecordStore;
import dev.cutline.StorageState;
import dev.cutline.VersionConflictException;
import java.util.List;

/** A received record that this process has the right to write objects for. Used by one thread. */
final class Claim {
  private final RecordStore records;
  private final Leases leases;
  private ImageRecord record;

  Claim(RecordStore records, Leases leases, ImageRecord record) {
    this.records = records;
    this.leases = leases;
    this.record = record;
  }

  ImageRecord record() {
    return record;
  }

  String token() {
    return lease().token();
  }

  /**
   * Sees to it that the lease is good for the next object. One that has run out can still be
   * renewed as long as nobody has taken over, because taking over changes the version.
   *
   * @throws VersionConflictException if somebody has
   */
  void keep() {
    if (leases.isDue(lease())) {
      record = records.update(record.toBuilder().lease(leases.renewed(lease())).build(), List.of());
    }
  }

  /**
   * Ends the work.
   *
   * @throws VersionConflictException if somebody has taken over
   */
  ImageRecord stored() {
    return records.update(
        record.toBuilder()
            .storageState(StorageState.STORED)
            .lease(null)
            .updatedAt(leases.now())
            .build(),
        List.of());
  }

  private Lease lease() {
    return record.lease().orElseThrow();
  }
}
