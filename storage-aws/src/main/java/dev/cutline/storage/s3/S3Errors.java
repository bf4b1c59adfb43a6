package dev.cutline.storage.s3;

import dev.cutline.StoreException;
import dev.cutline.StoreException.Kind;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** What an error of S3, or on the way there, means for one bucket, and what to do. Immutable. */
final class S3Errors {
  private static final Set<String> EXPIRED = Set.of("ExpiredToken", "TokenRefreshRequired");
  private static final Set<String> NOT_OURS =
      Set.of("InvalidAccessKeyId", "InvalidToken", "SignatureDoesNotMatch", "NotSignedUp");
  private static final Set<String> ELSEWHERE =
      Set.of(
          "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException",
          "IncorrectEndpoint");
  private static final Set<String> FULL =
      Set.of("QuotaExceeded", "ServiceQuotaExceeded", "XMinioStorageFull");
  private static final Set<String> DAMAGED = Set.of("BadDigest", "XAmzContentSHA256Mismatch");

  private static final int MOVED = 301;
  private static final int FORBIDDEN = 403;
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
  StoreException of(String what, String permission, SdkException cause) {
    Found found = find(permission, cause);
    return new StoreException(
        found.kind, "cannot " + what + " in bucket " + bucket + ": " + found.advice, cause);
  }

  static boolean isExpired(SdkException e) {
    return EXPIRED.contains(code(e));
  }

  static boolean isNoBucket(SdkException e) {
    return code(e).equals("NoSuchBucket");
  }

  static boolean isElsewhere(SdkException e) {
    return ELSEWHERE.contains(code(e)) || status(e) == MOVED;
  }

  /** Tells whether there is no such object; an answer to HEAD has a status only. */
  static boolean isNotFound(SdkException e) {
    return status(e) == NOT_FOUND && !isNoBucket(e);
  }

  static boolean isForbidden(SdkException e) {
    return status(e) == FORBIDDEN && !EXPIRED.contains(code(e)) && !NOT_OURS.contains(code(e));
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
   * that one can rely on.
   */
  static boolean mayHaveHappened(SdkException e) {
    if (e instanceof AbortedException) {
      return false; // an interrupt: whoever sent it does not want to wait for more
    }
    int status = status(e);
    return status == 0 || status >= 500;
  }

  /** Returns the region that S3 names when it was asked in a wrong one. */
  static Optional<String> region(SdkException e) {
    return e instanceof AwsServiceException service && service.awsErrorDetails() != null
        ? Optional.ofNullable(service.awsErrorDetails().sdkHttpResponse())
            .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"))
        : Optional.empty();
  }

  /** Returns the code of an error, empty if S3 has not answered or not given one. */
  static String code(SdkException e) {
    if (e instanceof AwsServiceException service) {
      AwsErrorDetails details = service.awsErrorDetails();
      return details == null ? "" : Objects.requireNonNullElse(details.errorCode(), "");
    }
    return "";
  }

  static int status(SdkException e) {
    return e instanceof AwsServiceException service ? service.statusCode() : 0;
  }

  private Found find(String permission, SdkException e) {
    String code = code(e);
    if (e instanceof AbortedException) {
      return unavailable("interrupted");
    }
    if (!(e instanceof AwsServiceException service)) {
      return ofClient(e);
    }
    if (isNoBucket(e)) {
      return denied("there is no such bucket: create it or set cutline.images.s3.bucket");
    }
    if (isElsewhere(e)) {
      String where = region(e).map(region -> "it is in " + region).orElse("it is in another region");
      return denied(where + ": set cutline.images.s3.region");
    }
    if (EXPIRED.contains(code)) {
      return denied("the credentials have expired: get new ones, or let a role or profile do so");
    }
    if (NOT_OURS.contains(code)) {
      return denied("S3 does not take the credentials (" + code + "): check the keys");
    }
    if (code.equals("RequestTimeTooSkewed")) {
      return unavailable("the clock of this machine is wrong: set it, best by NTP");
    }
    if (code.startsWith("KMS.") || message(service).contains("kms:")) {
      return denied(
          "KMS refuses the key: allow kms:GenerateDataKey and kms:Decrypt for it, or set another"
              + " cutline.images.s3.kms-key ("
              + (code.startsWith("KMS.") ? code : "AccessDenied")
              + ")");
    }
    if (FULL.contains(code) || service.statusCode() == INSUFFICIENT_STORAGE) {
      return new Found(Kind.FULL, "no space left (" + code + ")");
    }
    if (code.equals("InvalidObjectState")) {
      return denied("the object is archived: restore it, and keep pictures out of the archive");
    }
    if (DAMAGED.contains(code)) {
      return unavailable("the bytes were damaged on the way (" + code + ")");
    }
    if (service.statusCode() == FORBIDDEN) {
      return denied("access denied: allow " + permission + " for it in IAM and the bucket policy");
    }
    return service.isThrottlingException()
        ? unavailable("S3 is busy and asks to slow down (" + code + ", " + attempts(e) + ")")
        : unavailable(
            "S3 answers " + service.statusCode() + " " + code + " (" + attempts(e) + ")");
  }

  private static Found ofClient(SdkException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("Unable to load credentials")) {
      return denied("there are no credentials: set a profile, a role or keys");
    }
    return unavailable("S3 cannot be reached (" + firstLine(message) + ")");
  }

  private static Found denied(String advice) {
    return new Found(Kind.DENIED, advice);
  }

  private static Found unavailable(String advice) {
    return new Found(Kind.UNAVAILABLE, advice);
  }

  private static String message(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null ? "" : Objects.requireNonNullElse(details.errorMessage(), "");
  }

  private static String attempts(SdkException e) {
    Integer attempts = e.numAttempts();
    return attempts == null || attempts == 1 ? "tried once" : "tried " + attempts + " times";
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }

  private record Found(Kind kind, String advice) {}
}
