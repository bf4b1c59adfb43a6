package dev.cutline.storage.s3;

import dev.cutline.StoreException;
import dev.cutline.StoreException.Kind;
import dev.cutline.aws.AwsErrors;
import dev.cutline.aws.AwsProblem;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What an error of S3 means for one bucket, and what to do; what all services of AWS have in common
 * is told by {@link AwsProblem}. Immutable.
 */
final class S3Errors {
  /** What is wrong, and what to do, where there is no bucket of that name. */
  static final String NO_BUCKET = "there is no such bucket; create it or set another bucket";

  private static final Set<String> FULL =
      Set.of("QuotaExceeded", "ServiceQuotaExceeded", "XMinioStorageFull");
  private static final Set<String> DAMAGED = Set.of("BadDigest", "XAmzContentSHA256Mismatch");

  private static final String NO_UPLOAD = "NoSuchUpload";

  private static final int MOVED = 301;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int INSUFFICIENT_STORAGE = 507;

  private final String bucket;

  S3Errors(String bucket) {
    this.bucket = bucket;
  }

  /**
   * Returns the exception for a call that has failed, named by {@code what} as in "cannot write x".
   *
   * @param permission what the call needs, for example {@code s3:PutObject}
   */
  StoreException of(String what, String permission, SdkException e) {
    String failed = "cannot " + what + " in bucket " + bucket;
    String code = code(e);
    if (isNoBucket(e)) {
      return new StoreException(Kind.DENIED, failed + ": " + NO_BUCKET, e);
    }
    if (isElsewhere(e)) {
      return new StoreException(Kind.DENIED, failed + ": " + elsewhere(e), e);
    }
    if (FULL.contains(code) || status(e) == INSUFFICIENT_STORAGE) {
      return new StoreException(Kind.FULL, failed + ": no space left (" + code + ")", e);
    }
    if (DAMAGED.contains(code)) {
      return new StoreException(
          Kind.UNAVAILABLE, failed + ": the bytes were damaged on the way (" + code + ")", e);
    }
    if (code.equals(NO_UPLOAD)) {
      return new StoreException(
          Kind.UNAVAILABLE,
          failed + ": somebody, or a lifecycle rule, has ended the upload; try again",
          e);
    }
    if (code.equals("InvalidObjectState")) {
      return new StoreException(
          Kind.DENIED,
          failed + ": it is archived; restore it, and let no lifecycle rule archive pictures",
          e);
    }
    return isForbidden(e)
        ? new StoreException(
            Kind.DENIED,
            failed + ": access is denied; allow " + permission + " in IAM and in the bucket policy",
            e)
        : AwsErrors.toStoreException(failed, e);
  }

  /** Returns what is wrong, and what to do, where a bucket is in another region. */
  static String elsewhere(SdkException e) {
    return region(e)
        .map(region -> "the bucket is in " + region + "; set region to that")
        .orElse("the bucket is in another region; set region to that");
  }

  static boolean isExpired(SdkException e) {
    return AwsProblem.of(e) == AwsProblem.EXPIRED_CREDENTIALS;
  }

  static boolean isNoBucket(SdkException e) {
    return code(e).equals("NoSuchBucket");
  }

  static boolean isElsewhere(SdkException e) {
    return AwsProblem.of(e) == AwsProblem.WRONG_REGION || status(e) == MOVED;
  }

  /** Tells whether there is no such object; an answer to HEAD has a status only. */
  static boolean isNotFound(SdkException e) {
    return status(e) == NOT_FOUND && !isNoBucket(e);
  }

  static boolean isForbidden(SdkException e) {
    return AwsProblem.of(e) == AwsProblem.ACCESS_DENIED;
  }

  /** Tells whether a condition did not hold: there is an object, or another one. */
  static boolean isPreconditionFailed(SdkException e) {
    return status(e) == PRECONDITION_FAILED;
  }

  /** Tells whether S3 could not decide a condition because of another request at the same time. */
  static boolean isUndecided(SdkException e) {
    return status(e) == CONFLICT && code(e).equals("ConditionalRequestConflict");
  }

  /**
   * Tells whether a request may have been carried out all the same: the answer was lost, or none
   * that one can rely on, or a repetition finds the upload gone that the first try has completed.
   * After an interrupt, nobody wants to wait for that.
   */
  static boolean mayHaveHappened(SdkException e) {
    return !(e instanceof AbortedException)
        && (status(e) == 0 || status(e) >= 500 || code(e).equals(NO_UPLOAD));
  }

  /** Returns the code of an error, empty if S3 has not answered or not given one. */
  static String code(SdkException e) {
    return details(e).map(AwsErrorDetails::errorCode).orElse("");
  }

  /** Returns the status that S3 has answered with, 0 if it has not. */
  static int status(SdkException e) {
    return e instanceof AwsServiceException answer ? answer.statusCode() : 0;
  }

  private static Optional<String> region(SdkException e) {
    return details(e)
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"));
  }

  private static Optional<AwsErrorDetails> details(SdkException e) {
    return e instanceof AwsServiceException answer
        ? Optional.ofNullable(answer.awsErrorDetails())
        : Optional.empty();
  }
}
