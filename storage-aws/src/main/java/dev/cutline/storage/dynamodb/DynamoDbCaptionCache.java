package dev.cutline.storage.dynamodb;

import dev.cutline.CaptionCache;
import dev.cutline.CaptionReply;
import dev.cutline.StoreException;
import dev.cutline.spi.CaptionDocuments;
import dev.cutline.spi.CorruptDocumentException;
import dev.cutline.spi.StoreArguments;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Answers, each an item of its owner, and an item that counts them: changed together, so that a
 * bound is met exactly. Two indexes find the oldest, of one owner and of all.
 */
final class DynamoDbCaptionCache implements CaptionCache {
  private static final int MAX_KEY = 128;

  /** What a transaction can hold, less the count. */
  private static final int MOST_AT_ONCE = 99;

  private static final String ANSWER = "ANSWER";
  private static final String PUT_AT = "putAt";
  private static final String DOCUMENT = "document";
  private static final String COUNT = "answers";

  private final Table table;
  private final InstantSource clock;

  DynamoDbCaptionCache(Table table, InstantSource clock) {
    this.table = table;
    this.clock = clock;
  }

  @Override
  public Optional<CaptionReply> find(String owner, String key, Instant since) {
    long earliest = Times.ceilMillis(since);
    try {
      return table
          .get(Keys.key(Keys.owner(owner), Keys.CACHE + checked(key)))
          .filter(item -> Attributes.number(item, PUT_AT) >= earliest)
          .map(item -> CaptionDocuments.reply(Documents.read(item.get(DOCUMENT))));
    } catch (CorruptDocumentException e) {
      throw new StoreException(
          StoreException.Kind.CORRUPT, "a remembered answer: " + e.getMessage(), e);
    }
  }

  @Override
  public void put(String owner, String key, CaptionReply reply) {
    String pk = Keys.owner(owner);
    long now = Times.floorMillis(clock.instant());
    String sortKey = Keys.CACHE + checked(key);
    Map<String, AttributeValue> item = new HashMap<>(Keys.key(pk, sortKey));
    item.put(DOCUMENT, Documents.write(CaptionDocuments.of(reply)));
    item.put(PUT_AT, Attributes.number(now));
    item.put(Keys.WORK_KEY, Attributes.text(ofOwner(pk)));
    item.put(Keys.WORK_SORT, Attributes.text(Times.sortable(now) + "#" + key));
    item.put(Keys.AGE_KEY, Attributes.text(Keys.shardOf(ANSWER, key)));
    item.put(Keys.AGE_SORT, Attributes.text(Keys.sortByTime(now, pk, key)));
    Patience patience = new Patience();
    while (!replace(item) && !add(pk, item)) {
      patience.pause();
    }
  }

