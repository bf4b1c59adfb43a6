package dev.cutline.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Takes the place of DynamoDB while a store creates records, and keeps what it writes: the items as
 * the store itself makes them, to be loaded in large batches. For one thread.
 */
final class WrittenItems implements DynamoDbClient {
  private final DynamoDbClient real;
  private final Map<String, Map<String, AttributeValue>> items = new LinkedHashMap<>();

  /**
   * @param real knows the table; nothing is written to it
   */
  WrittenItems(DynamoDbClient real) {
    this.real = real;
  }

  /** Returns what was written since the last time. */
  List<Map<String, AttributeValue>> take() {
    List<Map<String, AttributeValue>> taken = new ArrayList<>(items.values());
    items.clear();
    return taken;
  }

  private void keep(Map<String, AttributeValue> item) {
    items.put(StoredItems.sortKey(item), item);
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    keep(request.item());
    return PutItemResponse.builder().build();
  }

  @Override
  public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    request
        .requestItems()
        .values()
        .forEach(writes -> writes.forEach(write -> keep(write.putRequest().item())));
    return BatchWriteItemResponse.builder().unprocessedItems(Map.of()).build();
  }

  /** Nothing is there yet: every record is new. */
  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return GetItemResponse.builder().build();
  }

  /** The one update of a new record takes the mark off that its entries are not written yet. */
  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    if (!request.updateExpression().equals("REMOVE repairKey, repairSort")) {
      throw new IllegalStateException("another update than of the mark");
    }
    Map<String, AttributeValue> item = new HashMap<>(items.get(StoredItems.sortKey(request.key())));
    item.remove("repairKey");
    item.remove("repairSort");
    keep(item);
    return UpdateItemResponse.builder().build();
  }

  @Override
  public DescribeTableResponse describeTable(DescribeTableRequest request) {
    return real.describeTable(request);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
