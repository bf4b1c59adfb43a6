package dev.cutline.openai;

import dev.cutline.Capabilities;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Captioner;
import dev.cutline.Secret;
import dev.cutline.http.ChatSender;
import dev.cutline.http.Endpoints;
import dev.cutline.http.HttpPost;
import dev.cutline.http.JsonHttp;
import dev.cutline.openai.Dialect.KeyHeader;
import dev.cutline.prompt.CaptionPrompt;
import dev.cutline.prompt.chat.ChatAdaptation;
import dev.cutline.prompt.chat.ChatAdaptation.Feature;
import dev.cutline.prompt.chat.ChatOptions;
import dev.cutline.prompt.chat.ChatOptions.MaxTokensField;
import java.math.BigDecimal;
import java.net.URI;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Captions by OpenAI, or by a server that speaks like it: {@code POST …/chat/completions} with one
 * picture. One attempt a call. Thread-safe.
 *
 * <pre>{@code
 * Captioner captioner = OpenAiCaptioner.builder("gpt-6-luna").apiKey(Secret.of(key)).build();
 * }</pre>
 *
 * <p>A server that refuses the schema or the reasoning effort that were sent unasked is remembered:
 * that call fails with {@link dev.cutline.Reason#INTERNAL}, which is worth one more try, and later
 * ones go without. What was set on purpose is never left out.
 */
public final class OpenAiCaptioner implements Captioner {
  /**
   * The most bytes of a picture: no more than caption-core takes in. The limits that the hosted
   * services name lie above it, as of November 2026, and change with the model.
   */
  private static final long MAX_BYTES = 10L * 1024 * 1024;

  private final Dialect dialect;
  private final URI endpoint;
  private final URI target;
  private final @Nullable Secret apiKey;
  private final KeyHeader keyHeader;
  private final ChatOptions options;
  private final ChatSender sender;
  private final JsonHttp http;
  private final boolean ownsHttp;
  private final Capabilities capabilities;

  private OpenAiCaptioner(Builder builder) {
    this.dialect = builder.dialect;
    this.endpoint = builder.endpoint();
    this.target = builder.target();
    this.apiKey = builder.apiKey;
    this.keyHeader = builder.keyHeader == null ? dialect.keyHeader() : builder.keyHeader;
    this.options = builder.options();
    this.ownsHttp = builder.http == null;
    this.http = builder.http == null ? JsonHttp.create() : builder.http;
    ChatAdaptation adaptation = new ChatAdaptation(options, builder.adaptable());
    this.sender = new ChatSender(http, OpenAiErrors.table(dialect), adaptation);
    this.capabilities =
        Capabilities.builder()
            .formats(dialect.formats())
            .maxBytes(MAX_BYTES)
            .maxLongEdge(builder.maxLongEdge)
            .local(dialect.runsWhereItIsReached() && Endpoints.isLoopback(endpoint))
            .build();
  }

  /**
   * Starts with OpenAI itself.
   *
   * @param model as the server calls it, for example {@code gpt-6-luna}; for Azure the name of the
   *     deployment
   * @throws IllegalArgumentException if it is blank
   */
  public static Builder builder(String model) {
    return new Builder(model);
  }

  @Override
  public CaptionReply caption(CaptionRequest request) {
    HttpPost.Builder post = HttpPost.to(target);
    if (apiKey != null) {
      if (keyHeader == KeyHeader.API_KEY) {
        post.header("api-key", apiKey);
      } else {
        post.bearer(apiKey);
      }
    }
    return sender.caption(post, request);
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public String fingerprint() {
    return "openai|%s|%s|%s|prompt %s|%s"
        .formatted(
            dialect,
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
    return options.model() + " of " + dialect.vendor() + " at " + Endpoints.withoutQuery(endpoint);
  }

  /** Builds an {@link OpenAiCaptioner}. Not safe for several threads. */
  public static final class Builder {
    private final String model;
    private Dialect dialect = Dialect.OPENAI;
    private @Nullable URI endpoint;
    private @Nullable Secret apiKey;
    private @Nullable KeyHeader keyHeader;
    private @Nullable String apiVersion;
    private @Nullable Integer maxTokens;
    private @Nullable MaxTokensField maxTokensField;
    private @Nullable Boolean jsonSchema;
    private @Nullable String detail;
    private @Nullable BigDecimal temperature;
    private boolean reasoningEffortStated;
    private @Nullable String reasoningEffort;
    private int maxLongEdge = 1568;
    private @Nullable JsonHttp http;

    private Builder(String model) {
      if (model.isBlank()) {
        throw new IllegalArgumentException("the model is blank");
      }
      this.model = model;
    }

    /** Sets whose server it is; OpenAI unless set. It decides every default below. */
    public Builder dialect(Dialect dialect) {
      this.dialect = Objects.requireNonNull(dialect, "dialect");
      return this;
    }

    /**
     * Sets the base address, with {@code /v1} where the server has it; for Azure that of the
     * resource.
     */
    public Builder endpoint(URI endpoint) {
      this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    /** Sets the key; none is sent unless set. */
    public Builder apiKey(@Nullable Secret apiKey) {
      this.apiKey = apiKey;
      return this;
    }

    /**
     * Sets where the key stands; {@code api-key} for Azure, {@code Authorization} for the others
     * unless set.
     */
    public Builder keyHeader(KeyHeader keyHeader) {
      this.keyHeader = Objects.requireNonNull(keyHeader, "keyHeader");
      return this;
    }

    /**
     * Sets the version of Azure's API, for example {@code 2024-10-21}, and with it the older paths
     * by deployment; without it the path is {@code /openai/v1}.
     */
    public Builder apiVersion(@Nullable String apiVersion) {
      this.apiVersion = apiVersion;
      return this;
    }

    /**
     * Sets the most tokens of an answer, hidden reasoning included; 1000 for hosted services, else
     * 400 unless set.
     */
    public Builder maxTokens(int maxTokens) {
      if (maxTokens < 1) {
        throw new IllegalArgumentException("maxTokens is at least 1, not " + maxTokens);
      }
      this.maxTokens = maxTokens;
      return this;
    }

    /**
     * Sets the name of that field; {@code max_completion_tokens} for OpenAI and Azure, else {@code
     * max_tokens}.
     */
    public Builder maxTokensField(MaxTokensField field) {
      this.maxTokensField = Objects.requireNonNull(field, "field");
      return this;
    }

    /**
     * Sets whether the schema of the answer is sent; unless set it is, until the server refuses it.
     */
    public Builder jsonSchema(boolean jsonSchema) {
      this.jsonSchema = jsonSchema;
      return this;
    }

    /**
     * Sets how closely the model looks: {@code auto}, {@code low}, {@code high}; not sent unless
     * set.
     */
    public Builder detail(@Nullable String detail) {
      this.detail = detail;
      return this;
    }

    /** Sets the temperature, 0 to 2; not sent unless set, because reasoning models refuse any. */
    public Builder temperature(@Nullable BigDecimal temperature) {
      this.temperature = temperature;
      return this;
    }

    /**
     * Sets how much the model thinks first; null: not sent. {@code none} for OpenAI, else not sent
     * unless set.
     */
    public Builder reasoningEffort(@Nullable String reasoningEffort) {
      this.reasoningEffortStated = true;
      this.reasoningEffort = reasoningEffort;
      return this;
    }

    /** Sets the longest side of pictures in pixels; 1568 unless set. */
    public Builder maxLongEdge(int pixels) {
      if (pixels < 1) {
        throw new IllegalArgumentException("maxLongEdge is at least 1, not " + pixels);
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

    /**
     * Returns the captioner.
     *
     * @throws IllegalStateException if the dialect has no usual endpoint and none is set
     */
    public OpenAiCaptioner build() {
      return new OpenAiCaptioner(this);
    }

    private URI endpoint() {
      if (endpoint != null) {
        return endpoint;
      }
      return dialect
          .endpoint()
          .orElseThrow(() -> new IllegalStateException(dialect + " needs an endpoint"));
    }

    private URI target() {
      URI base = endpoint();
      if (dialect != Dialect.AZURE) {
        return Endpoints.below(base, "chat/completions");
      }
      if (apiVersion != null) {
        String path = "openai/deployments/" + Endpoints.segment(model) + "/chat/completions";
        return URI.create(
            Endpoints.below(Endpoints.withoutQuery(base), path)
                + "?api-version="
                + Endpoints.segment(apiVersion));
      }
      boolean versioned =
          base.getPath() != null && base.getPath().replaceFirst("/+$", "").endsWith("/v1");
      return Endpoints.below(base, versioned ? "chat/completions" : "openai/v1/chat/completions");
    }

    private ChatOptions options() {
      String effort =
          reasoningEffortStated ? reasoningEffort : dialect.reasoningEffort().orElse(null);
      return ChatOptions.builder(model)
          .maxTokens(maxTokens == null ? dialect.maxTokens() : maxTokens)
          .maxTokensField(maxTokensField == null ? dialect.maxTokensField() : maxTokensField)
          .jsonSchema(jsonSchema == null || jsonSchema)
          .detail(detail)
          .temperature(temperature)
          .reasoningEffort(effort)
          .build();
    }

    /** Whatever was not asked for may be left out again. */
    private Set<Feature> adaptable() {
      Set<Feature> features = EnumSet.noneOf(Feature.class);
      if (jsonSchema == null) {
        features.add(Feature.JSON_SCHEMA);
      }
      if (!reasoningEffortStated) {
        features.add(Feature.REASONING_EFFORT);
      }
      return features;
    }
  }
}
