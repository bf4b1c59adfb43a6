package dev.cutline.storage.dynamodb;

import dev.cutline.StoreException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The one table of records, caption cache, budgets and rate limits. */
public final class DynamoDbTables {
  private static final Map<String, List<String>> INDEXES =
      new TreeMap<>(
          Map.of(
              Keys.WORK_INDEX, List.of(Keys.WORK_KEY, Keys.WORK_SORT),
              Keys.AGE_INDEX, List.of(Keys.AGE_KEY, Keys.AGE_SORT),
              Keys.REPAIR_INDEX, List.of(Keys.REPAIR_KEY, Keys.REPAIR_SORT)));

  private DynamoDbTables() {}

  /**
   * Makes a table that is paid by the request, with its indexes, waits until it is there, and has
   * rate limits that are full again expire. For development: in production, infrastructure as code
   * makes the table, with deletion protection, backups and a key of your own. Nothing happens if
   * there is a table of that name.
   *
   * @throws StoreException if it cannot be made
   */
  public static void create(DynamoDbClient client, String table) {
    makeUnlessThere(client, table);
  }

  /** Like {@link #create}; tells whether it made the table. */
  static boolean makeUnlessThere(DynamoDbClient client, String table) {
    boolean made = !isThere(client, table) && createWithoutExpiry(client, table);
    try {
      String expires =
          client
              .describeTimeToLive(b -> b.tableName(table))
              .timeToLiveDescription()
              .attributeName();
      if (expires == null) { // who sets it twice is refused
        client.updateTimeToLive(
            b ->
                b.tableName(table)
                    .timeToLiveSpecification(
                        ttl -> ttl.enabled(true).attributeName(DynamoDbRateLimiter.EXPIRES)));
      }
    } catch (SdkException e) {
      throw Failures.of(e, table);
    }
    return made;
  }

  private static boolean isThere(DynamoDbClient client, String table) {
    try {
      check(client, table);
      return true;
    } catch (StoreException e) {
      if (e.getCause() instanceof ResourceNotFoundException) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Makes a table in which nothing ends by the clock of the machine; tells whether it was the one
   * who made it.
   */
  static boolean createWithoutExpiry(DynamoDbClient client, String table) {
    try {
      client.createTable(
          b ->
              b.tableName(table)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .attributeDefinitions(
                      Stream.concat(
                              Stream.of(Keys.PK, Keys.SK),
                              INDEXES.values().stream().flatMap(List::stream))
                          .map(DynamoDbTables::attribute)
                          .toList())
                  .keySchema(schema(List.of(Keys.PK, Keys.SK)))
                  .globalSecondaryIndexes(
                      INDEXES.entrySet().stream()
                          .map(index -> index(index.getKey(), index.getValue()))
                          .toList()));
      client.waiter().waitUntilTableExists(b -> b.tableName(table));
      return true;
    } catch (ResourceInUseException e) {
      check(client, table);
      return false;
    } catch (SdkException e) {
      throw Failures.of(e, table);
    }
  }

  /**
   * Checks that a table has the keys and indexes that are asked for here.
   *
   * @return what was answered
   * @throws StoreException if there is none, or it has others
   */
  static DescribeTableResponse check(DynamoDbClient client, String table) {
    DescribeTableResponse description;
    try {
      description = client.describeTable(b -> b.tableName(table));
    } catch (SdkException e) {
      throw Failures.of(e, table);
    }
    List<String> keys = names(description.table().keySchema());
    Map<String, List<String>> indexes = new TreeMap<>();
    description
        .table()
        .globalSecondaryIndexes()
        .forEach(index -> indexes.put(index.indexName(), names(index.keySchema())));
    indexes.keySet().retainAll(INDEXES.keySet());
    boolean texts =
        description.table().attributeDefinitions().stream()
            .filter(
                each ->
                    each.attributeName().equals(Keys.PK) || each.attributeName().equals(Keys.SK))
            .allMatch(each -> each.attributeType() == ScalarAttributeType.S);
    if (!keys.equals(List.of(Keys.PK, Keys.SK)) || !texts || !indexes.equals(INDEXES)) {
      throw new StoreException(
          StoreException.Kind.CORRUPT,
          "table "
              + table
              + " is not one of ours: it has the keys "
              + keys
              + " and indexes "
              + indexes
              + ", not the texts [PK, SK] and "
              + INDEXES
              + "; name another with cutline.records.dynamodb.table");
    }
    return description;
  }

  private static List<String> names(List<KeySchemaElement> schema) {
    return schema.stream().map(KeySchemaElement::attributeName).toList();
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static List<KeySchemaElement> schema(List<String> keys) {
    return List.of(
        KeySchemaElement.builder().attributeName(keys.get(0)).keyType(KeyType.HASH).build(),
        KeySchemaElement.builder().attributeName(keys.get(1)).keyType(KeyType.RANGE).build());
  }

  private static GlobalSecondaryIndex index(String name, List<String> keys) {
    return GlobalSecondaryIndex.builder()
        .indexName(name)
        .keySchema(schema(keys))
        .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY))
        .build();
  }
}
