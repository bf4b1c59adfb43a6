package dev.cutline.storage.dynamodb;

import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.StorageState;
import dev.cutline.StoreException;
import dev.cutline.Tombstone;
import dev.cutline.VersionConflictException;
import dev.cutline.spi.CorruptDocumentException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Writes records one at a time: one conditional call each, or one transaction where captions are
 * added. A tombstone takes the record's place under the same key, so that nothing else has to agree
 * with it. Every write bears a name of its own, by which a repetition after a lost answer knows
 * that it has come through before.
 */
final class RecordWrites {
  private static final Logger LOG = LoggerFactory.getLogger(RecordWrites.class);

  private final Table table;
  private final SearchIndex index;
  private final InstantSource clock;

  RecordWrites(Table table, SearchIndex index, InstantSource clock) {
    this.table = table;
    this.index = index;
    this.clock = clock;
  }

  ImageRecord create(ImageRecord record) {
    if (!Keys.isId(record.id())) {
      throw new IllegalArgumentException(
          "an id is a UUID in its usual spelling, in lower case, not " + record.id());
    }
    String writer = UUID.randomUUID().toString();
    Map<String, AttributeValue> item = new HashMap<>(RecordItems.fields(record));
    item.putAll(Keys.image(record.owner(), record.id()));
    item.put(RecordItems.VERSION, Attributes.number(1));
    item.put(RecordItems.LAST, Attributes.number(0));
    item.put(RecordItems.WRITER, Attributes.text(writer));
    boolean indexed = record.storageState() == StorageState.STORED;
    if (indexed) {
      RecordItems.markForRepair(item, record, clock.instant());
    }
    try {
      table.put(
          PutItemRequest.builder().item(item).conditionExpression("attribute_not_exists(PK)"));
    } catch (ConditionalCheckFailedException e) {
      if (!isBy(writer, e.item())) {
        throw new VersionConflictException(record.id(), record.version());
      }
    }
    ImageRecord created = RecordItems.record(item);
    if (indexed) {
      index.updateAfter(record.owner(), record.id(), created);
    }
    return created;
  }

  ImageRecord update(ImageRecord record, List<CaptionVersion> added) {
    checkNumbers(added);
    String writer = UUID.randomUUID().toString();
    Map<String, AttributeValue> fields = new HashMap<>(RecordItems.fields(record));
    fields.put(RecordItems.VERSION, Attributes.number(record.version() + 1));
    fields.put(RecordItems.WRITER, Attributes.text(writer));
    RecordItems.markForRepair(fields, record, clock.instant());
    Change change = new Change(record.version(), fields);
    if (added.isEmpty()) {
      replace(record, change, writer);
    } else {
      replaceAndAdd(record, change, RecordItems.sorted(added));
    }
    Map<String, AttributeValue> item = new HashMap<>(fields);
    item.putAll(Keys.image(record.owner(), record.id()));
    ImageRecord updated = RecordItems.record(item);
    index.updateAfter(record.owner(), record.id(), updated);
    return updated;
  }

  private void replace(ImageRecord record, Change change, String writer) {
    try {
      table.update(
          UpdateItemRequest.builder()
              .key(Keys.image(record.owner(), record.id()))
              .updateExpression(change.update)
              .conditionExpression(change.condition)
              .expressionAttributeNames(change.names)
              .expressionAttributeValues(change.values));
    } catch (ConditionalCheckFailedException e) {
      if (!isBy(writer, e.item())) {
        throw new VersionConflictException(record.id(), record.version());
      }
    }
  }

  private void replaceAndAdd(ImageRecord record, Change change, List<CaptionVersion> added) {
    change.add(added);
    Update update =
        Update.builder()
            .tableName(table.name())
            .key(Keys.image(record.owner(), record.id()))
            .updateExpression(change.update)
            .conditionExpression(change.condition)
            .expressionAttributeNames(change.names)
            .expressionAttributeValues(change.values)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    Map<String, AttributeValue> captions = RecordItems.captions(record.owner(), record.id(), added);
    try {
      table.transact(
          List.of(
              TransactWriteItem.builder().update(update).build(),
              TransactWriteItem.builder()
                  .put(put -> put.tableName(table.name()).item(captions))
                  .build()));
    } catch (TransactionCanceledException e) {
      CancellationReason reason = e.cancellationReasons().get(0);
      if (reason.hasItem() && versionOf(reason.item()) == record.version()) {
        throw new IllegalArgumentException(
            "version "
                + added.get(0).number()
                + " of a caption is not higher than "
                + Attributes.number(reason.item(), RecordItems.LAST, 0));
      }
      throw new VersionConflictException(record.id(), record.version());
    }
  }

