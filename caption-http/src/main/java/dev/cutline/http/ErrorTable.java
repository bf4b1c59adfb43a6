package dev.cutline.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.CaptionException;
import dev.cutline.Reason;
import dev.cutline.prompt.OneLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One vendor's failures as a table: what names a failure, and the {@link Reason} that it is. An
 * answer is judged by the first row that fits, the rows of codes first, then those of texts, then
 * those of statuses; what no row fits is judged by its status alone, the same for every vendor.
 * Immutable.
 *
 * <pre>{@code
 * static final ErrorTable TABLE = ErrorTable.of("OpenAI")
 *     .codes(Reason.UNAVAILABLE, "insufficient_quota")
 *     .text(400, "too large", Reason.IMAGE_LIMIT)
 *     .status(408, Reason.INTERNAL)
 *     .build();
 * }</pre>
 */
public final class ErrorTable {
  private static final int EXCERPT = 200;

  private final String vendor;
  private final List<Row> rows;

  private ErrorTable(Builder builder) {
    this.vendor = builder.vendor;
    List<Row> ordered = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      builder.rows.stream().filter(row -> row.kind() == kind).forEach(ordered::add);
    }
    this.rows = List.copyOf(ordered);
  }

  /** Starts a table; {@code vendor} begins every message, for example {@code OpenAI}. */
  public static Builder of(String vendor) {
    return new Builder(vendor);
  }

  /**
   * Returns the rows in the order in which they are tried, so that a test can see that it has met
   * each.
   */
  public List<Row> rows() {
    return rows;
  }

  /**
   * Returns the row that judges an answer; nothing if the answer is a success or its status alone
   * judges it.
   */
  public Optional<Row> match(HttpReply reply) {
    return ErrorFacts.of(reply).flatMap(this::match);
  }

  /**
   * Returns the body of a successful answer.
   *
   * @throws CaptionException as {@link #failure} says; {@link Reason#MALFORMED_REPLY} if the answer
   *     is a success without a JSON body, or with one too long
   */
  public JsonNode body(HttpReply reply) {
    Optional<CaptionException> failure = failure(reply);
    if (failure.isPresent()) {
      throw failure.get();
    }
    return reply.json().orElseThrow(() -> notJson(reply));
  }

  /**
   * Returns what is wrong with an answer, with the time to wait if it tells; nothing if it is a
   * success.
   */
  public Optional<CaptionException> failure(HttpReply reply) {
    return ErrorFacts.of(reply).map(facts -> toException(reply, facts));
  }

  private CaptionException toException(HttpReply reply, ErrorFacts facts) {
    Reason reason = match(facts).map(Row::reason).orElseGet(() -> StatusReasons.of(facts.status()));
    boolean waits = reason == Reason.RATE_LIMITED || reason == Reason.UNAVAILABLE;
    Optional<Duration> wait = waits ? RetryAfter.from(reply, Instant.now()) : Optional.empty();
    return CaptionException.builder(reason, message(reply, facts))
        .retryAfter(wait.orElse(null))
        .usage(facts.usage())
        .build();
  }

  private String message(HttpReply reply, ErrorFacts facts) {
    StringBuilder message = new StringBuilder(vendor).append(" answered ").append(reply.status());
    if (reply.isSuccess()) {
      message.append(" with an error").append(facts.status() == 0 ? "" : " " + facts.status());
    }
    facts.codes().stream()
        .findFirst()
        .ifPresent(code -> message.append(' ').append(OneLine.of(code, 80)));
    if (reply.status() >= 300 && reply.status() <= 399) {
      return message
          .append(": redirects are not followed; set the endpoint to where the server really is")
          .toString();
    }
    String text = OneLine.of(facts.message(), EXCERPT);
    return text.isEmpty() ? message.toString() : message.append(": ").append(text).toString();
  }

  private Optional<Row> match(ErrorFacts facts) {
    return rows.stream().filter(row -> row.fits(facts)).findFirst();
  }

  private CaptionException notJson(HttpReply reply) {
    String problem;
    if (reply.isCut()) {
      problem = "more than " + JsonHttp.MAX_REPLY_BYTES + " bytes";
    } else if (reply.text().isBlank()) {
      problem = "nothing";
    } else {
      problem = "no JSON: " + OneLine.of(reply.text(), EXCERPT);
    }
    String message = vendor + " answered " + reply.status() + " with " + problem;
    return new CaptionException(Reason.MALFORMED_REPLY, message);
  }

  /** What a row looks at. */
  public enum Kind {
    /** Whatever names the failure: code, type or parameter, in full, case ignored. */
    CODE,
    /**
     * The words of the failure: a regular expression found somewhere, case ignored. The last
     * resort.
     */
    TEXT,
    /** The status alone. */
    STATUS
  }

  /**
   * One row.
   *
   * @param kind what it looks at
   * @param status that the answer must have; 0: any
   * @param pattern the code, or the expression; empty where the status alone counts
   * @param reason what it means
   */
  public record Row(Kind kind, int status, String pattern, Reason reason) {
    boolean fits(ErrorFacts facts) {
      if (status != 0 && status != facts.status()) {
        return false;
      }
      return switch (kind) {
        case CODE -> facts.codes().stream().anyMatch(pattern::equalsIgnoreCase);
        case TEXT ->
            Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(facts.message()).find();
        case STATUS -> true;
      };
    }
  }

  /** Builds an {@link ErrorTable}. Not safe for several threads. */
  public static final class Builder {
    private final String vendor;
    private final List<Row> rows = new ArrayList<>();

    private Builder(String vendor) {
      this.vendor = vendor;
    }

    /** Adds a row for each of these codes, with any status. */
    public Builder codes(Reason reason, String... codes) {
      for (String code : codes) {
        rows.add(new Row(Kind.CODE, 0, code, reason));
      }
      return this;
    }

    /** Adds a row for a code with one status. */
    public Builder code(int status, String code, Reason reason) {
      rows.add(new Row(Kind.CODE, status, code, reason));
      return this;
    }

    /**
     * Adds a row for a regular expression found in the words of an answer with this status; 0: any.
     */
    public Builder text(int status, String expression, Reason reason) {
      // Compiled here once, so that a wrong one is found where the table is made.
      rows.add(new Row(Kind.TEXT, status, Pattern.compile(expression).pattern(), reason));
      return this;
    }

    /** Adds a row for a status. */
    public Builder status(int status, Reason reason) {
      rows.add(new Row(Kind.STATUS, status, "", reason));
      return this;
    }

    public ErrorTable build() {
      return new ErrorTable(this);
    }
  }
}
