package dev.cutline.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.CaptionException;
import dev.cutline.ImageData;
import dev.cutline.Reason;
import dev.cutline.Secret;
import dev.cutline.prompt.Json;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * One POST: where to, with which headers, and what. Immutable; prints neither headers, query nor
 * body.
 */
public final class HttpPost {
  private final URI uri;
  private final Map<String, String> headers;
  private final Secrets secrets;
  private final String mediaType;
  private final byte[] body;

  private HttpPost(Builder builder, String mediaType, byte[] body) {
    this.uri = builder.uri;
    this.headers = Map.copyOf(builder.headers);
    this.secrets = Secrets.of(builder.uri, builder.secrets);
    this.mediaType = mediaType;
    this.body = body;
  }

  /** Starts a POST to an {@code http} or {@code https} address. */
  public static Builder to(URI uri) {
    return new Builder(uri);
  }

  /** Returns an answer's text without what must not show in any message. */
  String withoutSecrets(String text) {
    return secrets.withoutThem(text);
  }

  Request toRequest(String userAgent) {
    Request.Builder request =
        new Request.Builder()
            .url(uri.toString())
            .header("User-Agent", userAgent)
            .header("Accept", "application/json")
            .post(new OneShotBody());
    headers.forEach(request::header);
    return request.build();
  }

  @Override
  public String toString() {
    return "POST " + Endpoints.withoutQuery(uri);
  }

  /**
   * A body that says it can be sent once only: otherwise OkHttp sends it again of its own accord
   * where an answer asks for that, such as 503 with {@code Retry-After: 0}.
   */
  private final class OneShotBody extends RequestBody {
    @Override
    public MediaType contentType() {
      return MediaType.get(mediaType);
    }

    @Override
    public long contentLength() {
      return body.length;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.write(body);
    }
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
     * the answer. Null: does nothing.
     */
    public Builder header(String name, @Nullable Secret secret) {
      return secret(name, "", secret);
    }

    /** Sets {@code Authorization: Bearer …}. Null: does nothing. */
    public Builder bearer(@Nullable Secret token) {
      return secret("Authorization", "Bearer ", token);
    }

    private Builder secret(String name, String scheme, @Nullable Secret secret) {
      if (secret != null) {
        secrets.add(secret.reveal());
        header(name, scheme + secret.reveal());
      }
      return this;
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