  void delete(String owner, String id, long version, Instant tombstoneUntil) {
    if (!Keys.isId(id)) {
      throw new VersionConflictException(id, version);
    }
    String writer = UUID.randomUUID().toString();
    Map<String, AttributeValue> before;
    try {
      before =
          table.put(
              PutItemRequest.builder()
                  .item(RecordItems.tombstone(owner, id, tombstoneUntil, writer))
                  .conditionExpression("#version = :version")
                  .expressionAttributeNames(Map.of("#version", RecordItems.VERSION))
                  .expressionAttributeValues(Map.of(":version", Attributes.number(version)))
                  .returnValues(ReturnValue.ALL_OLD));
    } catch (ConditionalCheckFailedException e) {
      if (!isBy(writer, e.item())) {
        throw new VersionConflictException(id, version);
      }
      // What it replaced is not known any more: whoever buries it takes everything away.
      return;
    }
    try {
      deleteAll(RecordItems.captionsKeys(owner, id, before));
      if (before.containsKey(Keys.REPAIR_KEY)
          || StorageState.STORED
              .name()
              .equals(Attributes.nullableText(before, RecordItems.STORAGE_STATE))) {
        index.clear(owner, id);
      }
    } catch (StoreException | CorruptDocumentException e) {
      LOG.warn("{} is deleted; what is left of it goes with its tombstone: {}", id, e.getMessage());
    }
  }

  void bury(Tombstone tombstone) {
    String pk = Keys.owner(tombstone.owner());
    Map<String, AttributeValue> key = Keys.image(tombstone.owner(), tombstone.id());
    Optional<Map<String, AttributeValue>> item = table.get(key);
    if (item.isEmpty() || !RecordItems.isTombstone(item.get())) {
      return;
    }
    deleteAll(captionsLeft(pk, tombstone.id()));
    index.clearForGood(tombstone.owner(), tombstone.id());
    try {
      table.delete(
          DeleteItemRequest.builder()
              .key(key)
              .conditionExpression("attribute_exists(#until)")
              .expressionAttributeNames(Map.of("#until", RecordItems.UNTIL)));
    } catch (ConditionalCheckFailedException e) {
      LOG.debug("{} was buried by somebody else", tombstone.id());
    }
  }

  private List<Map<String, AttributeValue>> captionsLeft(String pk, String id) {
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    Map<String, AttributeValue> start = null;
    do {
      QueryResponse page =
          table.query(
              QueryRequest.builder()
                  .keyConditionExpression("PK = :pk AND begins_with(SK, :start)")
                  .expressionAttributeValues(
                      Map.of(
                          ":pk",
                          Attributes.text(pk),
                          ":start",
                          Attributes.text(Keys.CAPTIONS + id + "#")))
                  .projectionExpression("PK, SK")
                  .consistentRead(true)
                  .exclusiveStartKey(start));
      keys.addAll(page.items());
      start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (start != null && !start.isEmpty());
    return keys;
  }

  private void deleteAll(List<Map<String, AttributeValue>> keys) {
    table.write(
        keys.stream()
            .map(key -> WriteRequest.builder().deleteRequest(d -> d.key(key)).build())
            .toList());
  }

  private static void checkNumbers(List<CaptionVersion> added) {
    long distinct = added.stream().mapToLong(CaptionVersion::number).distinct().count();
    if (distinct < added.size()) {
      throw new IllegalArgumentException("a number of a version of a caption occurs twice");
    }
  }

  private static boolean isBy(String writer, Map<String, AttributeValue> item) {
    return writer.equals(Attributes.nullableText(item, RecordItems.WRITER));
  }

  private static long versionOf(Map<String, AttributeValue> item) {
    return Attributes.number(item, RecordItems.VERSION, -1);
  }

  /** The expressions that replace every attribute of a record of a version. */
  private static final class Change {
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();
    private String update;
    private String condition;

    Change(long version, Map<String, AttributeValue> fields) {
      List<String> sets = new ArrayList<>();
      fields.forEach((name, value) -> sets.add(name(name) + " = " + value(value)));
      List<String> removals =
          RecordItems.OPTIONAL.stream()
              .filter(name -> !fields.containsKey(name))
              .map(this::name)
              .toList();
      this.update =
          "SET "
              + String.join(", ", sets)
              + (removals.isEmpty() ? "" : " REMOVE " + String.join(", ", removals));
      this.condition = name(RecordItems.VERSION) + " = " + value(Attributes.number(version));
    }

    /** Adds captions whose numbers have to be higher than any before. */
    void add(List<CaptionVersion> added) {
      String last = name(RecordItems.LAST);
      long highest = added.get(added.size() - 1).number();
      condition += " AND " + last + " < " + value(Attributes.number(added.get(0).number()));
      update =
          "SET "
              + last
              + " = "
              + value(Attributes.number(highest))
              + ", "
              + update.substring("SET ".length())
              + " ADD "
              + name(RecordItems.HISTORY)
              + " "
              + value(AttributeValue.fromNs(List.of(RecordItems.first(added))));
    }

    private String name(String attribute) {
      String name = "#" + attribute;
      names.put(name, attribute);
      return name;
    }

    private String value(AttributeValue value) {
      String name = ":v" + values.size();
      values.put(name, value);
      return name;
    }
  }
}
