package dev.cutline.anthropic;

import dev.cutline.Capabilities;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Captioner;
import dev.cutline.ImageFormat;
import dev.cutline.Secret;
import dev.cutline.http.Endpoints;
import dev.cutline.http.HttpPost;
import dev.cutline.http.HttpReply;
import dev.cutline.http.JsonHttp;
import dev.cutline.prompt.CaptionPrompt;
import java.net.URI;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Captions by Anthropic: {@code POST /v1/messages} with one picture. One attempt a call.
 * Thread-safe.
 *
 * <pre>{@code
 * Captioner captioner =
 *     AnthropicCaptioner.builder("claude-haiku-5-5", Secret.of(key)).build();
 * }</pre>
 */
public final class AnthropicCaptioner implements Captioner {
  /**
   * Above what a picture costs at most on the usual models, tokens grow and nothing is seen more.
   */
  static final int USUAL_LONG_EDGE = 1568;

  /** The longest side that is taken (platform.claude.com, November 2026). */
  static final int MAX_LONG_EDGE = 8_000;

  /** A caption takes a hundred; the rest is for models that think first, as most do unasked. */
  static final int MAX_TOKENS = 2_000;

  /** 5,242,880 bytes of base64, which is what the server counts. */
  private static final long MAX_BYTES = 3_932_160;

  private static final URI USUAL_ENDPOINT = URI.create("https://api.anthropic.com");
  private static final String API_VERSION = "2023-06-01";

  private final URI endpoint;
  private final URI target;
  private final Secret apiKey;
  private final MessagesOptions options;
  private final JsonHttp http;
  private final boolean ownsHttp;
  private final Capabilities capabilities;

  private AnthropicCaptioner(Builder builder) {
    this.endpoint = builder.endpoint;
    this.target = target(builder.endpoint);
    this.apiKey = builder.apiKey;
    this.options = builder.options();
    this.ownsHttp = builder.http == null;
    this.http = builder.http == null ? JsonHttp.create() : builder.http;
    this.capabilities =
        Capabilities.builder()
            .formats(EnumSet.allOf(ImageFormat.class))
            .maxBytes(MAX_BYTES)
            .maxLongEdge(builder.maxLongEdge)
            .build();
  }

  /**
   * Starts with Anthropic itself.
   *
   * @param model as Anthropic calls it, for example {@code claude-haiku-5-5}
   * @throws IllegalArgumentException if it is blank
   */
  public static Builder builder(String model, Secret apiKey) {
    return new Builder(model, apiKey);
  }

  @Override
  public CaptionReply caption(CaptionRequest request) {
    HttpPost post =
        HttpPost.to(target)
            .header("x-api-key", apiKey)
            .header("anthropic-version", API_VERSION)
            .json(MessagesMapper.request(request, options));
    HttpReply reply = http.post(post, request);
    return MessagesMapper.reply(AnthropicErrors.TABLE.body(reply), request, options.model())
        .toBuilder()
        .elapsed(reply.elapsed())
        .build();
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public String fingerprint() {
    return "anthropic|%s|%s|prompt %s|%s"
        .formatted(
            Endpoints.withoutQuery(endpoint),
            options.model(),
            CaptionPrompt.VERSION,
            options.strategy());
  }

  @Override
  public void close() {
    if (ownsHttp) {
      http.close();
    }
  }

  @Override
  public String toString() {
    return options.model() + " of Anthropic at " + Endpoints.withoutQuery(endpoint);
  }

  /** With or without the version: other vendors' base addresses have it, Anthropic's has not. */
  private static URI target(URI endpoint) {
    boolean versioned = Endpoints.withoutQuery(endpoint).getPath().matches(".*/v1/*");
    return Endpoints.below(endpoint, versioned ? "messages" : "v1/messages");
  }

  /** Whether the model thinks before it answers. */
  public enum Thinking {
    /** As much as it finds right. */
    ADAPTIVE,
    /** Not at all; some models refuse that. */
    DISABLED;

    /** Returns the name in JSON. */
    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Builds an {@link AnthropicCaptioner}. Not safe for several threads. */
  public static final class Builder {
    private final String model;
    private final Secret apiKey;
    private URI endpoint = USUAL_ENDPOINT;
    private int maxTokens = MAX_TOKENS;
    private boolean jsonSchema = true;
    private @Nullable String effort;
    private @Nullable Thinking thinking;
    private int maxLongEdge = USUAL_LONG_EDGE;
    private @Nullable JsonHttp http;

    private Builder(String model, Secret apiKey) {
      if (model.isBlank()) {
        throw new IllegalArgumentException("the model is blank");
      }
      this.model = model;
      this.apiKey = Objects.requireNonNull(apiKey, "apiKey");
    }

    /** Sets the base address; {@code https://api.anthropic.com} unless set. */
    public Builder endpoint(URI endpoint) {
      this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    /** Sets the most tokens of an answer, thoughts included; 2000 unless set. */
    public Builder maxTokens(int maxTokens) {
      if (maxTokens < 1) {
        throw new IllegalArgumentException("maxTokens is at least 1, not " + maxTokens);
      }
      this.maxTokens = maxTokens;
      return this;
    }

    /**
     * Sets whether the schema of the answer is sent; it is unless set. Models before Claude 4.5
     * refuse it; then the prompt alone asks for JSON.
     */
    public Builder jsonSchema(boolean jsonSchema) {
      this.jsonSchema = jsonSchema;
      return this;
    }

    /**
     * Sets how much the model works at it, for example {@code low}; null, and unless set: not sent.
     */
    public Builder effort(@Nullable String effort) {
      this.effort = effort;
      return this;
    }

    /** Sets whether the model thinks first; null, and unless set: not sent, its habit decides. */
    public Builder thinking(@Nullable Thinking thinking) {
      this.thinking = thinking;
      return this;
    }

    /**
     * Sets the longest side of pictures in pixels, at most 8000; 1568 unless set, above which the
     * usual models see no more.
     */
    public Builder maxLongEdge(int pixels) {
      if (pixels < 1 || pixels > MAX_LONG_EDGE) {
        throw new IllegalArgumentException("maxLongEdge is 1 to 8000, not " + pixels);
      }
      this.maxLongEdge = pixels;
      return this;
    }

    /**
     * Sets the sender, which several captioners may share and which is not closed; an own one
     * unless set.
     */
    public Builder http(JsonHttp http) {
      this.http = Objects.requireNonNull(http, "http");
      return this;
    }

    public AnthropicCaptioner build() {
      return new AnthropicCaptioner(this);
    }

    private MessagesOptions options() {
      return new MessagesOptions(model, maxTokens, jsonSchema, effort, thinking);
    }
  }
}
