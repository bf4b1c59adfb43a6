package dev.cutline.storage.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.StoreException;
import dev.cutline.StoreException.Kind;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What each failure means to a store, and what its one line tells a user to do. */
class FailuresTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ResourceNotFoundException             | UNAVAILABLE | there is no table t in this region and account: make it
          AccessDeniedException                 | DENIED      | allow the action in the IAM policy of the caller
          UnrecognizedClientException           | DENIED      | check access-key, secret-key and session-token, or the profile
          MissingAuthenticationTokenException   | DENIED      | check access-key, secret-key and session-token, or the profile
          ExpiredTokenException                 | DENIED      | sign in again or set a new session-token
          KMSAccessDeniedException              | DENIED      | allow kms:GenerateDataKey and kms:Decrypt
          ValidationException                   | CORRUPT     | refuses a request: ValidationException, said so
          ProvisionedThroughputExceededException| UNAVAILABLE | is busy
          LimitExceededException                | UNAVAILABLE | is busy
          ItemCollectionSizeLimitExceededException | FULL     | said so
          """)
  void saysWhatToDo(String code, Kind kind, String words) {
    assertFailure(answer(400, code, "said so"), kind, words);
  }

  @Test
  void passesOnWhatTheServiceSays() {
    assertFailure(answer(400, "AccessDeniedException", "no dynamodb:Query"), Kind.DENIED, "Query");
    assertFailure(answer(500, "SomethingNew", "said so"), Kind.UNAVAILABLE, "is busy");
    assertFailure(
        answer(400, "ValidationException", "Item size has exceeded the maximum"),
        Kind.FULL,
        "larger than the 400 KB of an item");
    assertFailure(
        answer(400, "InvalidSignatureException", "Signature expired: it is too late"),
        Kind.DENIED,
        "the clock of this machine is wrong");
  }

  @Test
  void looksIntoATransaction() {
    assertFailure(
        cancelled("ValidationError", "Item size to update has exceeded the maximum"),
        Kind.FULL,
        "larger than the 400 KB of an item");
    assertFailure(
        cancelled("ValidationError", "no such attribute"), Kind.CORRUPT, "no such attribute");
    assertFailure(cancelled("TransactionConflict", "busy"), Kind.UNAVAILABLE, "is busy");
  }

  @Test
  void tellsWhereNobodyAnswered() {
    assertFailure(
        SdkClientException.create("x", new UnknownHostException("dynamodb.mars")),
        Kind.UNAVAILABLE,
        "nobody knows this host; check region, endpoint and network");
    assertFailure(
        SdkClientException.create("x", new IOException("broken")),
        Kind.UNAVAILABLE,
        "cannot be reached; check endpoint and network");
    assertFailure(
        SdkClientException.create("Unable to load credentials from any of the providers"),
        Kind.DENIED,
        "there are no credentials; set access-key and secret-key");
  }

  @Test
  void keepsTheStatusOfAnInterrupt() {
    assertFailure(AbortedException.create("x"), Kind.UNAVAILABLE, "interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  private static void assertFailure(SdkException e, Kind kind, String words) {
    StoreException failure = Failures.of(e, "t");

    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    assertThat(failure)
        .hasMessageContaining("table t")
        .hasMessageContaining(words)
        .hasMessageNotContaining("\n")
        .hasCause(e);
  }

  private static DynamoDbException answer(int status, String code, String words) {
    return (DynamoDbException)
        DynamoDbException.builder()
            .statusCode(status)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .serviceName("DynamoDb")
                    .errorCode(code)
                    .errorMessage(words)
                    .build())
            .build();
  }

  private static SdkException cancelled(String code, String words) {
    return TransactionCanceledException.builder()
        .statusCode(400)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode("TransactionCanceledException")
                .errorMessage("Transaction cancelled, please refer cancellation reasons")
                .build())
        .cancellationReasons(
            List.of(
                CancellationReason.builder().code("None").build(),
                CancellationReason.builder().code(code).message(words).build()))
        .build();
  }
}
