package dev.cutline.storage.dynamodb;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Has DynamoDB tell what writes cost, and adds it up. For one thread. */
final class WriteUnits implements ExecutionInterceptor {
  private static final ReturnConsumedCapacity ALL = ReturnConsumedCapacity.INDEXES;

  private final Map<String, Double> indexes = new HashMap<>();
  private double table;

  void forget() {
    indexes.clear();
    table = 0;
  }

  double ofTable() {
    return table;
  }

  Map<String, Double> ofIndexes() {
    return Map.copyOf(indexes);
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    SdkRequest request = context.request();
    if (request instanceof PutItemRequest put) {
      return put.toBuilder().returnConsumedCapacity(ALL).build();
    }
    if (request instanceof UpdateItemRequest update) {
      return update.toBuilder().returnConsumedCapacity(ALL).build();
    }
    if (request instanceof DeleteItemRequest delete) {
      return delete.toBuilder().returnConsumedCapacity(ALL).build();
    }
    if (request instanceof BatchWriteItemRequest batch) {
      return batch.toBuilder().returnConsumedCapacity(ALL).build();
    }
    if (request instanceof TransactWriteItemsRequest transaction) {
      return transaction.toBuilder().returnConsumedCapacity(ALL).build();
    }
    return request;
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    told(context.response()).forEach(this::add);
  }

  private static Collection<ConsumedCapacity> told(SdkResponse response) {
    if (response instanceof PutItemResponse put) {
      return List.of(put.consumedCapacity());
    }
    if (response instanceof UpdateItemResponse update) {
      return List.of(update.consumedCapacity());
    }
    if (response instanceof DeleteItemResponse delete) {
      return List.of(delete.consumedCapacity());
    }
    if (response instanceof BatchWriteItemResponse batch) {
      return batch.consumedCapacity();
    }
    return response instanceof TransactWriteItemsResponse transaction
        ? transaction.consumedCapacity()
        : List.of();
  }

  private void add(ConsumedCapacity capacity) {
    table += capacity.table().capacityUnits();
    capacity
        .globalSecondaryIndexes()
        .forEach((name, index) -> indexes.merge(name, index.capacityUnits(), Double::sum));
  }
}
