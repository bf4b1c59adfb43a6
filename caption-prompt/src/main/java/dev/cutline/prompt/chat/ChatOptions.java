package dev.cutline.prompt.chat;

import dev.cutline.prompt.CaptionPrompt;
import dev.cutline.prompt.chat.ChatAdaptation.Feature;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request to a chat server has besides picture and prompt: how servers and models differ.
 * Immutable.
 */
public final class ChatOptions {
  private final String model;
  private final int maxTokens;
  private final MaxTokensField maxTokensField;
  private final boolean jsonSchema;
  private final @Nullable String detail;
  private final @Nullable BigDecimal temperature;
  private final @Nullable String reasoningEffort;
  private final Set<Feature> unasked;

  private ChatOptions(Builder builder) {
    this.model = builder.model;
    this.maxTokens = builder.maxTokens;
    this.maxTokensField = builder.maxTokensField;
    this.jsonSchema = builder.jsonSchema;
    this.detail = builder.detail;
    this.temperature = builder.temperature;
    this.reasoningEffort = builder.reasoningEffort;
    this.unasked = Set.copyOf(builder.unasked);
  }

  /**
   * Starts with: 400 tokens in {@code max_tokens}, the schema sent until it is refused, nothing
   * else.
   */
  public static Builder builder(String model) {
    return new Builder(model);
  }

  /** Returns a builder with everything of these options. */
  public Builder toBuilder() {
    Builder builder =
        builder(model)
            .maxTokens(maxTokens)
            .maxTokensField(maxTokensField)
            .jsonSchema(jsonSchema)
            .detail(detail)
            .temperature(temperature)
            .reasoningEffort(reasoningEffort);
    builder.unasked.addAll(unasked);
    return builder;
  }

  public String model() {
    return model;
  }

  /** Returns the most tokens of an answer, hidden reasoning included. */
  public int maxTokens() {
    return maxTokens;
  }

  public MaxTokensField maxTokensField() {
    return maxTokensField;
  }

  /** Tells whether the schema of the answer is sent in {@code response_format}. */
  public boolean jsonSchema() {
    return jsonSchema;
  }

  /** Returns how closely the model looks; empty: not sent, the server decides. */
  public Optional<String> detail() {
    return Optional.ofNullable(detail);
  }

  /** Returns the temperature; empty: not sent, because several models refuse any. */
  public Optional<BigDecimal> temperature() {
    return Optional.ofNullable(temperature);
  }

  /** Returns how much a model thinks first; empty: not sent. */
  public Optional<String> reasoningEffort() {
    return Optional.ofNullable(reasoningEffort);
  }

  /** Returns what is sent without anybody having asked for it: that may be left out again. */
  Set<Feature> unasked() {
    return unasked;
  }

  /** Returns these options without what a server refused. */
  ChatOptions without(Feature feature) {
    Builder builder = toBuilder();
    switch (feature) {
      case JSON_SCHEMA -> builder.jsonSchema(false);
      case REASONING_EFFORT -> builder.reasoningEffort(null);
    }
    return builder.build();
  }

  /** Returns what of these options, and which prompt, decides an answer, for a fingerprint. */
  public String strategy() {
    return "prompt "
        + CaptionPrompt.VERSION
        + "|schema="
        + jsonSchema
        + ",detail="
        + detail
        + ",temperature="
        + temperature
        + ",effort="
        + reasoningEffort;
  }

  @Override
  public String toString() {
    return model + ", " + strategy();
  }

  /** Where the most tokens of an answer stand. */
  public enum MaxTokensField {
    /** What most servers take. */
    MAX_TOKENS("max_tokens"),
    /** What OpenAI takes: its reasoning models refuse the other. */
    MAX_COMPLETION_TOKENS("max_completion_tokens");

    private final String wireName;

    MaxTokensField(String wireName) {
      this.wireName = wireName;
    }

    /** Returns the name in JSON. */
    public String wireName() {
      return wireName;
    }
  }

  /** Builds {@link ChatOptions}. Not safe for several threads. */
  public static final class Builder {
    private final String model;
    private int maxTokens = 400;
    private MaxTokensField maxTokensField = MaxTokensField.MAX_TOKENS;
    private boolean jsonSchema = true;
    private @Nullable String detail;
    private @Nullable BigDecimal temperature;
    private @Nullable String reasoningEffort;
    private final Set<Feature> unasked = EnumSet.of(Feature.JSON_SCHEMA);

    private Builder(String model) {
      this.model = Objects.requireNonNull(model, "model");
    }

    /**
     * Sets the most tokens of an answer, hidden reasoning included.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder maxTokens(int maxTokens) {
      if (maxTokens < 1) {
        throw new IllegalArgumentException("maxTokens is at least 1, not " + maxTokens);
      }
      this.maxTokens = maxTokens;
      return this;
    }

    public Builder maxTokensField(MaxTokensField field) {
      this.maxTokensField = Objects.requireNonNull(field, "field");
      return this;
    }

    /**
     * Sets whether the schema of the answer is sent; unless set it is, until the server refuses it.
     */
    public Builder jsonSchema(boolean jsonSchema) {
      this.jsonSchema = jsonSchema;
      unasked.remove(Feature.JSON_SCHEMA);
      return this;
    }

    /**
     * Sets {@code auto}, {@code low}, {@code high} or what else the server knows; null: not sent.
     */
    public Builder detail(@Nullable String detail) {
      this.detail = detail;
      return this;
    }

    /**
     * Sets the temperature, 0 to 2; null, and unless set: not sent, because several models refuse
     * any.
     */
    public Builder temperature(@Nullable BigDecimal temperature) {
      this.temperature = temperature;
      return this;
    }

    /**
     * Sets {@code none}, {@code low} or what else the model knows; null: not sent. It is sent
     * whatever the server says.
     */
    public Builder reasoningEffort(@Nullable String reasoningEffort) {
      this.reasoningEffort = reasoningEffort;
      unasked.remove(Feature.REASONING_EFFORT);
      return this;
    }

    /** Sets an effort that is usual with a server and left out once it refuses it. */
    public Builder usualReasoningEffort(String reasoningEffort) {
      this.reasoningEffort = Objects.requireNonNull(reasoningEffort, "reasoningEffort");
      unasked.add(Feature.REASONING_EFFORT);
      return this;
    }

    public ChatOptions build() {
      return new ChatOptions(this);
    }
  }
}
