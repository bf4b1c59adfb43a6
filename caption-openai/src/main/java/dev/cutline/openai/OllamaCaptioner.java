package dev.cutline.openai;

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
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Captions by Ollama's own API: {@code POST /api/chat} with one picture. One attempt a call.
 * Thread-safe. A model that is not in memory is loaded first, which can take minutes: give the
 * first call time.
 */
public final class OllamaCaptioner implements Captioner {
  private static final URI USUAL_ENDPOINT = URI.create("http://localhost:11434");

  /** The most bytes of a picture: no more than caption-core takes in. Ollama names no limit. */
  private static final long MAX_BYTES = 10L * 1024 * 1024;

  private final URI endpoint;
  private final URI target;
  private final @Nullable Secret apiKey;
  private final OllamaOptions options;
  private final JsonHttp http;
  private final boolean ownsHttp;
  private final Capabilities capabilities;

  private OllamaCaptioner(Builder builder) {
    this.endpoint = builder.endpoint;
    this.target = Endpoints.below(builder.endpoint, "api/chat");
    this.apiKey = builder.apiKey;
    this.options = builder.options();
    this.ownsHttp = builder.http == null;
    this.http = builder.http == null ? JsonHttp.create() : builder.http;
    this.capabilities =
        Capabilities.builder()
            .formats(EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG))
            .maxBytes(MAX_BYTES)
            .maxLongEdge(builder.maxLongEdge)
            .local(Endpoints.isLoopback(endpoint) && !options.leavesTheMachine())
            .build();
  }

  /**
   * Starts with Ollama on this machine.
   *
   * @param model as Ollama calls it, for example {@code gemma4}
   * @throws IllegalArgumentException if it is blank
   */
  public static Builder builder(String model) {
    return new Builder(model);
  }

  @Override
  public CaptionReply caption(CaptionRequest request) {
    HttpPost.Builder post = HttpPost.to(target);
    if (apiKey != null) {
      post.bearer(apiKey);
    }
    HttpReply reply = http.post(post.json(OllamaMapper.request(request, options)), request);
    return OllamaMapper.reply(OllamaErrors.body(reply), request, options.model()).toBuilder()
        .elapsed(reply.elapsed())
        .build();
  }

  /**
   * Returns what it takes; local if Ollama is on this machine and the model not one of its cloud's.
   */
  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public String fingerprint() {
    return "ollama|%s|%s|prompt %s|%s"
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
    return options.model() + " of Ollama at " + Endpoints.withoutQuery(endpoint);
  }

  /** Builds an {@link OllamaCaptioner}. Not safe for several threads. */
  public static final class Builder {
    private final String model;
    private URI endpoint = USUAL_ENDPOINT;
    private @Nullable Secret apiKey;
    private int maxTokens = 400;
    private @Nullable Integer contextTokens;
    private @Nullable Duration keepAlive;
    private @Nullable Boolean think;
    private boolean jsonSchema = true;
    private @Nullable BigDecimal temperature;
    private int maxLongEdge = 1568;
    private @Nullable JsonHttp http;

    private Builder(String model) {
      if (model.isBlank()) {
        throw new IllegalArgumentException("the model is blank");
      }
      this.model = model;
    }

    /** Sets the base address, without {@code /api}; {@code http://localhost:11434} unless set. */
    public Builder endpoint(URI endpoint) {
      this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    /** Sets a key, for a proxy or Ollama's cloud; none is sent unless set. */
    public Builder apiKey(@Nullable Secret apiKey) {
      this.apiKey = apiKey;
      return this;
    }

    /** Sets the most tokens of an answer; 400 unless set. */
    public Builder maxTokens(int maxTokens) {
      this.maxTokens = positive(maxTokens, "maxTokens");
      return this;
    }

    /** Sets the size of the window that the model is loaded with; Ollama decides unless set. */
    public Builder contextTokens(@Nullable Integer contextTokens) {
      this.contextTokens = contextTokens == null ? null : positive(contextTokens, "contextTokens");
      return this;
    }

    /**
     * Sets how long the model stays in memory after a call, in whole seconds; Ollama decides unless
     * set.
     */
    public Builder keepAlive(@Nullable Duration keepAlive) {
      this.keepAlive = keepAlive;
      return this;
    }

    /** Sets whether a model that can think first does; not sent unless set: others refuse it. */
    public Builder think(@Nullable Boolean think) {
      this.think = think;
      return this;
    }

    /**
     * Sets whether the schema of the answer is sent; it is unless set. Ollama's cloud models do not
     * heed it.
     */
    public Builder jsonSchema(boolean jsonSchema) {
      this.jsonSchema = jsonSchema;
      return this;
    }

    /** Sets the temperature, 0 to 2; the model decides unless set. */
    public Builder temperature(@Nullable BigDecimal temperature) {
      this.temperature = temperature;
      return this;
    }

    /** Sets the longest side of pictures in pixels; 1568 unless set. */
    public Builder maxLongEdge(int pixels) {
      this.maxLongEdge = positive(pixels, "maxLongEdge");
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

    public OllamaCaptioner build() {
      return new OllamaCaptioner(this);
    }

    private OllamaOptions options() {
      return new OllamaOptions(
          model, maxTokens, contextTokens, keepAlive, think, jsonSchema, temperature);
    }

    private static int positive(int value, String what) {
      if (value < 1) {
        throw new IllegalArgumentException(what + " is at least 1, not " + value);
      }
      return value;
    }
  }
}
