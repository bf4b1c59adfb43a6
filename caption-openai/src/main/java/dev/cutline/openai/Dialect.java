package dev.cutline.openai;

import dev.cutline.ImageFormat;
import dev.cutline.prompt.chat.ChatOptions.MaxTokensField;
import java.net.URI;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The servers that speak OpenAI's chat completions, and how they differ. Every difference that a
 * user may have to change is a setting as well; this is only what holds without one. Facts as of
 * November 2026.
 */
public enum Dialect {
  /** OpenAI itself. Asks for no hidden reasoning: a caption needs none, and it is billed. */
  OPENAI("OpenAI", "https://api.openai.com/v1", "OPENAI_API_KEY", 1_000, "none"),
  /**
   * Azure OpenAI. The model is the name of the deployment; the endpoint is that of the resource.
   */
  AZURE("Azure OpenAI", null, "AZURE_OPENAI_API_KEY", 1_000, null),
  /** OpenRouter. */
  OPENROUTER("OpenRouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY", 1_000, null),
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
  COMPATIBLE("the server", null, null, 1_000, null);

  private final String vendor;
  private final @Nullable String endpoint;
  private final @Nullable String keyVariable;
  private final int maxTokens;
  private final @Nullable String reasoningEffort;

  Dialect(
      String vendor,
      @Nullable String endpoint,
      @Nullable String keyVariable,
      int maxTokens,
      @Nullable String reasoningEffort) {
    this.vendor = vendor;
    this.endpoint = endpoint;
    this.keyVariable = keyVariable;
    this.maxTokens = maxTokens;
    this.reasoningEffort = reasoningEffort;
  }

  /**
   * A server that runs where its user wants it to, without a key unless it was started with one.
   */
  Dialect(String vendor, String endpoint) {
    this(vendor, endpoint, null, 400, null);
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

  /** Returns the most tokens of an answer; those that may think first get room for it. */
  int maxTokens() {
    return maxTokens;
  }

  MaxTokensField maxTokensField() {
    return this == OPENAI || this == AZURE
        ? MaxTokensField.MAX_COMPLETION_TOKENS
        : MaxTokensField.MAX_TOKENS;
  }

  Optional<String> reasoningEffort() {
    return Optional.ofNullable(reasoningEffort);
  }

  KeyHeader keyHeader() {
    return this == AZURE ? KeyHeader.API_KEY : KeyHeader.AUTHORIZATION;
  }

  /** Tells whether the server keeps pictures on the machine that it runs on. */
  boolean runsWhereItIsReached() {
    return this == VLLM || this == SGLANG || this == LLAMACPP || this == LMSTUDIO;
  }

  /** Returns what the server decodes. llama.cpp and what builds on it knows no WebP. */
  Set<ImageFormat> formats() {
    return this == LLAMACPP || this == LMSTUDIO
        ? EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG)
        : EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP);
  }

  /** Where the key stands. */
  public enum KeyHeader {
    /** {@code Authorization: Bearer …}, also for tokens of Microsoft Entra. */
    AUTHORIZATION,
    /** {@code api-key: …}, as Azure has it. */
    API_KEY
  }
}
