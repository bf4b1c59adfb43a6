package dev.cutline.core.store;

import dev.cutline.ImageRecord;
import java.util.Comparator;

/** What a record stands by in the order of age. */
record AgeKey(long createdAt, RecordKey key) implements Comparable<AgeKey> {
  static AgeKey of(ImageRecord record) {
    return new AgeKey(record.createdAt().toEpochMilli(), RecordKey.of(record));
  }

  String toCursor() {
    return createdAt + ":" + key.toCursor();
  }

  /** Throws {@link IllegalArgumentException} if {@link #toCursor} never gave this. */
  static AgeKey ofCursor(String cursor) {
    int colon = cursor.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("not a cursor of this store");
    }
    return new AgeKey(
        Long.parseLong(cursor.substring(0, colon)),
        RecordKey.ofCursor(cursor.substring(colon + 1)));
  }

  @Override
  public int compareTo(AgeKey other) {
    return Comparator.comparingLong(AgeKey::createdAt)
        .thenComparing(AgeKey::key)
        .compare(this, other);
  }
}
