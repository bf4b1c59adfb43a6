package dev.cutline.storage.dynamodb;

import dev.cutline.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Calls of one table. What is over in a moment (throttling, transactions that met, batches done in
 * part) is tried again, with jitter, beyond what the SDK does by itself; what is left becomes a
 * {@link StoreException}. Failed conditions are the caller's: {@link
 * ConditionalCheckFailedException} and, with a failed condition among its reasons, {@link
 * TransactionCanceledException}. Thread-safe.
 */
final class Table {
  private static final int MOST_WRITES = 25;
  private static final int MOST_READS = 100;

  private final DynamoDbClient client;
  private final String name;

  Table(DynamoDbClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /** Returns an item as it is now. */
  Optional<Map<String, AttributeValue>> get(Map<String, AttributeValue> key) {
    var response = call(() -> client.getItem(b -> b.tableName(name).key(key).consistentRead(true)));
    return response.hasItem() ? Optional.of(response.item()) : Optional.empty();
  }

  /** Puts an item, and returns what it replaced if the request asks for that. */
  Map<String, AttributeValue> put(PutItemRequest.Builder request) {
    PutItemRequest built =
        request
            .tableName(name)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    return call(() -> client.putItem(built)).attributes();
  }

  UpdateItemResponse update(UpdateItemRequest.Builder request) {
    UpdateItemRequest built =
        request
            .tableName(name)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    return call(() -> client.updateItem(built));
  }

  void delete(DeleteItemRequest.Builder request) {
    DeleteItemRequest built = request.tableName(name).build();
    call(() -> client.deleteItem(built));
  }

  QueryResponse query(QueryRequest.Builder request) {
    QueryRequest built = request.tableName(name).build();
    return call(() -> client.query(built));
  }

  /** Writes all or nothing; a repetition after a lost answer does nothing. */
  void transact(List<TransactWriteItem> items) {
    TransactWriteItemsRequest request =
        TransactWriteItemsRequest.builder()
            .transactItems(items)
            .clientRequestToken(UUID.randomUUID().toString())
            .build();
    call(() -> client.transactWriteItems(request));
  }

  String name() {
    return name;
  }

  /** Writes each of many, in any order, and returns once the last of them is written. */
  void write(List<WriteRequest> writes) {
    for (int from = 0; from < writes.size(); from += MOST_WRITES) {
      List<WriteRequest> left = writes.subList(from, Math.min(from + MOST_WRITES, writes.size()));
      Patience patience = new Patience();
      while (!left.isEmpty()) {
        BatchWriteItemRequest request =
            BatchWriteItemRequest.builder().requestItems(Map.of(name, left)).build();
        var response = call(() -> client.batchWriteItem(request));
        List<WriteRequest> undone = response.unprocessedItems().getOrDefault(name, List.of());
        if (undone.size() < left.size()) {
          patience = new Patience();
        }
        left = undone;
        if (!left.isEmpty()) {
          pause(patience);
        }
      }
    }
  }

  /** Returns those items that there are, by their sort keys, as they are now. */
  Map<String, Map<String, AttributeValue>> get(List<Map<String, AttributeValue>> keys) {
    Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    for (Map<String, AttributeValue> item : getAll(keys)) {
      items.put(Attributes.text(item, Keys.SK), item);
    }
    return items;
  }

  /** Returns those items that there are, in any order, as they are now. */
  List<Map<String, AttributeValue>> getAll(List<Map<String, AttributeValue>> keys) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += MOST_READS) {
      List<Map<String, AttributeValue>> left =
          keys.subList(from, Math.min(from + MOST_READS, keys.size()));
      Patience patience = new Patience();
      while (!left.isEmpty()) {
        KeysAndAttributes wanted =
            KeysAndAttributes.builder().keys(left).consistentRead(true).build();
        BatchGetItemRequest request =
            BatchGetItemRequest.builder().requestItems(Map.of(name, wanted)).build();
        BatchGetItemResponse response = call(() -> client.batchGetItem(request));
        items.addAll(response.responses().getOrDefault(name, List.of()));
        KeysAndAttributes undone = response.unprocessedKeys().get(name);
        List<Map<String, AttributeValue>> rest = undone == null ? List.of() : undone.keys();
        if (rest.size() < left.size()) {
          patience = new Patience();
        }
        left = rest;
        if (!left.isEmpty()) {
          pause(patience);
        }
      }
    }
    return items;
  }

  private void pause(Patience patience) {
    if (!patience.isLeft()) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "DynamoDB does no more for the table " + name + " at the moment: it is throttled");
    }
    patience.pause();
  }

  private <T> T call(Supplier<T> call) {
    Patience patience = new Patience();
    boolean expired = false;
    while (true) {
      try {
        return call.get();
      } catch (ConditionalCheckFailedException e) {
        throw e;
      } catch (TransactionCanceledException e) {
        if (Failures.conditionFailed(e)) {
          throw e;
        }
        again(patience, e);
      } catch (DynamoDbException e) {
        if (!Failures.isExpired(e) || expired) {
          again(patience, e);
        }
        expired |= Failures.isExpired(e);
      } catch (SdkException e) {
        throw Failures.of(e, name);
      } catch (IllegalStateException e) {
        throw new StoreException(
            StoreException.Kind.UNAVAILABLE,
            "the client of DynamoDB is closed or cannot work: " + e.getMessage(),
            e);
      }
    }
  }

  private void again(Patience patience, DynamoDbException e) {
    if (!Failures.passes(e) || !patience.isLeft()) {
      throw Failures.of(e, name);
    }
    patience.pause();
  }
}
