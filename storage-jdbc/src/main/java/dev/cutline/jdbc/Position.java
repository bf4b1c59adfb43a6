package dev.cutline.jdbc;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Where a record stands among all records: the 48 bits of time that a UUIDv7 starts with, followed
 * by 15 bits. So numbers of eight bytes, which indexes hold and compare cheaply, sort as ids do but
 * among the records of one millisecond.
 */
final class Position {
  /** How many records one millisecond has room for. */
  static final int PER_MILLISECOND = 1 << 15;

  private static final long MAX_MILLIS = (1L << 48) - 1;
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private Position() {}

  /** Tells whether a text is a UUID in its usual spelling. */
  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** Returns the time that an id starts with. */
  static long millis(String id) {
    return UUID.fromString(id).getMostSignificantBits() >>> 16;
  }

  /** Returns the time of a position. */
  static long millis(long position) {
    return position / PER_MILLISECOND;
  }

  /** Returns the position that an id would have if no other took it. */
  static long preferred(String id) {
    UUID uuid = UUID.fromString(id);
    long counter = uuid.getMostSignificantBits() & 0xfff;
    long random = uuid.getLeastSignificantBits() >>> 59 & 0x7;
    return first(millis(id)) + (counter << 3 | random);
  }

  /** Returns the first position of a millisecond; the nearest there is if time is out of range. */
  static long first(long millis) {
    return Math.min(Math.max(millis, 0), MAX_MILLIS) * PER_MILLISECOND;
  }

  /** Returns the last position of a millisecond; the nearest there is if time is out of range. */
  static long last(long millis) {
    return first(millis) + PER_MILLISECOND - 1;
  }
}
