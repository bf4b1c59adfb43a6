package dev.cutline.httptest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.cutline.Reason;
import dev.cutline.Usage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor's server answers, and what a captioner is to make of it. Immutable.
 *
 * <pre>{@code
 * Answer.of(429, "{\"error\":\"slow down\"}").header("Retry-After", "2").waits(Duration.ofSeconds(2))
 * }</pre>
 */
public final class Answer {
  private final int status;
  private final String body;
  private final Map<String, String> headers;
  private final @Nullable Reason reason;
  private final @Nullable Duration wait;
  private final Usage usage;

  private Answer(
      int status,
      String body,
      Map<String, String> headers,
      @Nullable Reason reason,
      @Nullable Duration wait,
      Usage usage) {
    this.status = status;
    this.body = body;
    this.headers = Map.copyOf(headers);
    this.reason = reason;
    this.wait = wait;
    this.usage = usage;
  }

  /** Returns an answer in JSON. */
  public static Answer of(int status, String body) {
    return new Answer(
        status, body, Map.of("Content-Type", "application/json"), null, null, Usage.NONE);
  }

  /** Returns this answer with a header. */
  public Answer header(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new Answer(status, body, more, reason, wait, usage);
  }

  /** Returns this answer with another meaning than the usual one of its situation. */
  public Answer means(Reason reason) {
    return new Answer(status, body, headers, reason, wait, usage);
  }

  /** Returns this answer with the time that the captioner is to read from it. */
  public Answer waits(Duration wait) {
    return new Answer(status, body, headers, reason, wait, usage);
  }

  /** Returns this answer with the tokens that the captioner is to read from it. */
  public Answer uses(long inputTokens, long outputTokens) {
    return new Answer(status, body, headers, reason, wait, new Usage(inputTokens, outputTokens));
  }

  Reason reason(Situation situation) {
    return reason == null ? situation.usualReason() : reason;
  }

  Optional<Duration> expectedWait() {
    return Optional.ofNullable(wait);
  }

  String body() {
    return body;
  }

  Usage usage() {
    return usage;
  }

  /** Returns what WireMock is to answer. */
  public ResponseDefinitionBuilder toResponse() {
    ResponseDefinitionBuilder response = aResponse().withStatus(status).withBody(body);
    headers.forEach(response::withHeader);
    return response;
  }

  @Override
  public String toString() {
    return status + " " + body;
  }
}
