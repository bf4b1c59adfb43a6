package dev.cutline.openai;

import dev.cutline.Capabilities;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Captioner;
import dev.cutline.Secret;
import dev.cutline.http.ChatSender;
import dev.cutline.http.Endpoints;
import dev.cutline.http.HttpCaptioner;
import dev.cutline.http.HttpPost;
import dev.cutline.openai.Dialect.KeyHeader;
import dev.cutline.prompt.chat.ChatOptions;
import java.net.URI;
import java.util.Objects;
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
public final class OpenAiCaptioner extends HttpCaptioner {
  private final URI target;
  private final KeyHeader keyHeader;
  private final ChatSender sender;

  private OpenAiCaptioner(Builder builder, URI target, Capabilities capabilities) {
    super(builder, builder.dialect.vendor(), builder.options.strategy(), capabilities);
    this.target = target;
    this.keyHeader = builder.keyHeader;
    this.sender = new ChatSender(http(), OpenAiErrors.table(builder.dialect), builder.options);
  }

  /**
   * Starts with OpenAI itself.
   *
   * @param model as the server calls it, for example {@code gpt-6-luna}
   * @throws IllegalArgumentException if it is blank
   */
  public static Builder builder(String model) {
    return builder(Dialect.OPENAI, model);
  }

  /**
   * Starts with the server that a dialect names.
   *
   * @param model as the server calls it; for Azure the name of the deployment
   * @throws IllegalArgumentException if it is blank
   */
  public static Builder builder(Dialect dialect, String model) {
    return builder(dialect, dialect.options(model).build());
  }

  /**
   * Starts with the server that a dialect names.
   *
   * @param options best made from {@link Dialect#options}
   * @throws IllegalArgumentException if the model is blank
   */
  public static Builder builder(Dialect dialect, ChatOptions options) {
    return new Builder(dialect, options);
  }

  @Override
  protected CaptionReply caption(CaptionRequest request, @Nullable Secret apiKey) {
    HttpPost.Builder post = HttpPost.to(target);
    if (keyHeader == KeyHeader.API_KEY) {
      post.header("api-key", apiKey);
    } else {
      post.bearer(apiKey);
    }
    return sender.caption(post, request);
  }

  /**
   * Builds an {@link OpenAiCaptioner}. The endpoint is a base address, with {@code /v1} where the
   * server has it; for Azure that of the resource. Not safe for several threads.
   */
  public static final class Builder extends HttpCaptioner.Builder<Builder> {
    private final Dialect dialect;
    private final ChatOptions options;
    private KeyHeader keyHeader;
    private @Nullable String apiVersion;

    private Builder(Dialect dialect, ChatOptions options) {
      super(options.model(), dialect.endpoint().orElse(null));
      this.dialect = dialect;
      this.options = options;
      this.keyHeader = dialect.keyHeader();
    }

    @Override
    protected Builder self() {
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

    @Override
    public Captioner build() {
      return new OpenAiCaptioner(this, target(), dialect.capabilities(capabilities(), endpoint()));
    }

    private URI target() {
      URI base = endpoint();
      if (dialect != Dialect.AZURE) {
        return Endpoints.below(base, "chat/completions");
      }
      if (apiVersion == null) {
        return Endpoints.below(base, "openai/v1", "chat/completions");
      }
      String path = "openai/deployments/" + Endpoints.segment(model()) + "/chat/completions";
      String version = "?api-version=" + Endpoints.segment(apiVersion);
      return URI.create(Endpoints.below(Endpoints.withoutQuery(base), path) + version);
    }
  }
}
