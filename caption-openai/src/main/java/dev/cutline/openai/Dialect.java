package dev.cutline.openai;

import dev.cutline.Capabilities;
import dev.cutline.ImageFormat;
import dev.cutline.http.Endpoints;
import dev.cutline.prompt.chat.ChatOptions;
import dev.cutline.prompt.chat.ChatOptions.MaxTokensField;
import java.net.URI;
import java.util.EnumSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The servers that speak OpenAI's chat completions, and how they differ. Every difference that a
 * user may have to change is a setting as well; this is only what holds without one. Facts as of
 * November 2026.
 */
public enum Dialect {
  /** OpenAI itself. Asks for no hidden reasoning: a caption needs none, and it is billed. */
  OPENAI("OpenAI", "https://api.openai.com/v1", "OPENAI_API_KEY", 1_000),
  /**
   * Azure OpenAI. The model is the name of the deployment; the endpoint is that of the resource.
   */
  AZURE("Azure OpenAI", null, "AZURE_OPENAI_API_KEY", 1_000),
  /** OpenRouter. */
  OPENROUTER("OpenRouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY", 1_000),
  /** vLLM on a machine of one's own. */
  VLLM("vLLM", "http://localhost:8000/v1"),
  /** SGLang on a machine of one's own. */
  SGLANG("SGLang", "http://localhost:30000/v1"),
  /** The server of llama.cpp; needs {@code --mmproj} to see pictures. */
  LLAMACPP("llama.cpp", "http://localhost:8080/v1"),
  /** LM Studio. */
  LMSTUDIO("LM Studio", "http://localhost:1234/v1"),
  /**
   * Any other server. Nothing is known of it, so pictures sent to it count as leaving the machine.
   */
  COMPATIBLE("the server", null, null, 1_000);

  private final String vendor;
  private final @Nullable String endpoint;
  private final @Nullable String keyVariable;
  private final int maxTokens;

  Dialect(String vendor, @Nullable String endpoint, @Nullable String keyVariable, int maxTokens) {
    this.vendor = vendor;
    this.endpoint = endpoint;
    this.keyVariable = keyVariable;
    this.maxTokens = maxTokens;
  }

  /**
   * A server that runs where its user wants it to, without a key unless it was started with one.
   */
  Dialect(String vendor, String endpoint) {
    this(vendor, endpoint, null, 400);
  }

  /** Returns the name that stands in messages. */
  String vendor() {
    return vendor;
  }

  /** Returns where the server is unless told otherwise; empty: it has to be told. */
  Optional<URI> endpoint() {
    return Optional.ofNullable(endpoint).map(URI::create);
  }

  /**
   * Returns the environment variable that holds the key unless told otherwise; empty: a key is not
   * needed. Only the hosted services have one, so that nobody's key goes to another server unasked.
   */
  Optional<String> keyVariable() {
    return Optional.ofNullable(keyVariable);
  }

  /**
   * Returns what requests usually have besides picture and prompt: 400 tokens, 1000 where the model
   * may think first; what else is usual is left out once the server refuses it.
   *
   * @param model as the server calls it; for Azure the name of the deployment
   */
  public ChatOptions.Builder options(String model) {
    ChatOptions.Builder options = ChatOptions.builder(model).maxTokens(maxTokens);
    if (this == OPENAI || this == AZURE) {
      options.maxTokensField(MaxTokensField.MAX_COMPLETION_TOKENS);
    }
    if (this == OPENAI) {
      options.usualReasoningEffort("none");
    }
    return options;
  }

  KeyHeader keyHeader() {
    return this == AZURE ? KeyHeader.API_KEY : KeyHeader.AUTHORIZATION;
  }

  /**
   * Returns what the server takes. llama.cpp and what builds on it knows no WebP; pictures stay on
   * this machine where a server of one's own is reached on it. The limits that the hosted services
   * name lie above the usual ones, as of November 2026, and change with the model.
   */
  Capabilities capabilities(Capabilities.Builder usual, URI endpoint) {
    boolean ownServer = keyVariable == null && this != COMPATIBLE;
    if (this != LLAMACPP && this != LMSTUDIO) {
      usual.formats(EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP));
    }
    return usual.local(ownServer && Endpoints.isLoopback(endpoint)).build();
  }

  /** Where the key stands. */
  public enum KeyHeader {
    /** {@code Authorization: Bearer …}, also for tokens of Microsoft Entra. */
    AUTHORIZATION,
    /** {@code api-key: …}, as Azure has it. */
    API_KEY
  }
}
