package dev.cutline.e2e;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Notes every request that a client of the AWS SDK sends, retries among them: the operation, and in
 * DynamoDB what its sort keys start with, such as {@code PutItem IMAGE}. Thread-safe.
 */
final class SdkCalls implements ExecutionInterceptor {
  /** The update that takes the mark off a record whose words are written. */
  private static final String UNMARK = "REMOVE repairKey, repairSort";

  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

  /** Returns all since the last time. */
  List<String> take() {
    synchronized (calls) {
      List<String> all = List.copyOf(calls);
      calls.clear();
      return all;
    }
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    String kinds =
        sortKeys(context.request())
            .map(key -> key.split("#", 2)[0])
            .distinct()
            .sorted()
            .collect(Collectors.joining(" "));
    calls.add((operation + " " + kinds).strip());
  }

  private static Stream<String> sortKeys(SdkRequest request) {
    if (request instanceof PutItemRequest put) {
      return Stream.of(sortKey(put.item()));
    }
    if (request instanceof GetItemRequest get) {
      return Stream.of(sortKey(get.key()));
    }
    if (request instanceof DeleteItemRequest delete) {
      return Stream.of(sortKey(delete.key()));
    }
    if (request instanceof UpdateItemRequest update) {
      return Stream.of(update.updateExpression().equals(UNMARK) ? "MARK" : sortKey(update.key()));
    }
    if (request instanceof QueryRequest query) {
      return Stream.of(query.expressionAttributeValues().get(":high").s());
    }
    if (request instanceof BatchWriteItemRequest batch) {
      return batch.requestItems().values().stream()
          .flatMap(Collection::stream)
          .map(SdkCalls::sortKey);
    }
    if (request instanceof BatchGetItemRequest batch) {
      return batch.requestItems().values().stream()
          .flatMap(keys -> keys.keys().stream())
          .map(SdkCalls::sortKey);
    }
    if (request instanceof TransactWriteItemsRequest transaction) {
      return transaction.transactItems().stream().map(SdkCalls::sortKey);
    }
    return Stream.empty();
  }

  private static String sortKey(WriteRequest write) {
    return write.putRequest() == null
        ? sortKey(write.deleteRequest().key())
        : sortKey(write.putRequest().item());
  }

  private static String sortKey(TransactWriteItem write) {
    return write.put() == null ? sortKey(write.update().key()) : sortKey(write.put().item());
  }

  private static String sortKey(Map<String, AttributeValue> item) {
    return item.get("SK").s();
  }
}
