package dev.cutline.aws;

import dev.cutline.CaptionException;
import dev.cutline.Reason;
import dev.cutline.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * One service's failures as a table: what names a failure, and the {@link Reason} that it is. The
 * first row that fits judges; what no row fits is an {@link AwsProblem}, the same for every
 * service. Immutable.
 *
 * <pre>{@code
 * static final AwsErrors ERRORS = AwsErrors.of("Bedrock")
 *     .code("ModelNotReadyException", Reason.INTERNAL)
 *     .text("ValidationException", "image exceeds", Reason.IMAGE_LIMIT, "")
 *     .build();
 * }</pre>
 */
public final class AwsErrors {
  private static final int EXCERPT = 160;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
  private static final Pattern BREAKS = Pattern.compile("[\\s\\p{C}\\p{Z}]+");

  private final String service;
  private final List<Row> rows;

  private AwsErrors(Builder builder) {
    this.service = builder.service;
    this.rows = List.copyOf(builder.rows);
  }

  /** Starts a table; {@code service} begins every message, for example {@code Bedrock}. */
  public static Builder of(String service) {
    return new Builder(service);
  }

  /** Returns the rows in the order in which they are tried, so that a test can meet each. */
  public List<Row> rows() {
    return rows;
  }

  /** Returns the row that judges a failure; nothing if it is one that all services have. */
  public Optional<Row> match(SdkException e) {
    return rows.stream().filter(row -> row.fits(code(e), words(e))).findFirst();
  }

  /**
   * Returns what to throw for a failure: one line that says what is wrong, what the service said,
   * and what to do where that is the same for all services.
   *
   * @param clean strikes secrets out of what the service said, as {@link AwsClients#withoutSecrets}
   *     does
   */
  public CaptionException toException(SdkException e, UnaryOperator<String> clean) {
    Optional<Row> row = match(e);
    AwsProblem problem = AwsProblem.of(e);
    Reason reason = row.map(Row::reason).orElseGet(problem::reason);
    String said = said(e, clean);
    String message =
        service
            + said
            + row.map(Row::ending).orElseGet(() -> ": " + problem.text() + "; " + problem.advice());
    boolean waits = reason == Reason.RATE_LIMITED || reason == Reason.UNAVAILABLE;
    return CaptionException.builder(reason, message)
        .retryAfter(waits ? retryAfter(e) : null)
        .cause(transport(e))
        .build();
  }

  /**
   * Returns what a store throws for a failure, with the failure as its cause.
   *
   * @param what begins the message: what was to be done, without secrets
   */
  public static StoreException toStoreException(String what, SdkException e) {
    AwsProblem problem = AwsProblem.of(e);
    String said = said(e, UnaryOperator.identity());
    return new StoreException(
        problem.kind(), what + ": " + problem.text() + said + "; " + problem.advice(), e);
  }

  /** Returns what is wrong, and what the service said, in words that follow a colon. */
  static String explain(SdkException e, UnaryOperator<String> clean) {
    return AwsProblem.of(e).text() + said(e, clean);
  }

  private static String said(SdkException e, UnaryOperator<String> clean) {
    if (!(e instanceof SdkServiceException answer)) {
      return "";
    }
    String words = oneLine(clean.apply(words(e)));
    String code = oneLine(clean.apply(code(e)));
    return " answered "
        + answer.statusCode()
        + (code.isEmpty() ? "" : " " + code)
        + (words.isEmpty() ? "" : " (" + words + ")");
  }

  /**
   * Returns what broke on the way. Nothing else of the SDK's exceptions is handed on: they repeat
   * what the server said, and that may be a key.
   */
  private static @Nullable Throwable transport(SdkException e) {
    if (e instanceof SdkServiceException || AwsProblem.of(e) == AwsProblem.UNREADABLE_REPLY) {
      return null;
    }
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return cause;
      }
    }
    return null;
  }

  private static String code(SdkException e) {
    AwsErrorDetails details = details(e);
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  private static String words(SdkException e) {
    AwsErrorDetails details = details(e);
    return details == null || details.errorMessage() == null ? "" : details.errorMessage();
  }

  private static @Nullable AwsErrorDetails details(SdkException e) {
    return e instanceof AwsServiceException aws ? aws.awsErrorDetails() : null;
  }

  private static @Nullable Duration retryAfter(SdkException e) {
    AwsErrorDetails details = details(e);
    if (details == null || details.sdkHttpResponse() == null) {
      return null;
    }
    return details
        .sdkHttpResponse()
        .firstMatchingHeader("Retry-After")
        .map(String::strip)
        .filter(value -> SECONDS.matcher(value).matches())
        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait)
        .orElse(null);
  }

  private static String oneLine(String text) {
    String line = BREAKS.matcher(text).replaceAll(" ").strip();
    if (line.codePointCount(0, line.length()) <= EXCERPT) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, EXCERPT - 1)) + "…";
  }

  /**
   * One row.
   *
   * @param code of the service; empty: any
   * @param pattern a regular expression found somewhere in its words, case ignored; empty: any
   * @param reason what it means
   * @param advice what to do about it; empty: the words of the service say it
   */
  public record Row(String code, String pattern, Reason reason, String advice) {
    String ending() {
      return advice.isEmpty() ? "" : "; " + advice;
    }

    boolean fits(String thatCode, String words) {
      return (code.isEmpty() || code.equals(thatCode))
          && Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(words).find();
    }
  }

  /** Builds {@link AwsErrors}. Not safe for several threads. */
  public static final class Builder {
    private final String service;
    private final List<Row> rows = new ArrayList<>();

    private Builder(String service) {
      this.service = service;
    }

    /** Adds a row for a code. */
    public Builder code(String code, Reason reason) {
      return text(code, "", reason, "");
    }

    /**
     * Adds a row for a regular expression found in the words that come with a code.
     *
     * @param code empty: any
     * @param advice what to do about it, to end the message; may be empty
     */
    public Builder text(String code, String expression, Reason reason, String advice) {
      // Compiled here once, so that a wrong one is found where the table is made.
      rows.add(new Row(code, Pattern.compile(expression).pattern(), reason, advice));
      return this;
    }

    public AwsErrors build() {
      return new AwsErrors(this);
    }
  }
}
