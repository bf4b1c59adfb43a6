package dev.cutline.storage.dynamodb;

import dev.cutline.CaptionState;
import dev.cutline.DamagedRecord;
import dev.cutline.ImageRecord;
import dev.cutline.RecordPage;
import dev.cutline.StorageState;
import dev.cutline.Tombstone;
import dev.cutline.spi.CorruptDocumentException;
import dev.cutline.spi.StoreArguments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Pages over all owners, by indexes that are spread over a few partitions: one query of each, and
 * their results merged. An index may be a moment behind; the records, which are read as they are
 * now, decide.
 */
final class GlobalPages {
  private static final String ID_AND_OWNER = "[0-9a-f-]{36}#[a-z0-9_~-]{1,64}";
  private static final Pattern ID_CURSOR = Pattern.compile(ID_AND_OWNER);
  private static final Pattern AGE_CURSOR = Pattern.compile("[0-9a-f]{16}#" + ID_AND_OWNER);

  /** Sorts after every sort key of these indexes. */
  private static final String AFTER_ALL = "~";

  private final Table table;

  GlobalPages(Table table) {
    this.table = table;
  }

  /** What of an index is asked for: a kind of partitions, and sort keys below a bound. */
  private record Range(String index, String keyName, String sortName, String kind, String below) {
    static Range work(String kind) {
      return new Range(Keys.WORK_INDEX, Keys.WORK_KEY, Keys.WORK_SORT, kind, AFTER_ALL);
    }

    static Range age(String kind, String below) {
      return new Range(Keys.AGE_INDEX, Keys.AGE_KEY, Keys.AGE_SORT, kind, below);
    }
  }

  /** A record, or what is known of one that cannot be read, and where it stands. */
  private record Row(String sort, @Nullable ImageRecord record, @Nullable DamagedRecord damaged) {}

  RecordPage unsettled(Instant now, @Nullable String cursor, int limit) {
    return page(
        Range.work(RecordItems.UNSETTLED),
        ID_CURSOR,
        cursor,
        limit,
        item ->
            RecordItems.storageState(item) != StorageState.STORED
                && (!item.containsKey("leaseUntil")
                    || Attributes.number(item, "leaseUntil") <= Times.floorMillis(now)));
  }

  RecordPage pendingCaptions(@Nullable String cursor, int limit) {
    return page(
        Range.work(RecordItems.PENDING),
        ID_CURSOR,
        cursor,
        limit,
        item ->
            RecordItems.storageState(item) == StorageState.STORED
                && CaptionState.PENDING
                    .name()
                    .equals(Attributes.nullableText(item, "captionState")));
  }

  RecordPage createdBefore(Instant before, @Nullable String cursor, int limit) {
    long millis = Times.ceilMillis(before);
    return page(
        Range.age(RecordItems.STORED, Times.sortable(millis)),
        AGE_CURSOR,
        cursor,
        limit,
        item ->
            RecordItems.storageState(item) == StorageState.STORED
                && Attributes.number(item, RecordItems.CREATED_AT) < millis);
  }

  List<Tombstone> tombstones(Instant now, int limit) {
    StoreArguments.limit(limit, 1000);
    long millis = Times.floorMillis(now);
    // '$' comes after '#', so that those of this very millisecond are among them
    Range range = Range.age(RecordItems.GONE, Times.sortable(millis) + "$");
    List<Tombstone> found = new ArrayList<>();
    String after = "";
    while (true) {
      List<Map<String, AttributeValue>> keys = keys(range, after, limit);
      List<Map<String, AttributeValue>> items = items(keys);
      for (Map<String, AttributeValue> item : items) {
        if (RecordItems.isTombstone(item) && found.size() < limit) {
          Tombstone tombstone = RecordItems.tombstone(item);
          if (tombstone.until().toEpochMilli() <= millis) {
            found.add(tombstone);
          }
        }
      }
      if (keys.size() < limit || found.size() == limit) {
        return List.copyOf(found);
      }
      after = Attributes.text(keys.get(keys.size() - 1), Keys.AGE_SORT);
    }
  }