  private boolean replace(Map<String, AttributeValue> item) {
    try {
      table.put(PutItemRequest.builder().item(item).conditionExpression("attribute_exists(PK)"));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  private boolean add(String pk, Map<String, AttributeValue> item) {
    try {
      table.transact(
          List.of(
              TransactWriteItem.builder()
                  .put(
                      put ->
                          put.tableName(table.name())
                              .item(item)
                              .conditionExpression("attribute_not_exists(PK)"))
                  .build(),
              count(pk, 1, null)));
      return true;
    } catch (TransactionCanceledException e) {
      return false;
    }
  }

  /** Returns the write that changes a count, if it is at least so high. */
  private TransactWriteItem count(String pk, int change, @Nullable Long atLeast) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":change", Attributes.number(change));
    if (atLeast != null) {
      values.put(":least", Attributes.number(atLeast));
    }
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table.name())
                    .key(Keys.key(pk, Keys.CACHE_COUNT))
                    .updateExpression("ADD #count :change")
                    .conditionExpression(atLeast == null ? null : "#count >= :least")
                    .expressionAttributeNames(Map.of("#count", COUNT))
                    .expressionAttributeValues(values))
        .build();
  }

  @Override
  public void deleteOwner(String owner) {
    String pk = Keys.owner(owner);
    List<Old> all;
    Patience patience = new Patience();
    do {
      all = ofOwnerByKey(pk);
      // Whatever the count says: one that a restored backup has wrong must not keep answers.
      if (deleteAll(pk, all, null) < all.size()) {
        patience.pause();
      }
    } while (!all.isEmpty());
    try {
      table.delete(
          DeleteItemRequest.builder()
              .key(Keys.key(pk, Keys.CACHE_COUNT))
              .conditionExpression("attribute_not_exists(#count) OR #count <= :none")
              .expressionAttributeNames(Map.of("#count", COUNT))
              .expressionAttributeValues(Map.of(":none", Attributes.number(0))));
    } catch (ConditionalCheckFailedException e) {
      // somebody has put another answer meanwhile
    }
  }

  @Override
  public int deleteBefore(Instant before, int limit) {
    StoreArguments.limit(limit, 1000);
    String bound = Times.sortable(Times.ceilMillis(before));
    Patience patience = new Patience();
    int deleted = 0;
    while (deleted < limit) {
      List<Old> old = new ArrayList<>();
      for (int shard = 0; shard < Keys.SHARDS; shard++) {
        old.addAll(
            oldest(
                Keys.AGE_INDEX,
                Keys.AGE_KEY,
                Keys.AGE_SORT,
                Keys.shard(ANSWER, shard),
                bound,
                limit - deleted));
      }
      old.sort(Comparator.comparing(Old::sort));
      old = old.subList(0, Math.min(old.size(), limit - deleted));
      if (old.isEmpty()) {
        break;
      }
      Map<String, List<Old>> byOwner = new LinkedHashMap<>();
      old.forEach(each -> byOwner.computeIfAbsent(each.pk(), pk -> new ArrayList<>()).add(each));
      int now = 0;
      for (Map.Entry<String, List<Old>> each : byOwner.entrySet()) {
        now += deleteAll(each.getKey(), each.getValue(), null);
      }
      deleted += now;
      if (now < old.size()) {
        if (!patience.isLeft()) {
          break;
        }
        patience.pause();
      }
    }
    return deleted;
  }

  @Override
  public int trim(String owner, int keep, int limit) {
    StoreArguments.limit(limit, 1000);
    StoreArguments.keep(keep);
    String pk = Keys.owner(owner);
    Patience patience = new Patience();
    int deleted = 0;
    while (deleted < limit) {
      long beyond = Math.min(answers(pk) - keep, limit - deleted);
      if (beyond <= 0) {
        break;
      }
      List<Old> old =
          oldest(Keys.WORK_INDEX, Keys.WORK_KEY, Keys.WORK_SORT, ofOwner(pk), "~", (int) beyond);
      int now = deleteAll(pk, old, keep);
      deleted += now;
      if (now < beyond) {
        // somebody else trims, or the index is a moment behind
        if (!patience.isLeft()) {
          break;
        }
        patience.pause();
      }
    }
    return deleted;
  }

  private long answers(String pk) {
    return table
        .get(Keys.key(pk, Keys.CACHE_COUNT))
        .map(item -> Attributes.number(item, COUNT, 0))
        .orElse(0L);
  }

  /**
   * Deletes answers that are still those that were found; returns how many it has deleted.
   *
   * @param keep how many have to be left by the count; null: it is not asked
   */
  private int deleteAll(String pk, List<Old> old, @Nullable Integer keep) {
    int deleted = 0;
    for (int from = 0; from < old.size(); from += MOST_AT_ONCE) {
      List<Old> some = old.subList(from, Math.min(from + MOST_AT_ONCE, old.size()));
      if (delete(pk, some, keep)) {
        deleted += some.size();
      } else if (some.size() > 1) {
        // one of them was put again: the others can go
        for (Old each : some) {
          deleted += delete(pk, List.of(each), keep) ? 1 : 0;
        }
      }
    }
    return deleted;
  }

  private boolean delete(String pk, List<Old> old, @Nullable Integer keep) {
    List<TransactWriteItem> writes = new ArrayList<>();
    for (Old each : old) {
      writes.add(
          TransactWriteItem.builder()
              .delete(
                  delete ->
                      delete
                          .tableName(table.name())
                          .key(Keys.key(pk, each.sk()))
                          .conditionExpression("#putAt = :putAt")
                          .expressionAttributeNames(Map.of("#putAt", PUT_AT))
                          .expressionAttributeValues(
                              Map.of(":putAt", Attributes.number(each.putAt()))))
              .build());
    }
    Long atLeast = keep == null ? null : (long) keep + old.size();
    writes.add(count(pk, -old.size(), atLeast));
    try {
      table.transact(writes);
      return true;
    } catch (TransactionCanceledException e) {
      return false;
    }
  }

  private List<Old> ofOwnerByKey(String pk) {
    QueryResponse page =
        table.query(
            QueryRequest.builder()
                .keyConditionExpression("PK = :pk AND begins_with(SK, :start)")
                .expressionAttributeValues(
                    Map.of(":pk", Attributes.text(pk), ":start", Attributes.text(Keys.CACHE)))
                .consistentRead(true));
    return page.items().stream()
        .map(
            item ->
                new Old(
                    pk,
                    Attributes.text(item, Keys.SK),
                    Attributes.text(item, Keys.AGE_SORT),
                    Attributes.number(item, PUT_AT)))
        .toList();
  }

  private List<Old> oldest(
      String index, String keyName, String sortName, String key, String below, int limit) {
    List<Old> old = new ArrayList<>();
    Map<String, AttributeValue> start = null;
    do {
      QueryResponse page =
          table.query(
              QueryRequest.builder()
                  .indexName(index)
                  .keyConditionExpression("#key = :key AND #sort < :below")
                  .expressionAttributeNames(Map.of("#key", keyName, "#sort", sortName))
                  .expressionAttributeValues(
                      Map.of(":key", Attributes.text(key), ":below", Attributes.text(below)))
                  .limit(limit - old.size())
                  .exclusiveStartKey(start));
      page.items().forEach(item -> old.add(Old.of(item, sortName)));
      start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (start != null && !start.isEmpty() && old.size() < limit);
    return old;
  }

  private static String ofOwner(String pk) {
    return ANSWER + "#" + pk;
  }

  private static String checked(String key) {
    return StoreArguments.unicode(key, MAX_KEY, "a key");
  }

  /** What is found by its age. */
  private record Old(String pk, String sk, String sort, long putAt) {
    static Old of(Map<String, AttributeValue> item, String sortName) {
      String sort = Attributes.text(item, sortName);
      long putAt =
          Long.parseUnsignedLong(sort.substring(0, sort.indexOf('#')), 16) ^ Long.MIN_VALUE;
      return new Old(Attributes.text(item, Keys.PK), Attributes.text(item, Keys.SK), sort, putAt);
    }
  }
}
