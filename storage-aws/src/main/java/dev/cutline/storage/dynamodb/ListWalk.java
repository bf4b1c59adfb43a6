package dev.cutline.storage.dynamodb;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * A walk along a run of sort keys that end in ids: the owner's records themselves, or one list of
 * search entries. Reads small pages first and larger ones if need be, and skips by asking from
 * where the others are. Not safe for several threads.
 */
final class ListWalk implements IdWalk {
  private static final int LARGEST = 1_000;

  private final Table table;
  private final String pk;
  private final String prefix;
  private final String low;
  private final Deque<Map<String, AttributeValue>> read = new ArrayDeque<>();
  private final Map<String, Map<String, AttributeValue>> items = new HashMap<>();
  private int limit;
  private String last = "";
  private boolean done;

  /**
   * @param prefix what stands before the id
   * @param low no id below it is wanted
   * @param limit how many to read at first
   */
  ListWalk(Table table, String pk, String prefix, String low, int limit) {
    this.table = table;
    this.pk = pk;
    this.prefix = prefix;
    this.low = low;
    this.limit = limit;
  }

  @Override
  public @Nullable String seek(String atMost) {
    while (true) {
      while (!read.isEmpty()) {
        String id = idOf(read.element());
        if (id.compareTo(atMost) <= 0) {
          return id;
        }
        read.remove();
      }
      if (done || atMost.compareTo(low) < 0) {
        return null;
      }
      read(atMost);
    }
  }

  /** Returns the item of an id that was found; in a list of entries, it is nothing but its key. */
  Map<String, AttributeValue> item(String id) {
    return items.getOrDefault(id, Map.of());
  }

  private void read(String atMost) {
    String first = last.isEmpty() ? atMost : lowest(atMost);
    if (first.compareTo(low) < 0) {
      done = true;
      return;
    }
    QueryResponse page =
        table.query(
            QueryRequest.builder()
                .keyConditionExpression("PK = :pk AND SK BETWEEN :low AND :high")
                .expressionAttributeValues(
                    Map.of(
                        ":pk",
                        Attributes.text(pk),
                        ":low",
                        Attributes.text(prefix + low),
                        ":high",
                        Attributes.text(prefix + first)))
                .scanIndexForward(false)
                .consistentRead(true)
                .limit(limit));
    limit = Math.min(LARGEST, limit * 2);
    for (Map<String, AttributeValue> item : page.items()) {
      read.add(item);
      items.put(idOf(item), item);
      last = idOf(item);
    }
    done = !page.hasLastEvaluatedKey() || page.lastEvaluatedKey().isEmpty();
  }

  /** Returns where to go on: below what was read, or further down. */
  private String lowest(String atMost) {
    String next = Keys.below(last);
    return next.compareTo(atMost) < 0 ? next : atMost;
  }

  private String idOf(Map<String, AttributeValue> item) {
    return Attributes.text(item, Keys.SK).substring(prefix.length());
  }
}
