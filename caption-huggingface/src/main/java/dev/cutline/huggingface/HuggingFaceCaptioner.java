package dev.cutline.huggingface;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.Reason;
import dev.cutline.Secret;
import dev.cutline.http.ChatSender;
import dev.cutline.http.Endpoints;
import dev.cutline.http.HttpCaptioner;
import dev.cutline.http.HttpPost;
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
public final class HuggingFaceCaptioner extends HttpCaptioner {
  /** Models of the task image-to-text look at 224 to 384 pixels; more is only sent. */
  static final int LONG_EDGE_OF_TASKS = 512;

  private static final URI ROUTER = URI.create("https://router.huggingface.co/v1");

  private final String model;
  private final URI target;
  private final @Nullable String billTo;
  private final Duration scaleUpTimeout;
  private final @Nullable ChatSender chat;

  /** A captioner that sends image bytes where the builder has no options of a chat. */
  private HuggingFaceCaptioner(
      Builder builder, String model, URI endpoint, Capabilities capabilities) {
    super(
        builder,
        "Hugging Face",
        builder.options == null ? "image-bytes" : builder.options.strategy(),
        capabilities);
    this.model = model;
    this.billTo = builder.billTo;
    this.scaleUpTimeout = builder.scaleUpTimeout;
    if (builder.options == null) {
      this.target = endpoint;
      this.chat = null;
    } else {
      // Hugging Face shows the addresses of dedicated endpoints without the version.
      this.target = Endpoints.below(endpoint, "v1", "chat/completions");
      this.chat = new ChatSender(http(), HuggingFaceErrors.TABLE, builder.options);
    }
  }

  /**
   * Starts with a model that chats, on the router.
   *
   * @param model as the Hub calls it, for example {@code google/gemma-4-31B-it}; what follows a
   *     colon names the provider behind the router
   * @throws IllegalArgumentException if it is blank
   */
  public static Builder chat(String model, Secret apiKey) {
    return chat(usualOptions(model), apiKey);
  }

  /**
   * Starts with a model that chats, on the router.
   *
   * @throws IllegalArgumentException if the model is blank
   */
  public static Builder chat(ChatOptions options, Secret apiKey) {
    return new Builder(options.model(), ROUTER, options)
        .apiKey(Objects.requireNonNull(apiKey, "apiKey"));
  }

  /**
   * Starts with a model of the task image-to-text that takes the bytes of a picture at {@code
   * endpoint}. Replies name the host as model, because such a server names none.
   */
  public static Builder imageBytes(URI endpoint, Secret apiKey) {
    return imageBytes(endpoint.getHost(), endpoint, apiKey);
  }

  /**
   * Starts with a model of the task image-to-text that takes the bytes of a picture at {@code
   * endpoint}.
   *
   * @param model what replies name, because such a server names none
   * @throws IllegalArgumentException if it is blank
   */
  public static Builder imageBytes(String model, URI endpoint, Secret apiKey) {
    return new Builder(model, endpoint, null)
        .apiKey(Objects.requireNonNull(apiKey, "apiKey"))
        .maxLongEdge(LONG_EDGE_OF_TASKS);
  }

  /** A caption takes a hundred tokens; the rest is for models that think first. */
  static ChatOptions usualOptions(String model) {
    return ChatOptions.builder(model).maxTokens(1_000).build();
  }

  /**
   * {@inheritDoc}
   *
   * <p>From image bytes only {@link CaptionStyle#CONCISE} is written, and only in English.
   */
  @Override
  protected CaptionReply caption(CaptionRequest request, @Nullable Secret apiKey) {
    HttpPost.Builder post = HttpPost.to(target).bearer(apiKey);
    if (billTo != null) {
      post.header("X-HF-Bill-To", billTo);
    }
    if (!scaleUpTimeout.isZero()) {
      post.header("X-Scale-Up-Timeout", Long.toString(Math.max(1, scaleUpTimeout.toSeconds())));
    }
    if (chat != null) {
      return chat.caption(post, request);
    }
    checkWritable(request);
    return ask(
        post.image(request.image()),
        request,
        reply -> TaskMapper.reply(HuggingFaceErrors.TABLE.body(reply), model));
  }

  /** It would cost a call to get a sentence that nobody asked for. */
  private void checkWritable(CaptionRequest request) {
    if (!request.styles().contains(CaptionStyle.CONCISE)
        || !capabilities().speaks(request.language())) {
      throw new CaptionException(
          Reason.MISCONFIGURED, model + " writes concise captions in English only");
    }
  }

  /**
   * Builds a {@link HuggingFaceCaptioner}. The endpoint is the address of a dedicated one; for chat
   * with or without {@code /v1}, the router unless set. The longest side of pictures is 1568
   * pixels, for image bytes 512, unless set. Not safe for several threads.
   */
  public static final class Builder extends HttpCaptioner.Builder<Builder> {
    private final @Nullable ChatOptions options;
    private @Nullable String billTo;
    private Duration scaleUpTimeout = Duration.ZERO;

    private Builder(String model, URI endpoint, @Nullable ChatOptions options) {
      super(model, endpoint);
      this.options = options;
    }

    @Override
    protected Builder self() {
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

    @Override
    public Captioner build() {
      Capabilities.Builder capabilities = capabilities();
      if (options == null) {
        capabilities.styles(EnumSet.of(CaptionStyle.CONCISE)).languages(Set.of("en"));
      }
      return new HuggingFaceCaptioner(this, model(), endpoint(), capabilities.build());
    }
  }
}
