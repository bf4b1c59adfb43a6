package dev.cutline.storage.dynamodb;

import dev.cutline.StoreException;
import dev.cutline.StoreException.Kind;
import dev.cutline.aws.AwsErrors;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What the errors of DynamoDB mean: what passes, what was asked, and what a user has to mend. */
final class Failures {
  private static final Set<String> PASSING =
      Set.of(
          "ProvisionedThroughputExceededException",
          "ProvisionedThroughputExceeded",
          "RequestLimitExceeded",
          "ThrottlingException",
          "ThrottlingError",
          "Throttling",
          "LimitExceededException",
          "ReplicatedWriteConflictException",
          "TransactionConflictException",
          "TransactionConflict",
          "TransactionInProgressException",
          "InternalServerError");

  private static final String CONDITION_FAILED = "ConditionalCheckFailed";

  private Failures() {}

  /** Tells whether a call failed for what is over in a moment, and has changed nothing. */
  static boolean passes(DynamoDbException e) {
    if (e instanceof TransactionCanceledException cancelled) {
      return !conditionFailed(cancelled)
          && cancelled.cancellationReasons().stream()
              .map(CancellationReason::code)
              .anyMatch(PASSING::contains);
    }
    return PASSING.contains(code(e)) || e.statusCode() >= 500;
  }

  /** Tells whether the credentials have expired: who rotates them may have done so by now. */
  static boolean isExpired(DynamoDbException e) {
    return code(e).equals("ExpiredTokenException");
  }

  /** Tells whether a transaction did not happen because a condition does not hold. */
  static boolean conditionFailed(TransactionCanceledException e) {
    return e.cancellationReasons().stream()
        .map(CancellationReason::code)
        .anyMatch(CONDITION_FAILED::equals);
  }

  /** Returns what to throw for a call that has failed for good. */
  static StoreException of(SdkException e, String table) {
    if (e instanceof AbortedException) {
      Thread.currentThread().interrupt();
    }
    String failed = "DynamoDB, table " + table;
    if (!(e instanceof DynamoDbException answer)) {
      return AwsErrors.toStoreException(failed, e);
    }
    String code = code(answer);
    String detail = detail(answer);
    if (answer instanceof TransactionCanceledException cancelled) {
      Optional<CancellationReason> first =
          cancelled.cancellationReasons().stream()
              .filter(reason -> reason.code() != null && !reason.code().equals("None"))
              .findFirst();
      code = first.map(CancellationReason::code).orElse(code);
      detail = first.map(reason -> line(reason.code() + ", " + reason.message())).orElse(detail);
    }
    if (passes(answer)) {
      return new StoreException(
          Kind.UNAVAILABLE, failed + " is busy: " + detail + "; try later", e);
    }
    return switch (code) {
      case "ResourceNotFoundException" ->
          new StoreException(
              Kind.UNAVAILABLE,
              "there is no table "
                  + table
                  + " in this region and account: make it, or name another with"
                  + " cutline.records.dynamodb.table and .region",
              e);
      case "ValidationException", "ValidationError", "TransactionCanceledException" ->
          isTooLarge(detail)
              ? new StoreException(
                  Kind.FULL,
                  failed + ": what is to be stored is larger than the 400 KB of an item",
                  e)
              : new StoreException(Kind.CORRUPT, failed + " refuses a request: " + detail, e);
      case "ItemCollectionSizeLimitExceededException", "ItemCollectionSizeLimitExceeded" ->
          new StoreException(Kind.FULL, failed + ": " + detail, e);
      default ->
          answer instanceof TransactionCanceledException
              ? new StoreException(Kind.UNAVAILABLE, failed + ": " + detail, e)
              : AwsErrors.toStoreException(failed, e);
    };
  }

  private static boolean isTooLarge(String detail) {
    return detail.toLowerCase(Locale.ROOT).contains("item size");
  }

  private static String code(DynamoDbException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  private static String detail(DynamoDbException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String message = details == null ? e.getMessage() : details.errorMessage();
    return line(code(e) + ", " + message);
  }

  private static String line(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
