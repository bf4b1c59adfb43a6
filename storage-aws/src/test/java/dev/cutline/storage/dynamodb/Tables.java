package dev.cutline.storage.dynamodb;

import dev.cutline.dynamodbtest.LocalDynamoDb;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Tables for tests. */
final class Tables {
  /** For whoever does not look at calls; ends with the process. */
  static final DynamoDbClient CLIENT = LocalDynamoDb.get().client();

  private Tables() {}

  /** Makes an empty table in which nothing expires, because the clocks of tests stand still. */
  static String fresh() {
    String name = LocalDynamoDb.get().freshTable();
    DynamoDbTables.createWithoutExpiry(CLIENT, name);
    return name;
  }
}
