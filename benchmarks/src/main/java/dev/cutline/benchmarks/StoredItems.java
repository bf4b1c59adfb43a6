package dev.cutline.benchmarks;

import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads what has to be there in items of DynamoDB. */
final class StoredItems {
  private StoredItems() {}

  static String sortKey(Map<String, AttributeValue> item) {
    return text(item, "SK");
  }

  static String text(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name).s();
  }
}
