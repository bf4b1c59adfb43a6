package dev.cutline.anthropic;

import dev.cutline.Capabilities;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Captioner;
import dev.cutline.ImageFormat;
import dev.cutline.Secret;
import dev.cutline.http.Endpoints;
import dev.cutline.http.HttpCaptioner;
import dev.cutline.http.HttpPost;
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
public final class AnthropicCaptioner extends HttpCaptioner {
  /** The longest side that is taken (platform.claude.com, November 2026). */
  static final int MAX_LONG_EDGE = 8_000;

  /** 5,242,880 bytes of base64, which is what the server counts. */
  private static final long MAX_BYTES = 3_932_160;

  private static final URI USUAL_ENDPOINT = URI.create("https://api.anthropic.com");
  private static final String API_VERSION = "2023-06-01";

  private final URI target;
  private final MessagesOptions options;

  private AnthropicCaptioner(
      Builder builder, URI target, MessagesOptions options, Capabilities capabilities) {
    super(builder, "Anthropic", options.strategy(), capabilities);
    this.target = target;
    this.options = options;
  }

  /**
   * Starts with Anthropic itself.
   *
   * @param model as Anthropic calls it, for example {@code claude-haiku-5-5}
   * @throws IllegalArgumentException if it is blank
   */
  public static Builder builder(String model, Secret apiKey) {
    return new Builder(model).apiKey(Objects.requireNonNull(apiKey, "apiKey"));
  }

  @Override
  protected CaptionReply caption(CaptionRequest request, @Nullable Secret apiKey) {
    HttpPost post =
        HttpPost.to(target)
            .header("x-api-key", apiKey)
            .header("anthropic-version", API_VERSION)
            .json(MessagesMapper.request(request, options));
    return ask(
        post,
        request,
        reply -> MessagesMapper.reply(AnthropicErrors.TABLE.body(reply), request, options.model()));
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

  /**
   * Builds an {@link AnthropicCaptioner}. The endpoint is with or without {@code /v1}, {@code
   * https://api.anthropic.com} unless set. Not safe for several threads.
   */
  public static final class Builder extends HttpCaptioner.Builder<Builder> {
    private int maxTokens = MessagesOptions.MAX_TOKENS;
    private boolean jsonSchema = true;
    private @Nullable String effort;
    private @Nullable Thinking thinking;

    private Builder(String model) {
      super(model, USUAL_ENDPOINT);
    }

    @Override
    protected Builder self() {
      return this;
    }

    /** Sets the longest side of pictures in pixels, at most 8000; 1568 unless set. */
    @Override
    public Builder maxLongEdge(int pixels) {
      if (pixels > MAX_LONG_EDGE) {
        throw new IllegalArgumentException("maxLongEdge is at most 8000, not " + pixels);
      }
      return super.maxLongEdge(pixels);
    }

    /** Sets the most tokens of an answer, thoughts included; 2000 unless set. */
    public Builder maxTokens(int maxTokens) {
      this.maxTokens = positive(maxTokens, "maxTokens");
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

    @Override
    public Captioner build() {
      return new AnthropicCaptioner(
          this,
          Endpoints.below(endpoint(), "v1", "messages"),
          new MessagesOptions(model(), maxTokens, jsonSchema, effort, thinking),
          capabilities().formats(EnumSet.allOf(ImageFormat.class)).maxBytes(MAX_BYTES).build());
    }
  }
}
