package dev.cutline.aws;

import dev.cutline.Reason;
import dev.cutline.StoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.http.ConnectionClosedException;
import org.apache.http.MalformedChunkCodingException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * What can be the matter with any service of AWS, what it means to a chain and to a store, and what
 * to do about it.
 */
public enum AwsProblem {
  THROTTLED(
      Reason.RATE_LIMITED,
      StoreException.Kind.UNAVAILABLE,
      "too many requests",
      "ask less often or have the quota raised"),
  EXPIRED_CREDENTIALS(
      Reason.UNAUTHORIZED,
      StoreException.Kind.DENIED,
      "the credentials have expired",
      "sign in again or set a new session-token"),
  UNKNOWN_CREDENTIALS(
      Reason.UNAUTHORIZED,
      StoreException.Kind.DENIED,
      "AWS does not take these credentials",
      "check access-key, secret-key and session-token, or the profile"),
  NO_CREDENTIALS(
      Reason.UNAUTHORIZED,
      StoreException.Kind.DENIED,
      "there are no credentials",
      "set access-key and secret-key, or profile, or give the machine a role"),
  NOT_SIGNED_IN(
      Reason.UNAUTHORIZED,
      StoreException.Kind.DENIED,
      "nobody has signed in by SSO, or not lately",
      "run aws sso login with this profile"),
  NO_SSO(
      Reason.UNAUTHORIZED,
      StoreException.Kind.DENIED,
      "the profile signs in by SSO, and the parts of the AWS SDK that do so are not on the class"
          + " path",
      "add software.amazon.awssdk:sso and ssooidc, or name a profile with keys or a role"),
  KMS_DENIED(
      Reason.UNAUTHORIZED,
      StoreException.Kind.DENIED,
      "the KMS key may not be used",
      "allow kms:GenerateDataKey and kms:Decrypt on it, in its own policy too"),
  KMS_UNUSABLE(
      Reason.MISCONFIGURED,
      StoreException.Kind.DENIED,
      "the KMS key is not there or not enabled",
      "check its ARN, region and state"),
  ACCESS_DENIED(
      Reason.UNAUTHORIZED,
      StoreException.Kind.DENIED,
      "access is denied",
      "allow the action in the IAM policy of the caller"),
  CLOCK_SKEW(
      Reason.MISCONFIGURED,
      StoreException.Kind.DENIED,
      "the clock of this machine is wrong",
      "set it: AWS takes signatures of the last minutes only"),
  WRONG_REGION(
      Reason.MISCONFIGURED,
      StoreException.Kind.DENIED,
      "it is in another region",
      "set region to where it is"),
  MISSING_REGION(
      Reason.MISCONFIGURED,
      StoreException.Kind.DENIED,
      "no region is set",
      "set region, or the environment variable AWS_REGION"),
  NOT_FOUND(
      Reason.MISCONFIGURED,
      StoreException.Kind.DENIED,
      "there is no such thing",
      "check its name and the region"),
  TOO_LARGE(
      Reason.IMAGE_LIMIT,
      StoreException.Kind.DENIED,
      "it is too large for this service",
      "send less"),
  BAD_REQUEST(
      Reason.MISCONFIGURED,
      StoreException.Kind.DENIED,
      "the service does not take this request",
      "check the settings"),
  UNKNOWN_HOST(
      Reason.UNAVAILABLE,
      StoreException.Kind.UNAVAILABLE,
      "nobody knows this host",
      "check region, endpoint and network"),
  UNREACHABLE(
      Reason.UNAVAILABLE,
      StoreException.Kind.UNAVAILABLE,
      "the service cannot be reached",
      "check endpoint and network"),
  NO_TLS(
      Reason.UNAVAILABLE,
      StoreException.Kind.UNAVAILABLE,
      "there is no secure connection",
      "check the endpoint and whom this machine trusts"),
  SERVICE_DOWN(
      Reason.UNAVAILABLE,
      StoreException.Kind.UNAVAILABLE,
      "the service is down or overloaded",
      "try later"),
  SERVER_FAULT(Reason.INTERNAL, StoreException.Kind.UNAVAILABLE, "the service failed", "try again"),
  TIMEOUT(Reason.TIMEOUT, StoreException.Kind.UNAVAILABLE, "no answer in time", "try later"),
  ABORTED(Reason.TIMEOUT, StoreException.Kind.UNAVAILABLE, "interrupted or cancelled", "ask again"),
  UNREADABLE_REPLY(
      Reason.MALFORMED_REPLY,
      StoreException.Kind.UNAVAILABLE,
      "the answer is not what this service sends",
      "check the endpoint");

  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired");
  private static final Set<String> UNKNOWN =
      Set.of(
          "AuthFailure",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "InvalidToken",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "NotAuthorized",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");
  private static final Set<String> DENIED =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "AccountProblem",
          "AllAccessDisabled",
          "NotSignedUp",
          "OptInRequired",
          "UnauthorizedOperation");
  private static final Set<String> ELSEWHERE =
      Set.of(
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException",
          "PermanentRedirect",
          "TemporaryRedirect");
  private static final Set<String> MISSING =
      Set.of("NoSuchBucket", "NotFound", "ResourceNotFoundException", "UnknownOperationException");
  private static final Set<String> DOWN =
      Set.of("InternalServiceUnavailable", "ServiceUnavailable", "ServiceUnavailableException");

