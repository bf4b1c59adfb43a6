package dev.cutline.spi;

import dev.cutline.RecordStore;
import java.util.ArrayList;
import java.util.List;

/**
 * How stores find {@linkplain RecordStore#similar similar pictures} by an index of plain, sorted
 * keys. Two hashes that differ in at most {@code d} bits agree in one of {@code d + 1} parts of
 * them at least. So each picture has an entry in each of eight bands: in band {@code b} the hash
 * turned by {@code b} bytes, so that any run of bytes is the start of an entry. What may be similar
 * lies in one range of entries for each of the {@code d + 1} parts; whether it is, the entry itself
 * tells, because it holds the whole hash.
 *
 * <p>A table of rows (owner, band, entry, picture) will do, and so will a store of keys such as
 * DynamoDB: the partition is the owner, the sort key starts with band and entry, a range is one
 * query.
 */
public final class HashBands {
  /** How many entries a picture has. */
  public static final int COUNT = 8;

  /** The largest distance that the ranges can find: one part less than there are bytes. */
  public static final int MAX_DISTANCE = COUNT - 1;

  private HashBands() {}

  /**
   * Entries of a band that may belong to similar hashes; both ends are part of it.
   *
   * @param band 0 to 7
   */
  public record Range(int band, long first, long last) {}

  /**
   * Returns the entry of a hash in a band. Entries sort as signed numbers do.
   *
   * @param band 0 to 7
   */
  public static long entry(long hash, int band) {
    return Long.rotateLeft(hash, Byte.SIZE * band) ^ Long.MIN_VALUE;
  }

  /** Returns the hash of an entry of a band. */
  public static long hash(long entry, int band) {
    return Long.rotateRight(entry ^ Long.MIN_VALUE, Byte.SIZE * band);
  }

  /** Returns how many bits two hashes differ in. */
  public static int distance(long one, long other) {
    return Long.bitCount(one ^ other);
  }

  /**
   * Returns where all hashes are found that differ in at most so many bits, and some that differ in
   * more.
   *
   * @param distance 0 to 7
   * @throws IllegalArgumentException if it is not
   */
  public static List<Range> ranges(long hash, int distance) {
    check(distance);
    int parts = distance + 1;
    List<Range> ranges = new ArrayList<>(parts);
    int band = 0;
    for (int part = 0; part < parts; part++) {
      // As even as it goes: the longer a part, the fewer hashes share it.
      int bytes = COUNT / parts + (part < COUNT % parts ? 1 : 0);
      // A shift by 64 would be one by 0.
      long rest = bytes == COUNT ? 0 : -1L >>> Byte.SIZE * bytes;
      long entry = entry(hash, band);
      ranges.add(new Range(band, entry & ~rest, entry | rest));
      band += bytes;
    }
    return List.copyOf(ranges);
  }

  /**
   * Returns a distance that is one.
   *
   * @throws IllegalArgumentException if it is not 0 to 7
   */
  public static int check(int distance) {
    if (distance < 0 || distance > MAX_DISTANCE) {
      throw new IllegalArgumentException(
          "a distance is 0 to " + MAX_DISTANCE + " bits, not " + distance);
    }
    return distance;
  }
}
