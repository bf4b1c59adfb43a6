package dev.cutline.storage.dynamodb;

import dev.cutline.spi.OwnerKey;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The names of keys and how they are made. Owners stand in them as {@link OwnerKey} writes them,
 * which has no {@code #}, so that no owner, whatever it is called, is the start of another's key.
 */
final class Keys {
  static final String PK = "PK";
  static final String SK = "SK";

  static final String IMAGE = "IMAGE#";
  static final String CAPTIONS = "CAPTIONS#";
  static final String INDEX = "INDEX#";
  static final String CACHE = "CACHE#";
  static final String CACHE_COUNT = "CACHE";

  /** Which of the records of all owners have work left: by id and owner. */
  static final String WORK_INDEX = "work";

  static final String WORK_KEY = "workKey";
  static final String WORK_SORT = "workSort";

  /** What is found by its age: by time, id and owner. */
  static final String AGE_INDEX = "age";

  static final String AGE_KEY = "ageKey";
  static final String AGE_SORT = "ageSort";

  /** Which records' search entries may not be what they are to be: by time, id and owner. */
  static final String REPAIR_INDEX = "repair";

  static final String REPAIR_KEY = "repairKey";
  static final String REPAIR_SORT = "repairSort";

  /**
   * Over how many partitions an index of all owners is spread, by a hash of the id: each bears a
   * thousand writes a second. A page asks each of them once.
   */
  static final int SHARDS = 4;

  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final String OWNER = "USER#";
  private static final long MAX_MILLIS = (1L << 48) - 1;

  private Keys() {}

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** Returns the partition of everything that belongs to an owner. */
  static String owner(String owner) {
    return OWNER + OwnerKey.of(owner);
  }

  static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of(PK, AttributeValue.fromS(pk), SK, AttributeValue.fromS(sk));
  }

  static Map<String, AttributeValue> image(String owner, String id) {
    return key(owner(owner), IMAGE + id);
  }

  /** Returns one of the partitions of an index of all owners. */
  static String shard(String kind, int shard) {
    return kind + "#" + shard;
  }

  /** Returns the partition of an index of all owners that a thing belongs to. */
  static String shardOf(String kind, String id) {
    return shard(kind, Math.floorMod(id.hashCode(), SHARDS));
  }

  /** Returns where a record stands among those of all owners: by id, then owner. */
  static String sortById(String pk, String id) {
    return id + "#" + pk.substring(OWNER.length());
  }

  static String sortByTime(long millis, String pk, String id) {
    return Times.sortable(millis) + "#" + sortById(pk, id);
  }

  /** Returns the time that an id starts with. */
  static long millis(String id) {
    return UUID.fromString(id).getMostSignificantBits() >>> 16;
  }

  /** Returns a text that sorts before all ids of a millisecond and after all of earlier ones. */
  static String firstId(long millis) {
    long bounded = Math.max(0, Math.min(MAX_MILLIS, millis));
    String hex = String.format(Locale.ROOT, "%012x", bounded);
    return hex.substring(0, 8) + "-" + hex.substring(8);
  }

  /** Returns a text that sorts after all ids of a millisecond and before all of later ones. */
  static String lastId(long millis) {
    return firstId(millis) + "~";
  }

  /** Returns a text that sorts before an id and after all ids below it. */
  static String below(String id) {
    int last = id.length() - 1;
    return id.substring(0, last) + (char) (id.charAt(last) - 1) + "~";
  }
}