  private static final Pattern EXPIRED_SIGNATURE =
      Pattern.compile("signature (expired|not yet current)", Pattern.CASE_INSENSITIVE);
  private static final Pattern EXPIRED_TOKEN =
      Pattern.compile("token.{0,40} expired", Pattern.CASE_INSENSITIVE);
  private static final Pattern EXPIRED_SESSION =
      Pattern.compile(
          "SSO (session|token).{0,80}(expired|invalid)|(load|find) .{0,20}SSO token"
              + "|token is expired",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NO_SSO_MODULE =
      Pattern.compile("'sso(oidc)?' service module must be on the class path");
  private static final Pattern NO_KEYS =
      Pattern.compile(
          "(load|retrieve|find) .{0,40}credentials|profile file|credentials .{0,60}profile",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NO_REGION =
      Pattern.compile("load region|region (must|is not)", Pattern.CASE_INSENSITIVE);
  private static final Pattern UNREADABLE =
      Pattern.compile("unmarshall|parse", Pattern.CASE_INSENSITIVE);

  private final Reason reason;
  private final StoreException.Kind kind;
  private final String text;
  private final String advice;

  AwsProblem(Reason reason, StoreException.Kind kind, String text, String advice) {
    this.reason = reason;
    this.kind = kind;
    this.text = text;
    this.advice = advice;
  }

  /** Returns what it means to a chain of captioners. */
  public Reason reason() {
    return reason;
  }

  /** Returns what it means to a store. */
  public StoreException.Kind kind() {
    return kind;
  }

  /** Returns what is wrong, in words that begin or follow a sentence. */
  public String text() {
    return text;
  }

  /** Returns what to do about it. */
  public String advice() {
    return advice;
  }

  /** Returns what is the matter, whatever the service. */
  public static AwsProblem of(SdkException e) {
    return e instanceof SdkServiceException answer ? ofAnswer(answer) : ofClient(e);
  }

  private static AwsProblem ofAnswer(SdkServiceException e) {
    AwsErrorDetails details = e instanceof AwsServiceException aws ? aws.awsErrorDetails() : null;
    String code = orEmpty(details == null ? null : details.errorCode());
    String words = orEmpty(details == null ? e.rawMessage() : details.errorMessage());
    if (e.isClockSkewException() || EXPIRED_SIGNATURE.matcher(words).find()) {
      return CLOCK_SKEW;
    }
    if (e.isThrottlingException()) {
      return THROTTLED;
    }
    AwsProblem kms = ofKms(code, words);
    if (kms != null) {
      return kms;
    }
    AwsProblem named = ofCode(code, words);
    return named == null ? ofStatus(e.statusCode()) : named;
  }

  private static @Nullable AwsProblem ofKms(String code, String words) {
    if (code.toLowerCase(Locale.ROOT).startsWith("kms")) {
      return code.contains("AccessDenied") ? KMS_DENIED : KMS_UNUSABLE;
    }
    return DENIED.contains(code) && words.contains("kms:") ? KMS_DENIED : null;
  }

  private static @Nullable AwsProblem ofCode(String code, String words) {
    if (EXPIRED.contains(code) || EXPIRED_TOKEN.matcher(words).find()) {
      return EXPIRED_CREDENTIALS;
    }
    if (UNKNOWN.contains(code)) {
      return UNKNOWN_CREDENTIALS;
    }
    if (DENIED.contains(code)) {
      return ACCESS_DENIED;
    }
    if (ELSEWHERE.contains(code)) {
      return WRONG_REGION;
    }
    if (MISSING.contains(code)) {
      return NOT_FOUND;
    }
    return DOWN.contains(code) ? SERVICE_DOWN : null;
  }

  /** The same for every service, and as for captioners over HTTP. */
  private static AwsProblem ofStatus(int status) {
    return switch (status) {
      // S3 says no more to a request without a body.
      case 301 -> WRONG_REGION;
      case 401, 403 -> ACCESS_DENIED;
      case 402, 503, 529 -> SERVICE_DOWN;
      case 404 -> NOT_FOUND;
      case 408, 499, 504 -> TIMEOUT;
      case 409, 421, 425 -> SERVER_FAULT;
      case 413 -> TOO_LARGE;
      default -> status >= 300 && status <= 499 || status == 501 ? BAD_REQUEST : SERVER_FAULT;
    };
  }

  private static AwsProblem ofClient(SdkException e) {
    if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
      return TIMEOUT;
    }
    if (e instanceof AbortedException) {
      return ABORTED;
    }
    // What the server sent stands in these messages: they are read here and never shown.
    String words = orEmpty(e.getMessage());
    if (UNREADABLE.matcher(words).find() && !isBroken(e)) {
      return UNREADABLE_REPLY;
    }
    if (NO_REGION.matcher(words).find()) {
      return MISSING_REGION;
    }
    if (NO_SSO_MODULE.matcher(words).find()) {
      return NO_SSO;
    }
    if (EXPIRED_SESSION.matcher(words).find()) {
      return NOT_SIGNED_IN;
    }
    if (NO_KEYS.matcher(words).find()) {
      return NO_CREDENTIALS;
    }
    return ofTransport(e);
  }

  /** Who reads an answer whose connection breaks in the middle says that it cannot be read. */
  private static boolean isBroken(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketException
          || cause instanceof SSLException
          || cause instanceof InterruptedIOException
          || cause instanceof ConnectionClosedException
          || cause instanceof MalformedChunkCodingException) {
        return true;
      }
    }
    return false;
  }

  private static AwsProblem ofTransport(Throwable e) {
    AwsProblem found = SERVER_FAULT;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return UNKNOWN_HOST;
      }
      if (cause instanceof SSLException) {
        return NO_TLS;
      }
      if (cause instanceof InterruptedException) {
        return ABORTED;
      }
      // A SocketTimeoutException is one of these, and so is the end of the time to connect.
      if (cause instanceof InterruptedIOException) {
        return TIMEOUT;
      }
      if (cause instanceof IOException) {
        found = UNREACHABLE;
      }
    }
    return found;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
