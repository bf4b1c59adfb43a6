package dev.cutline.storage.dynamodb;

import dev.cutline.ImageRecord;
import dev.cutline.StoreException;
import dev.cutline.spi.CorruptDocumentException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Keeps the search entries of records. They are too many for one transaction with the record, so
 * they are written after it: the write of the record marks it, and the mark is taken off when they
 * are done. What a crash left marked, {@link #repair} does once more.
 *
 * <p>An item for each record tells what entries there may be. It is written before they are, with
 * the old ones and the new ones, and again afterwards with the new ones alone, so that whoever
 * comes next knows what to take away, whatever the one before has reached. An entry that should not
 * be there costs a look at its record and finds nothing. Thread-safe.
 */
final class SearchIndex {
  private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);

  /** After that, whoever has marked a record is taken for dead. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final int REPAIRED_AT_ONCE = 100;
  private static final int TRIES = 20;

  private static final String SEQUENCE = "sequence";
  private static final String ENTRIES = "entries";

  /** That somebody is at work, or was: what is named may be there, and no more. */
  private static final String UNSURE = "unsure";

  private final Table table;

  SearchIndex(Table table) {
    this.table = table;
  }

  /** What the item of a record's entries holds. */
  private record Known(long sequence, Set<String> entries, boolean unsure) {
    static final Known NOTHING = new Known(0, Set.of(), false);
  }

  /**
   * Brings entries up to date after a record was written. Never fails because of the store: the
   * record is written, and its mark stays.
   *
   * @param record as it was written; null if it is gone
   */
  void updateAfter(String owner, String id, @Nullable ImageRecord record) {
    try {
      update(owner, id, record, false);
    } catch (StoreException e) {
      LOG.warn(
          "{} is stored, but what it is found by is left to the next reconcile: {}",
          id,
          e.getMessage());
    }
  }

  /**
   * Brings up to date what was left undone, of all owners; returns how many records. Those that
   * cannot be read stay marked, and hold up none that comes after them.
   */
  int repair(Instant now) {
    String before = Times.sortable(Times.floorMillis(now.minus(PATIENCE)));
    int repaired = 0;
    for (int shard = 0; shard < Keys.SHARDS && repaired < REPAIRED_AT_ONCE; shard++) {
      repaired += repair(shard, before, REPAIRED_AT_ONCE - repaired);
    }
    return repaired;
  }

  private int repair(int shard, String before, int most) {
    int repaired = 0;
    Map<String, AttributeValue> start = null;
    do {
      QueryResponse page =
          table.query(
              QueryRequest.builder()
                  .indexName(Keys.REPAIR_INDEX)
                  .keyConditionExpression("repairKey = :key AND repairSort < :before")
                  .expressionAttributeValues(
                      Map.of(
                          ":key",
                          Attributes.text(Keys.shard(RecordItems.REPAIR, shard)),
                          ":before",
                          Attributes.text(before)))
                  .limit(most - repaired)
                  .exclusiveStartKey(start));
      for (Map<String, AttributeValue> key : page.items()) {
        repaired += repairOne(Attributes.text(key, Keys.PK), RecordItems.id(key)) ? 1 : 0;
      }
      start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (start != null && !start.isEmpty() && repaired < most);
    return repaired;
  }

  /** Tells whether it was repaired, or may be the next time. */
  private boolean repairOne(String pk, String id) {
    try {
      Map<String, AttributeValue> item = table.get(Keys.key(pk, Keys.IMAGE + id)).orElse(null);
      if (item == null || RecordItems.isTombstone(item)) {
        return false;
      }
      update(Attributes.text(item, RecordItems.OWNER), id, RecordItems.record(item), true);
      return true;
    } catch (CorruptDocumentException e) {
      cannotRepair(id, e);
      return false;
    } catch (StoreException e) {
      cannotRepair(id, e);
      return e.kind() != StoreException.Kind.CORRUPT;
    }
  }

  private static void cannotRepair(String id, RuntimeException e) {
    LOG.warn("what {} is found by cannot be repaired: {}", id, e.getMessage());
  }

  /** Takes away all entries of a record that is gone; where others are at work, not their mark. */
  void clear(String owner, String id) {
    update(owner, id, null, false);
  }

  /** Takes away what is left of a record so long gone that whoever was at work on it is dead. */
  void clearForGood(String owner, String id) {
    update(owner, id, null, true);
  }

  private void update(String owner, String id, @Nullable ImageRecord record, boolean force) {
    String pk = Keys.owner(owner);
    ImageRecord current = record;
    boolean everything = force;
    Patience patience = new Patience();
    for (int tries = 0; tries < TRIES; tries++) {
      Known known = known(pk, id);
      boolean othersAtWork = known.unsure() && !force;
      Set<String> wanted = current == null ? Set.of() : SearchEntries.of(current);
      if (!everything && !known.unsure() && known.entries().equals(wanted)
          || reach(pk, id, known, wanted, everything, othersAtWork)) {
        if (current != null && !othersAtWork) {
          unmark(current);
        }
        return;
      }
      // Somebody else was faster: what they wrote and what we wrote may have met.
      everything = true;
      patience.pause();
      current = currentRecord(owner, id);
    }
    throw new StoreException(
        StoreException.Kind.UNAVAILABLE, "too many write record " + id + " at once");
  }

  /** Writes what is missing and deletes what is too much; returns whether nobody else came. */
  private boolean reach(
      String pk,
      String id,
      Known known,
      Set<String> wanted,
      boolean everything,
      boolean othersAtWork) {
    Set<String> union = new LinkedHashSet<>(known.entries());
    union.addAll(wanted);
    // Begins anywhere, so that it tells those apart who each find nothing and begin.
    long next =
        known.sequence() == 0
            ? ThreadLocalRandom.current().nextLong(1, 1L << 60)
            : known.sequence() + 1;
    if (!keep(pk, id, known.sequence(), new Known(next, union, true))) {
      return false;
    }
    List<WriteRequest> writes = new ArrayList<>();
    for (String list : union) {
      Map<String, AttributeValue> key = Keys.key(pk, list + "#" + id);
      if (!wanted.contains(list)) {
        writes.add(WriteRequest.builder().deleteRequest(d -> d.key(key)).build());
      } else if (everything || known.unsure() || !known.entries().contains(list)) {
        writes.add(WriteRequest.builder().putRequest(p -> p.item(key)).build());
      }
    }
    table.write(writes);
    return keep(pk, id, next, new Known(next + 1, wanted, othersAtWork));
  }

  private Known known(String pk, String id) {
    Optional<Map<String, AttributeValue>> item = table.get(Keys.key(pk, Keys.INDEX + id));
    if (item.isEmpty()) {
      return Known.NOTHING;
    }
    String entries = Documents.unpack(item.get().get(ENTRIES));
    return new Known(
        Attributes.number(item.get(), SEQUENCE),
        entries.isEmpty() ? Set.of() : Set.of(entries.split("\n", -1)),
        item.get().containsKey(UNSURE));
  }

  /** Replaces what is known, unless somebody else has done so since. */
  private boolean keep(String pk, String id, long sequence, Known known) {
    Map<String, AttributeValue> key = Keys.key(pk, Keys.INDEX + id);
    String unchanged = sequence == 0 ? "attribute_not_exists(PK)" : "#sequence = :sequence";
    Map<String, String> names = sequence == 0 ? Map.of() : Map.of("#sequence", SEQUENCE);
    Map<String, AttributeValue> values =
        sequence == 0 ? Map.of() : Map.of(":sequence", Attributes.number(sequence));
    try {
      if (known.entries().isEmpty() && !known.unsure()) {
        DeleteItemRequest.Builder request =
            DeleteItemRequest.builder().key(key).conditionExpression(unchanged);
        if (sequence != 0) {
          request.expressionAttributeNames(names).expressionAttributeValues(values);
        }
        table.delete(request);
        return true;
      }
      Map<String, AttributeValue> item = new HashMap<>(key);
      item.put(SEQUENCE, Attributes.number(known.sequence()));
      item.put(ENTRIES, Documents.pack(String.join("\n", known.entries())));
      if (known.unsure()) {
        item.put(UNSURE, AttributeValue.fromBool(true));
      }
      PutItemRequest.Builder request =
          PutItemRequest.builder().item(item).conditionExpression(unchanged);
      if (sequence != 0) {
        request.expressionAttributeNames(names).expressionAttributeValues(values);
      }
      table.put(request);
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  private @Nullable ImageRecord currentRecord(String owner, String id) {
    return table
        .get(Keys.image(owner, id))
        .filter(item -> !RecordItems.isTombstone(item))
        .map(RecordItems::record)
        .orElse(null);
  }

  private void unmark(ImageRecord record) {
    try {
      table.update(
          UpdateItemRequest.builder()
              .key(Keys.image(record.owner(), record.id()))
              .updateExpression("REMOVE repairKey, repairSort")
              .conditionExpression("#version = :version")
              .expressionAttributeNames(Map.of("#version", RecordItems.VERSION))
              .expressionAttributeValues(Map.of(":version", Attributes.number(record.version()))));
    } catch (ConditionalCheckFailedException e) {
      LOG.debug("{} was written again: who did so keeps its entries", record.id());
    }
  }
}
