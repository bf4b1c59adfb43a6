package dev.cutline.storage.dynamodb;

import dev.cutline.CaptionState;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.Lease;
import dev.cutline.StorageState;
import dev.cutline.Tombstone;
import dev.cutline.spi.CaptionDocuments;
import dev.cutline.spi.CorruptDocumentException;
import dev.cutline.spi.RecordDocuments;
import dev.cutline.spi.StoreArguments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Records, their captions and their tombstones as items. */
final class RecordItems {
  static final String VERSION = "version";

  /** The highest number of a version of a caption that was ever added. */
  static final String LAST = "lastCaption";

  /** The numbers that the items of captions of this record go by. */
  static final String HISTORY = "captionItems";

  /** Who wrote an item: tells a write that came through from one that lost. */
  static final String WRITER = "writer";

  static final String OWNER = "owner";
  static final String STORAGE_STATE = "storageState";
  static final String CREATED_AT = "createdAt";
  static final String UNTIL = "until";

  static final String UNSETTLED = "UNSETTLED";
  static final String PENDING = "PENDING";
  static final String STORED = "STORED";
  static final String GONE = "GONE";
  static final String REPAIR = "REPAIR";

  /** What not every record has. */
  static final List<String> OPTIONAL =
      List.of(
          "leaseToken",
          "leaseUntil",
          Keys.WORK_KEY,
          Keys.WORK_SORT,
          Keys.AGE_KEY,
          Keys.AGE_SORT,
          Keys.REPAIR_KEY,
          Keys.REPAIR_SORT);

  private static final String CAPTION_STATE = "captionState";
  private static final String DOCUMENT = "document";

  private RecordItems() {}

  /** Returns every attribute of a record that a write sets, keys and version not among them. */
  static Map<String, AttributeValue> fields(ImageRecord record) {
    String pk = Keys.owner(record.owner());
    String id = record.id();
    long createdAt = Times.floorMillis(record.createdAt());
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(OWNER, Attributes.text(record.owner()));
    item.put(STORAGE_STATE, Attributes.text(record.storageState().name()));
    item.put(CAPTION_STATE, Attributes.text(record.captionState().name()));
    item.put(CREATED_AT, Attributes.number(createdAt));
    record
        .lease()
        .ifPresent(
            lease -> {
              String token = StoreArguments.unicode(lease.token(), "the token of the lease");
              item.put("leaseToken", Attributes.text(token));
              item.put("leaseUntil", Attributes.number(Times.floorMillis(lease.until())));
            });
    item.put(DOCUMENT, Documents.write(RecordDocuments.of(record)));
    String work = workOf(record);
    if (work != null) {
      item.put(Keys.WORK_KEY, Attributes.text(Keys.shardOf(work, id)));
      item.put(Keys.WORK_SORT, Attributes.text(Keys.sortById(pk, id)));
    }
    if (record.storageState() == StorageState.STORED) {
      item.put(Keys.AGE_KEY, Attributes.text(Keys.shardOf(STORED, id)));
      item.put(Keys.AGE_SORT, Attributes.text(Keys.sortByTime(createdAt, pk, id)));
    }
    return item;
  }

  private static @Nullable String workOf(ImageRecord record) {
    if (record.storageState() != StorageState.STORED) {
      return UNSETTLED;
    }
    return record.captionState() == CaptionState.PENDING ? PENDING : null;
  }

  /** Marks a record as one whose search entries are not yet what they are to be. */
  static void markForRepair(Map<String, AttributeValue> item, ImageRecord record, Instant now) {
    String pk = Keys.owner(record.owner());
    item.put(Keys.REPAIR_KEY, Attributes.text(Keys.shardOf(REPAIR, record.id())));
    item.put(
        Keys.REPAIR_SORT,
        Attributes.text(Keys.sortByTime(Times.floorMillis(now), pk, record.id())));
  }

