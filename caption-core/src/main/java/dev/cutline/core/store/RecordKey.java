package dev.cutline.core.store;

import dev.cutline.ImageRecord;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;

/** What a record is found by, in the order of time, which the id starts with. */
record RecordKey(String id, String owner) implements Comparable<RecordKey> {
  private static final String PREFIX = "m1.";

  static RecordKey of(ImageRecord record) {
    return new RecordKey(record.id(), record.owner());
  }

  String toCursor() {
    return PREFIX + encode(id) + "." + encode(owner);
  }

  /** Throws {@link IllegalArgumentException} if {@link #toCursor} never gave this. */
  static RecordKey ofCursor(String cursor) {
    String[] parts = cursor.split("\\.", -1);
    if (!cursor.startsWith(PREFIX) || parts.length != 3) {
      throw new IllegalArgumentException("not a cursor of this store");
    }
    return new RecordKey(decode(parts[1]), decode(parts[2]));
  }

  @Override
  public int compareTo(RecordKey other) {
    return Comparator.comparing(RecordKey::id).thenComparing(RecordKey::owner).compare(this, other);
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_16BE));
  }

  private static String decode(String text) {
    return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_16BE);
  }
}
