package dev.cutline.benchmarks;

import java.util.HashSet;
import java.util.Set;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/**
 * Has DynamoDB tell what reads cost, and adds it up. It also knows in which runs of sort keys was
 * looked. For one thread.
 */
final class CapacityMeter implements ExecutionInterceptor {
  private final Set<String> runs = new HashSet<>();
  private double units;
  private int calls;

  void reset() {
    units = 0;
    calls = 0;
  }

  /** Returns the read units since the last reset; strongly consistent reads cost one for 4 KB. */
  double units() {
    return units;
  }

  /** Returns the calls since the last reset. */
  int calls() {
    return calls;
  }

  /** Returns what stands before the id in sort keys that were asked for. */
  Set<String> runs() {
    return Set.copyOf(runs);
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    if (context.request() instanceof QueryRequest query) {
      String low = StoredItems.text(query.expressionAttributeValues(), ":low");
      runs.add(low.substring(0, low.lastIndexOf('#') + 1));
      return query.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build();
    }
    if (context.request() instanceof BatchGetItemRequest batch) {
      return batch.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build();
    }
    return context.request();
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    SdkResponse response = context.response();
    if (response instanceof QueryResponse query) {
      add(query.consumedCapacity());
    } else if (response instanceof BatchGetItemResponse batch) {
      batch.consumedCapacity().forEach(this::add);
    }
  }

  private void add(ConsumedCapacity capacity) {
    units += capacity.capacityUnits();
    calls++;
  }
}
