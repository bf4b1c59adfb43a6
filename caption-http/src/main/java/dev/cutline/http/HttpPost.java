package dev.cutline.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.CaptionException;
import dev.cutline.ImageData;
import dev.cutline.Reason;
import dev.cutline.Secret;
import dev.cutline.prompt.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * One POST: where to, with which headers, and what. Immutable; prints neither headers, query nor
 * body.
 */
public final class HttpPost {
  private final URI uri;
  private final Map<String, String> headers;
  private final List<String> secrets;
  private final String mediaType;
  private final byte[] body;

  private HttpPost(Builder builder, String mediaType, byte[] body) {
    this.uri = builder.uri;
    this.headers = Map.copyOf(builder.headers);
    this.secrets = List.copyOf(builder.secrets);
    this.mediaType = mediaType;
    this.body = body;
  }

  /** Starts a POST to an {@code http} or {@code https} address. */
  public static Builder to(URI uri) {
    return new Builder(uri);
  }

  /** Returns what must not show in any message. */
  List<String> secrets() {
    return secrets;
  }

  Request toRequest(String userAgent) {
    Request.Builder request =
        new Request.Builder()
            .url(uri.toString())
            .header("User-Agent", userAgent)
            .header("Accept", "application/json")
            .post(RequestBody.create(body, MediaType.get(mediaType)));
    headers.forEach(request::header);
    return request.build();
  }

  @Override
  public String toString() {
    return "POST " + Endpoints.withoutQuery(uri);
  }

  /**
   * Builds an {@link HttpPost}; the methods that take a body end it. Not safe for several threads.
   */
  public static final class Builder {
    private final URI uri;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> secrets = new ArrayList<>();

    private Builder(URI uri) {
      this.uri = Objects.requireNonNull(uri, "uri");
    }

    /**
     * Sets a header, in place of an earlier one of that name.
     *
     * @throws CaptionException {@link Reason#MISCONFIGURED} if the value has other than visible
     *     ASCII characters, blanks and tabs; the message names the header only
     */
    public Builder header(String name, String value) {
      boolean sendable = value.chars().allMatch(c -> c == '\t' || c >= ' ' && c < 0x7f);
      if (!sendable) {
        throw new CaptionException(
            Reason.MISCONFIGURED,
            "the value of the header " + name + " has characters that no header may have");
      }
      headers.put(name, value);
      return this;
    }

    /**
     * Sets a header whose value is not to be seen: should the server repeat it, it is struck out of
     * the answer.
     */
    public Builder header(String name, Secret secret) {
      secrets.add(secret.reveal());
      return header(name, secret.reveal());
    }

    /** Sets {@code Authorization: Bearer …}. */
    public Builder bearer(Secret token) {
      secrets.add(token.reveal());
      return header("Authorization", "Bearer " + token.reveal());
    }

    /** Returns the POST of a JSON value. */
    public HttpPost json(JsonNode value) {
      return new HttpPost(this, "application/json", Json.bytes(value));
    }

    /** Returns the POST of a picture as it is, with its own media type. */
    public HttpPost image(ImageData image) {
      return new HttpPost(this, image.format().mediaType(), image.toByteArray());
    }
  }
}
