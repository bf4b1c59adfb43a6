package dev.cutline.jdbc;

import dev.cutline.ImageFormat;
import dev.cutline.ImageRecord;
import dev.cutline.StorageState;
import java.time.Instant;
import java.util.UUID;

/** Records to test with, each a millisecond younger than the one before. */
final class Pictures {
  static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  private Pictures() {}

  static String id(int number) {
    long high = START.plusMillis(number).toEpochMilli() << 16 | 0x7000L;
    return new UUID(high, 0x8000000000000000L | number).toString();
  }

  static ImageRecord.Builder stored(int number) {
    return ImageRecord.builder("alice", id(number))
        .storageState(StorageState.STORED)
        .createdAt(START.plusMillis(number))
        .updatedAt(START)
        .title("picture " + number)
        .format(ImageFormat.PNG)
        .sha256("a".repeat(64));
  }
}