  private RecordPage page(
      Range range,
      Pattern cursors,
      @Nullable String cursor,
      int limit,
      Predicate<Map<String, AttributeValue>> wanted) {
    StoreArguments.limit(limit, 1000);
    if (cursor != null && !cursors.matcher(cursor).matches()) {
      throw Pages.badCursor(cursor);
    }
    List<Row> rows = new ArrayList<>();
    String after = cursor == null ? "" : cursor;
    while (rows.size() <= limit) {
      List<Map<String, AttributeValue>> keys = keys(range, after, limit + 1);
      for (Map<String, AttributeValue> item : items(keys)) {
        if (!RecordItems.isTombstone(item) && wanted.test(item)) {
          rows.add(row(item, range.sortName()));
        }
      }
      if (keys.size() <= limit) {
        break;
      }
      after = Attributes.text(keys.get(keys.size() - 1), range.sortName());
    }
    List<Row> shown = rows.subList(0, Math.min(limit, rows.size()));
    List<ImageRecord> records = new ArrayList<>();
    List<DamagedRecord> damaged = new ArrayList<>();
    for (Row row : shown) {
      if (row.record() != null) {
        records.add(row.record());
      } else if (row.damaged() != null) {
        damaged.add(row.damaged());
      }
    }
    String next = rows.size() > limit ? shown.get(limit - 1).sort() : null;
    return RecordPage.of(records, damaged, next);
  }

  private static Row row(Map<String, AttributeValue> item, String sortName) {
    String sort = Attributes.text(item, sortName);
    try {
      return new Row(sort, RecordItems.record(item), null);
    } catch (CorruptDocumentException e) {
      return new Row(
          sort,
          null,
          new DamagedRecord(
              Attributes.text(item, RecordItems.OWNER),
              RecordItems.id(item),
              Attributes.number(item, RecordItems.VERSION),
              String.valueOf(e.getMessage())));
    }
  }

  /** Returns the first keys after a place, over all partitions, in order. */
  private List<Map<String, AttributeValue>> keys(Range range, String after, int limit) {
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    if ((after + " ").compareTo(range.below()) >= 0) {
      return keys;
    }
    for (int shard = 0; shard < Keys.SHARDS; shard++) {
      keys.addAll(keys(range, shard, after, limit));
    }
    keys.sort(Comparator.comparing(key -> Attributes.text(key, range.sortName())));
    return keys.subList(0, Math.min(limit, keys.size()));
  }

  private List<Map<String, AttributeValue>> keys(Range range, int shard, String after, int limit) {
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    Map<String, AttributeValue> start = null;
    do {
      QueryResponse page =
          table.query(
              QueryRequest.builder()
                  .indexName(range.index())
                  .keyConditionExpression("#key = :key AND #sort BETWEEN :after AND :below")
                  .expressionAttributeNames(
                      Map.of("#key", range.keyName(), "#sort", range.sortName()))
                  .expressionAttributeValues(
                      Map.of(
                          ":key",
                          Attributes.text(Keys.shard(range.kind(), shard)),
                          // a blank sorts before whatever may follow: so this one is left out
                          ":after",
                          Attributes.text(after + " "),
                          ":below",
                          Attributes.text(range.below())))
                  .limit(limit - keys.size())
                  .exclusiveStartKey(start));
      keys.addAll(page.items());
      start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (start != null && !start.isEmpty() && keys.size() < limit);
    return keys;
  }

  /** Returns the items of keys as they are now, in the order of the keys. */
  private List<Map<String, AttributeValue>> items(List<Map<String, AttributeValue>> keys) {
    List<Map<String, AttributeValue>> plain =
        keys.stream().map(GlobalPages::primary).distinct().toList();
    Map<Map<String, AttributeValue>, Map<String, AttributeValue>> byKey = new HashMap<>();
    table.getAll(plain).forEach(item -> byKey.put(primary(item), item));
    List<Map<String, AttributeValue>> ordered = new ArrayList<>();
    for (Map<String, AttributeValue> key : plain) {
      Map<String, AttributeValue> item = byKey.get(key);
      if (item != null) {
        ordered.add(item);
      }
    }
    return ordered;
  }

  private static Map<String, AttributeValue> primary(Map<String, AttributeValue> item) {
    return Keys.key(Attributes.text(item, Keys.PK), Attributes.text(item, Keys.SK));
  }
}