  static Map<String, AttributeValue> tombstone(
      String owner, String id, Instant until, String writer) {
    String pk = Keys.owner(owner);
    long millis = Times.floorMillis(until);
    Map<String, AttributeValue> item = new HashMap<>(Keys.key(pk, Keys.IMAGE + id));
    item.put(OWNER, Attributes.text(owner));
    item.put(UNTIL, Attributes.number(millis));
    item.put(WRITER, Attributes.text(writer));
    item.put(Keys.AGE_KEY, Attributes.text(Keys.shardOf(GONE, id)));
    item.put(Keys.AGE_SORT, Attributes.text(Keys.sortByTime(millis, pk, id)));
    return item;
  }

  static boolean isTombstone(Map<String, AttributeValue> item) {
    return item.containsKey(UNTIL);
  }

  static Tombstone tombstone(Map<String, AttributeValue> item) {
    return new Tombstone(
        Attributes.text(item, OWNER),
        id(item),
        Instant.ofEpochMilli(Attributes.number(item, UNTIL)));
  }

  static String id(Map<String, AttributeValue> item) {
    return Attributes.text(item, Keys.SK).substring(Keys.IMAGE.length());
  }

  /**
   * Returns the record of an item.
   *
   * @throws CorruptDocumentException if it cannot be read
   */
  static ImageRecord record(Map<String, AttributeValue> item) {
    String id = id(item);
    try {
      String token = Attributes.nullableText(item, "leaseToken");
      ImageRecord.Builder record =
          ImageRecord.builder(Attributes.text(item, OWNER), id)
              .version(Attributes.number(item, VERSION))
              .storageState(storageState(item))
              .captionState(
                  RecordDocuments.constant(
                      Attributes.text(item, CAPTION_STATE), CaptionState.class))
              .createdAt(Instant.ofEpochMilli(Attributes.number(item, CREATED_AT)))
              .lease(
                  token == null
                      ? null
                      : new Lease(
                          token, Instant.ofEpochMilli(Attributes.number(item, "leaseUntil"))));
      return RecordDocuments.read(Documents.read(item.get(DOCUMENT)), record).build();
    } catch (CorruptDocumentException | IllegalArgumentException e) {
      throw new CorruptDocumentException("record " + id + ": " + e.getMessage());
    }
  }

  static StorageState storageState(Map<String, AttributeValue> item) {
    return RecordDocuments.constant(Attributes.text(item, STORAGE_STATE), StorageState.class);
  }

  /** Returns the item of captions that were added together. */
  static Map<String, AttributeValue> captions(String owner, String id, List<CaptionVersion> added) {
    List<AttributeValue> documents = new ArrayList<>();
    for (CaptionVersion version : sorted(added)) {
      documents.add(Documents.write(CaptionDocuments.of(version)));
    }
    Map<String, AttributeValue> item = new HashMap<>(captionsKey(owner, id, first(added)));
    item.put("captions", AttributeValue.fromL(documents));
    return item;
  }

  static Map<String, AttributeValue> captionsKey(String owner, String id, String first) {
    String number = String.format(Locale.ROOT, "%019d", Long.parseLong(first));
    return Keys.key(Keys.owner(owner), Keys.CAPTIONS + id + "#" + number);
  }

  static List<Map<String, AttributeValue>> captionsKeys(
      String owner, String id, Map<String, AttributeValue> item) {
    AttributeValue history = item.get(HISTORY);
    return history == null
        ? List.of()
        : history.ns().stream().map(first -> captionsKey(owner, id, first)).toList();
  }

  static List<CaptionVersion> captions(Map<String, AttributeValue> item) {
    AttributeValue documents = item.get("captions");
    if (documents == null) {
      throw new CorruptDocumentException("an item of captions without any");
    }
    return documents.l().stream()
        .map(document -> CaptionDocuments.version(Documents.read(document)))
        .toList();
  }

  static String first(List<CaptionVersion> added) {
    return Long.toString(added.stream().mapToLong(CaptionVersion::number).min().orElseThrow());
  }

  static List<CaptionVersion> sorted(List<CaptionVersion> versions) {
    return versions.stream().sorted(Comparator.comparingLong(CaptionVersion::number)).toList();
  }
}
