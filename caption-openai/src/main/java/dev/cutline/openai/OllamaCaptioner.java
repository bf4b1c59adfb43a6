package dev.cutline.openai;

import dev.cutline.Capabilities;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Captioner;
import dev.cutline.Secret;
import dev.cutline.http.Endpoints;
import dev.cutline.http.HttpCaptioner;
import dev.cutline.http.HttpPost;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Captions by Ollama's own API: {@code POST /api/chat} with one picture. One attempt a call.
 * Thread-safe. A model that is not in memory is loaded first, which can take minutes: give the
 * first call time.
 *
 * <p>It is local if Ollama is on this machine and the model not one of its cloud's.
 */
public final class OllamaCaptioner extends HttpCaptioner {
  private static final URI USUAL_ENDPOINT = URI.create("http://localhost:11434");

  private final URI target;
  private final OllamaOptions options;

  private OllamaCaptioner(
      Builder builder, URI target, OllamaOptions options, Capabilities capabilities) {
    super(builder, "Ollama", options.strategy(), capabilities);
    this.target = target;
    this.options = options;
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
  protected CaptionReply caption(CaptionRequest request, @Nullable Secret apiKey) {
    HttpPost post = HttpPost.to(target).bearer(apiKey).json(OllamaMapper.request(request, options));
    return ask(
        post,
        request,
        reply -> OllamaMapper.reply(OllamaErrors.body(reply), request, options.model()));
  }

  /**
   * Builds an {@link OllamaCaptioner}. The endpoint is without {@code /api}, {@code
   * http://localhost:11434} unless set; a key is for a proxy or Ollama's cloud. Not safe for
   * several threads.
   */
  public static final class Builder extends HttpCaptioner.Builder<Builder> {
    private int maxTokens = OllamaOptions.MAX_TOKENS;
    private @Nullable Integer contextTokens;
    private @Nullable Duration keepAlive;
    private @Nullable Boolean think;
    private boolean jsonSchema = true;
    private @Nullable BigDecimal temperature;

    private Builder(String model) {
      super(model, USUAL_ENDPOINT);
    }

    @Override
    protected Builder self() {
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

    @Override
    public Captioner build() {
      OllamaOptions options =
          new OllamaOptions(
              model(), maxTokens, contextTokens, keepAlive, think, jsonSchema, temperature);
      boolean local = Endpoints.isLoopback(endpoint()) && !options.leavesTheMachine();
      return new OllamaCaptioner(
          this,
          Endpoints.below(endpoint(), "api/chat"),
          options,
          capabilities().local(local).build());
    }
  }
}
