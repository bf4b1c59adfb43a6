package dev.cutline.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.prompt.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered: status, headers and body, with the secrets of the request struck out.
 * Immutable.
 */
public final class HttpReply {
  private final int status;
  private final Map<String, String> headers;
  private final String text;
  private final boolean cut;
  private final Duration elapsed;
  private final @Nullable JsonNode json;

  HttpReply(int status, Map<String, String> headers, String text, boolean cut, Duration elapsed) {
    TreeMap<String, String> ordered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    ordered.putAll(headers);
    this.status = status;
    this.headers = ordered;
    this.text = text;
    this.cut = cut;
    this.elapsed = elapsed;
    this.json = cut ? null : Json.read(text).orElse(null);
  }

  /** Returns a reply that no server sent, for tests of mappings. */
  public static HttpReply of(int status, Map<String, String> headers, String text) {
    return new HttpReply(status, headers, text, false, Duration.ZERO);
  }

  public int status() {
    return status;
  }

  /** Tells whether the status is 200 to 299; there may be an error in the body all the same. */
  public boolean isSuccess() {
    return status >= 200 && status <= 299;
  }

  /** Returns the value of a header, the first if there are several; case of the name ignored. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Returns the names of all headers. */
  public List<String> headerNames() {
    return List.copyOf(headers.keySet());
  }

  /** Returns the body, or its beginning if it {@linkplain #isCut() was too long}. */
  public String text() {
    return text;
  }

  /**
   * Tells whether the body was longer than {@link JsonHttp#MAX_REPLY_BYTES}; the rest was not read.
   */
  public boolean isCut() {
    return cut;
  }

  /** Returns the body as JSON; nothing if it is none, or cut. */
  public Optional<JsonNode> json() {
    return Optional.ofNullable(json);
  }

  /** Returns how long the call took, from the first byte sent to the last one read. */
  public Duration elapsed() {
    return elapsed;
  }

  @Override
  public String toString() {
    return "status " + status + ", " + text.length() + " characters";
  }
}
