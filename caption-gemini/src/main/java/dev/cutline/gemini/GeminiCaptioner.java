package dev.cutline.gemini;

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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Captions by Google Gemini: {@code POST /v1beta/models/MODEL:generateContent} with one picture.
 * One attempt a call. Thread-safe.
 *
 * <pre>{@code
 * Captioner captioner =
 *     GeminiCaptioner.builder("gemini-3.5-flash-lite", Secret.of(key)).build();
 * }</pre>
 */
public final class GeminiCaptioner extends HttpCaptioner {
  private static final URI USUAL_ENDPOINT = URI.create("https://generativelanguage.googleapis.com");

  private final URI target;
  private final GenerateOptions options;

  private GeminiCaptioner(Builder builder, URI target, GenerateOptions options, Capabilities can) {
    super(builder, "Gemini", options.strategy(), can);
    this.target = target;
    this.options = options;
  }

  /**
   * Starts with Google itself.
   *
   * @param model as Google calls it, for example {@code gemini-3.5-flash-lite}
   * @throws IllegalArgumentException if it is blank
   */
  public static Builder builder(String model, Secret apiKey) {
    return new Builder(model).apiKey(Objects.requireNonNull(apiKey, "apiKey"));
  }

  @Override
  protected CaptionReply caption(CaptionRequest request, @Nullable Secret apiKey) {
    HttpPost post =
        HttpPost.to(target)
            .header("x-goog-api-key", apiKey)
            .json(GenerateMapper.request(request, options));
    return ask(
        post,
        request,
        reply -> GenerateMapper.reply(GeminiErrors.body(reply), request, options.model()));
  }

  /** How many tokens a picture is turned into. */
  public enum MediaResolution {
    LOW,
    MEDIUM,
    HIGH
  }

  /**
   * Builds a {@link GeminiCaptioner}. The endpoint is with or without {@code /v1beta}, {@code
   * https://generativelanguage.googleapis.com} unless set. Not safe for several threads.
   */
  public static final class Builder extends HttpCaptioner.Builder<Builder> {
    private int maxTokens = GenerateOptions.MAX_TOKENS;
    private boolean jsonSchema = true;
    private @Nullable String thinkingLevel;
    private @Nullable Integer thinkingBudget;
    private @Nullable MediaResolution mediaResolution;

    private Builder(String model) {
      super(model, USUAL_ENDPOINT);
    }

    @Override
    protected Builder self() {
      return this;
    }

    /** Sets the most tokens of an answer, thoughts included; 4000 unless set. */
    public Builder maxTokens(int maxTokens) {
      this.maxTokens = positive(maxTokens, "maxTokens");
      return this;
    }

    /**
     * Sets whether the schema of the answer is sent; it is unless set. Models without a JSON mode
     * refuse it; then the prompt alone asks for JSON.
     */
    public Builder jsonSchema(boolean jsonSchema) {
      this.jsonSchema = jsonSchema;
      return this;
    }

    /**
     * Sets how much a model of generation 3 thinks first, for example {@code minimal}; null, and
     * unless set: not sent, its habit decides.
     */
    public Builder thinkingLevel(@Nullable String thinkingLevel) {
      this.thinkingLevel = thinkingLevel;
      return this;
    }

    /**
     * Sets the most tokens that a model of generation 2.5 thinks first: 0 for none, -1 for as many
     * as it finds right; null, and unless set: not sent, its habit decides.
     *
     * @throws IllegalArgumentException if it is below -1
     */
    public Builder thinkingBudget(@Nullable Integer thinkingBudget) {
      if (thinkingBudget != null && thinkingBudget < -1) {
        throw new IllegalArgumentException("thinkingBudget is at least -1, not " + thinkingBudget);
      }
      this.thinkingBudget = thinkingBudget;
      return this;
    }

    /** Sets how finely a picture is looked at; null, and unless set: not sent. */
    public Builder mediaResolution(@Nullable MediaResolution mediaResolution) {
      this.mediaResolution = mediaResolution;
      return this;
    }

    /**
     * Returns the captioner.
     *
     * @throws IllegalStateException if both a level and a budget of thinking are set: Google takes
     *     one of them
     */
    @Override
    public Captioner build() {
      if (thinkingLevel != null && thinkingBudget != null) {
        throw new IllegalStateException("either thinkingLevel or thinkingBudget, not both");
      }
      return new GeminiCaptioner(
          this,
          Endpoints.below(
              endpoint(), "v1beta", "models/" + Endpoints.segment(model()) + ":generateContent"),
          new GenerateOptions(
              model(), maxTokens, jsonSchema, thinkingLevel, thinkingBudget, mediaResolution),
          // 10 MiB are 14 MB of base64; a request may have 20 MB (ai.google.dev, 2025).
          capabilities()
              .formats(EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP))
              .build());
    }
  }
}
