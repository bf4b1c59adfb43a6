package dev.cutline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.ImageRecord;
import dev.cutline.RecordStore;
import dev.cutline.dynamodbtest.LocalDynamoDb;
import dev.cutline.storage.dynamodb.DynamoDbRecordStore;
import dev.cutline.storage.dynamodb.DynamoDbTables;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Every item of a table, read by a scan, held against the records that there are. What a record is
 * to be found by is told by a second table, in which the same records were written undisturbed.
 */
final class TableAudit {
  private final Set<String> images = new TreeSet<>();
  private final Set<String> captions = new TreeSet<>();
  private final Set<String> captionsNamed = new TreeSet<>();
  private final Set<String> entries = new TreeSet<>();

  private TableAudit() {}

  /** Checks that a table holds all that belongs to these records, and nothing else. */
  static void check(String table, Collection<ImageRecord> stored) {
    try (DynamoDbClient client = LocalDynamoDb.get().client()) {
      TableAudit found = of(client, table);
      TableAudit expected = ofCopies(client, stored);
      assertSame("records", found.images, expected.images);
      assertSame("captions", found.captions, found.captionsNamed);
      assertSame("entries of searches", found.entries, expected.entries);
    }
  }

  /** Says what is different, because thousands of items are not. */
  private static void assertSame(String what, Set<String> found, Set<String> expected) {
    assertThat(without(found, expected)).as(what + " that nothing accounts for").isEmpty();
    assertThat(without(expected, found)).as(what + " that are missing").isEmpty();
  }

  private static Set<String> without(Set<String> all, Set<String> others) {
    Set<String> left = new TreeSet<>(all);
    left.removeAll(others);
    return left;
  }

  private static TableAudit ofCopies(DynamoDbClient client, Collection<ImageRecord> stored) {
    String table = LocalDynamoDb.get().freshTable();
    DynamoDbTables.create(client, table);
    try (RecordStore copies = DynamoDbRecordStore.builder(client, table).open()) {
      stored.parallelStream().forEach(copies::create);
      return of(client, table);
    } finally {
      client.deleteTable(request -> request.tableName(table));
    }
  }

  private static TableAudit of(DynamoDbClient client, String table) {
    TableAudit audit = new TableAudit();
    client
        .scanPaginator(request -> request.tableName(table).consistentRead(true))
        .items()
        .forEach(audit::add);
    return audit;
  }

  private void add(Map<String, AttributeValue> item) {
    String key = item.get("SK").s();
    switch (key.replaceFirst("#.*", "")) {
      case "IMAGE" -> addRecord(key, item);
      case "CAPTIONS" -> captions.add(key);
      case "INDEX", "TERM", "HASH" -> entries.add(key);
      case "CACHE", "BUCKET", "ENVIRONMENT" -> {
        // answers, rate limits and the environment of the table are no picture's
      }
      default -> throw new AssertionError("nobody knows what this is: " + key);
    }
  }

  private void addRecord(String key, Map<String, AttributeValue> item) {
    assertThat(item)
        .as(key)
        .doesNotContainKey("until") // as tombstones have
        .doesNotContainKey("repairKey");
    images.add(key);
    AttributeValue numbers = item.get("captionItems");
    if (numbers != null) {
      String id = key.substring(key.indexOf('#') + 1);
      for (String number : numbers.ns()) {
        captionsNamed.add(
            String.format(Locale.ROOT, "CAPTIONS#%s#%019d", id, Long.parseLong(number)));
      }
    }
  }
}
