package dev.cutline.prompt.chat;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
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

  private ChatOptions(Builder builder) {
    this.model = builder.model;
    this.maxTokens = builder.maxTokens;
    this.maxTokensField = builder.maxTokensField;
    this.jsonSchema = builder.jsonSchema;
    this.detail = builder.detail;
    this.temperature = builder.temperature;
    this.reasoningEffort = builder.reasoningEffort;
  }

  /** Starts with: 400 tokens in {@code max_tokens}, the schema sent, nothing else. */
  public static Builder builder(String model) {
    return new Builder(model);
  }

  /** Returns a builder with everything of these options. */
  public Builder toBuilder() {
    return builder(model)
        .maxTokens(maxTokens)
        .maxTokensField(maxTokensField)
        .jsonSchema(jsonSchema)
        .detail(detail)
        .temperature(temperature)
        .reasoningEffort(reasoningEffort);
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

  /** Returns what of these options decides an answer, for a fingerprint. */
  public String strategy() {
    return "schema="
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

    private Builder(String model) {
      this.model = Objects.requireNonNull(model, "model");
    }

    /**
     * Sets the most tokens of an answer.
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

    public Builder jsonSchema(boolean jsonSchema) {
      this.jsonSchema = jsonSchema;
      return this;
    }

    /**
     * Sets {@code auto}, {@code low}, {@code high} or what else the server knows; null: not sent.
     */
    public Builder detail(@Nullable String detail) {
      this.detail = detail;
      return this;
    }

    /** Sets the temperature; null: not sent. */
    public Builder temperature(@Nullable BigDecimal temperature) {
      this.temperature = temperature;
      return this;
    }

    /** Sets {@code none}, {@code low} or what else the model knows; null: not sent. */
    public Builder reasoningEffort(@Nullable String reasoningEffort) {
      this.reasoningEffort = reasoningEffort;
      return this;
    }

    public ChatOptions build() {
      return new ChatOptions(this);
    }
  }
}
