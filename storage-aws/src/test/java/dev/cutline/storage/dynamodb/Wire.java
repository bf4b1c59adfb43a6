package dev.cutline.storage.dynamodb;

import dev.cutline.dynamodbtest.LocalDynamoDb;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A client that notes its calls, and whose next calls go as a test wants them to. */
final class Wire {
  private final DynamoDbClient real = LocalDynamoDb.get().client();
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final AtomicReference<@Nullable Trouble> trouble = new AtomicReference<>();

  /** What happens to a call. */
  interface Trouble {
    /** Returns what is answered; may ask, and may throw. */
    Object of(String name, Object request, Ask ask) throws Throwable;
  }

  /** Asks the real one. */
  interface Ask {
    Object real(Object request) throws Throwable;
  }

  DynamoDbClient client() {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            Wire.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              calls.add(method.getName());
              Ask ask =
                  request -> {
                    try {
                      return method.invoke(real, request);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  };
              Trouble now = trouble.get();
              return now == null
                  ? ask.real(arguments[0])
                  : now.of(method.getName(), arguments[0], ask);
            });
  }

  /** Forgets what was called. */
  void listen() {
    calls.clear();
  }

  List<String> calls() {
    return List.copyOf(calls);
  }

  void trouble(@Nullable Trouble trouble) {
    this.trouble.set(trouble);
  }

  static DynamoDbException throttled() {
    return (DynamoDbException)
        ProvisionedThroughputExceededException.builder()
            .statusCode(400)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("ProvisionedThroughputExceededException")
                    .errorMessage("The level of configured provisioned throughput was exceeded.")
                    .build())
            .build();
  }

  static DynamoDbException expired() {
    return (DynamoDbException)
        DynamoDbException.builder()
            .statusCode(400)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("ExpiredTokenException")
                    .errorMessage("The security token included in the request is expired")
                    .build())
            .build();
  }

  static DynamoDbException serverFault() {
    return (DynamoDbException)
        DynamoDbException.builder()
            .statusCode(500)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("InternalServerError")
                    .errorMessage("Internal server error")
                    .build())
            .build();
  }

  /** Does a third of a batch, and leaves the rest. */
  static Object inPart(Object request, Ask ask) throws Throwable {
    if (request instanceof BatchWriteItemRequest batch) {
      Map.Entry<String, List<WriteRequest>> all = batch.requestItems().entrySet().iterator().next();
      int done = (all.getValue().size() + 2) / 3;
      List<WriteRequest> rest = all.getValue().subList(done, all.getValue().size());
      ask.real(
          BatchWriteItemRequest.builder()
              .requestItems(Map.of(all.getKey(), all.getValue().subList(0, done)))
              .build());
      return BatchWriteItemResponse.builder()
          .unprocessedItems(rest.isEmpty() ? Map.of() : Map.of(all.getKey(), rest))
          .build();
    }
    if (request instanceof BatchGetItemRequest batch) {
      Map.Entry<String, KeysAndAttributes> all = batch.requestItems().entrySet().iterator().next();
      var keys = all.getValue().keys();
      int done = (keys.size() + 2) / 3;
      BatchGetItemResponse answer =
          (BatchGetItemResponse)
              ask.real(
                  BatchGetItemRequest.builder()
                      .requestItems(
                          Map.of(
                              all.getKey(),
                              all.getValue().toBuilder().keys(keys.subList(0, done)).build()))
                      .build());
      return done == keys.size()
          ? answer
          : answer.toBuilder()
              .unprocessedKeys(
                  Map.of(
                      all.getKey(),
                      all.getValue().toBuilder().keys(keys.subList(done, keys.size())).build()))
              .build();
    }
    return ask.real(request);
  }
}
