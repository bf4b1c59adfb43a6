package dev.cutline.huggingface;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import dev.cutline.Secret;
import dev.cutline.http.ChatSender;
import dev.cutline.http.Endpoints;
import dev.cutline.http.HttpPost;
import dev.cutline.http.HttpReply;
import dev.cutline.http.JsonHttp;
import dev.cutline.prompt.CaptionPrompt;
import dev.cutline.prompt.chat.ChatAdaptation;
import dev.cutline.prompt.chat.ChatAdaptation.Feature;
import dev.cutline.prompt.chat.ChatOptions;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Captions by Hugging Face. One attempt a call. Thread-safe.
 *
 * <pre>{@code
 * Captioner router = HuggingFaceCaptioner.chat("google/gemma-4-31B-it", token).build();
 * Captioner blip = HuggingFaceCaptioner.imageBytes(endpoint, token).build();
 * }</pre>
 *
 * <p>A model that chats writes every style. One of the task image-to-text (BLIP, ViT-GPT2, GIT)
 * writes one plain sentence in English: {@link CaptionStyle#CONCISE} and nothing else.
 */
public final class HuggingFaceCaptioner implements Captioner {
  /** A caption takes a hundred; the rest is for models that think first. */
  static final int MAX_TOKENS = 1_000;

  private static final URI ROUTER = URI.create("https://router.huggingface.co/v1");

  /** Far above what a picture of 1568 pixels needs; Hugging Face names no limit. */
  private static final long MAX_BYTES = 10L * 1024 * 1024;

  private final Payload payload;
  private final URI endpoint;
  private final URI target;
  private final Secret apiKey;
  private final String model;
  private final ChatOptions options;
  private final @Nullable String billTo;
  private final Duration scaleUpTimeout;
  private final ChatSender sender;
  private final JsonHttp http;
  private final boolean ownsHttp;
  private final Capabilities capabilities;

  private HuggingFaceCaptioner(Builder builder) {
    this.payload = builder.payload;
    this.endpoint = builder.endpoint;
    this.target = payload == Payload.CHAT ? chatOf(endpoint) : endpoint;
    this.apiKey = builder.apiKey;
    this.model = builder.model;
    this.options = builder.options();
    this.billTo = builder.billTo;
    this.scaleUpTimeout = builder.scaleUpTimeout;
    this.ownsHttp = builder.http == null;
    this.http = builder.http == null ? JsonHttp.create() : builder.http;
    Set<Feature> adaptable =
        builder.jsonSchema == null ? EnumSet.of(Feature.JSON_SCHEMA) : Set.of();
    ChatAdaptation adaptation = new ChatAdaptation(options, adaptable);
    this.sender = new ChatSender(http, HuggingFaceErrors.TABLE, adaptation);
    this.capabilities = builder.capabilities();
  }

  /**
   * Starts with a model that chats, on the router.
   *
   * @param model as the Hub calls it, for example {@code google/gemma-4-31B-it}; what follows a
   *     colon names the provider behind the router
   * @throws IllegalArgumentException if it is blank
   */
  public static Builder chat(String model, Secret apiKey) {
    return new Builder(Payload.CHAT, ROUTER, apiKey).model(model);
  }

  /**
   * Starts with a model of the task image-to-text that takes the bytes of a picture at {@code
   * endpoint}. Replies name the host as model unless {@link Builder#model} is set, because such a
   * server names none.
   */
  public static Builder imageBytes(URI endpoint, Secret apiKey) {
    return new Builder(Payload.IMAGE_BYTES, endpoint, apiKey).model(endpoint.getHost());
  }

  /**
   * {@inheritDoc}
   *
   * <p>With {@link Payload#IMAGE_BYTES} only {@link CaptionStyle#CONCISE} is answered, and only in
   * English.
   */
  @Override
  public CaptionReply caption(CaptionRequest request) {
    HttpPost.Builder post = HttpPost.to(target).bearer(apiKey);
    if (billTo != null) {
      post.header("X-HF-Bill-To", billTo);
    }
    if (!scaleUpTimeout.isZero()) {
      post.header("X-Scale-Up-Timeout", Long.toString(Math.max(1, scaleUpTimeout.toSeconds())));
    }
    if (payload == Payload.CHAT) {
      return sender.caption(post, request);
    }
    checkWritable(request);
    HttpReply reply = http.post(post.image(request.image()), request);
    return TaskMapper.reply(HuggingFaceErrors.TABLE.body(reply), model).toBuilder()
        .elapsed(reply.elapsed())
        .build();
  }

  /** It would cost a call to get a sentence that nobody asked for. */
  private void checkWritable(CaptionRequest request) {
    if (!request.styles().contains(CaptionStyle.CONCISE)
        || !capabilities.speaks(request.language())) {
      throw new CaptionException(
          Reason.MISCONFIGURED, model + " writes concise captions in English only");
    }
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public String fingerprint() {
    String place = "huggingface|" + Endpoints.withoutQuery(endpoint) + "|" + model + "|";
    return payload == Payload.CHAT
        ? place + "prompt " + CaptionPrompt.VERSION + "|" + options.strategy()
        : place + "image-bytes";
  }

  @Override
  public void close() {
    if (ownsHttp) {
      http.close();
    }
  }

  @Override
  public String toString() {
    return model + " of Hugging Face at " + Endpoints.withoutQuery(endpoint);
  }

  /** Hugging Face shows the addresses of dedicated endpoints without the version. */
  private static URI chatOf(URI endpoint) {
    boolean versioned = Endpoints.withoutQuery(endpoint).getPath().matches(".*/v1/*");
    return Endpoints.below(endpoint, versioned ? "chat/completions" : "v1/chat/completions");
  }

  /** What a server is sent. */
  public enum Payload {
    /** Chat completions: the router, and dedicated endpoints that run vLLM, SGLang or TGI. */
    CHAT(1568),
    /** The bytes of the picture: dedicated endpoints of the task image-to-text. */
    IMAGE_BYTES(512);

    private final int usualLongEdge;

    Payload(int usualLongEdge) {
      this.usualLongEdge = usualLongEdge;
    }

    /** Models of the task image-to-text look at 224 to 384 pixels; more is only sent. */
    int usualLongEdge() {
      return usualLongEdge;
    }
  }

  /** Builds a {@link HuggingFaceCaptioner}. Not safe for several threads. */
  public static final class Builder {
    private final Payload payload;
    private final Secret apiKey;
    private URI endpoint;
    private String model = "";
    private int maxTokens = MAX_TOKENS;
    private @Nullable Boolean jsonSchema;
    private @Nullable String billTo;
    private Duration scaleUpTimeout = Duration.ZERO;
    private int maxLongEdge;
    private @Nullable JsonHttp http;

    private Builder(Payload payload, URI endpoint, Secret apiKey) {
      this.payload = payload;
      this.endpoint = endpoint;
      this.apiKey = Objects.requireNonNull(apiKey, "apiKey");
      this.maxLongEdge = payload.usualLongEdge();
    }

    /**
     * Sets the model.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public Builder model(String model) {
      if (model.isBlank()) {
        throw new IllegalArgumentException("the model is blank");
      }
      this.model = model;
      return this;
    }

    /** Sets the address of a dedicated endpoint; for chat with or without {@code /v1}. */
    public Builder endpoint(URI endpoint) {
      this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    /** Sets the most tokens of an answer, hidden reasoning included; 1000 unless set. */
    public Builder maxTokens(int maxTokens) {
      if (maxTokens < 1) {
        throw new IllegalArgumentException("maxTokens is at least 1, not " + maxTokens);
      }
      this.maxTokens = maxTokens;
      return this;
    }

    /**
     * Sets whether the schema of the answer is sent; unless set it is, until the server refuses it.
     */
    public Builder jsonSchema(boolean jsonSchema) {
      this.jsonSchema = jsonSchema;
      return this;
    }

    /** Sets the organisation that pays; null, and unless set: whoever owns the key. */
    public Builder billTo(@Nullable String organisation) {
      this.billTo = organisation;
      return this;
    }

    /**
     * Sets how long an endpoint that was scaled to zero may hold a request while it starts, in
     * whole seconds; zero, and unless set: it answers at once that it is {@link
     * Reason#UNAVAILABLE}.
     */
    public Builder scaleUpTimeout(Duration timeout) {
      if (timeout.isNegative()) {
        throw new IllegalArgumentException("scaleUpTimeout is not negative: " + timeout);
      }
      this.scaleUpTimeout = timeout;
      return this;
    }

    /** Sets the longest side of pictures in pixels; 1568, for image bytes 512, unless set. */
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

    public HuggingFaceCaptioner build() {
      return new HuggingFaceCaptioner(this);
    }

    private ChatOptions options() {
      return ChatOptions.builder(model)
          .maxTokens(maxTokens)
          .jsonSchema(jsonSchema == null || jsonSchema)
          .build();
    }

    private Capabilities capabilities() {
      Capabilities.Builder capabilities =
          Capabilities.builder()
              .formats(EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG))
              .maxBytes(MAX_BYTES)
              .maxLongEdge(maxLongEdge);
      if (payload == Payload.IMAGE_BYTES) {
        capabilities.styles(EnumSet.of(CaptionStyle.CONCISE)).languages(Set.of("en"));
      }
      return capabilities.build();
    }
  }
}
