package dev.cutline.anthropic;

import dev.cutline.anthropic.AnthropicCaptioner.Thinking;
import dev.cutline.prompt.CaptionPrompt;
import org.jspecify.annotations.Nullable;

/**
 * What a request has besides picture and prompt.
 *
 * @param maxTokens of the answer, thoughts included
 * @param jsonSchema whether the schema of the answer is sent
 * @param effort null: not sent
 * @param thinking null: not sent
 */
record MessagesOptions(
    String model,
    int maxTokens,
    boolean jsonSchema,
    @Nullable String effort,
    @Nullable Thinking thinking) {
  /** A caption takes a hundred; the rest is for models that think first, as most do unasked. */
  static final int MAX_TOKENS = 2_000;

  /** Returns what of these options, and which prompt, decides an answer, for a fingerprint. */
  String strategy() {
    return "prompt "
        + CaptionPrompt.VERSION
        + "|schema="
        + jsonSchema
        + ",effort="
        + effort
        + ",thinking="
        + thinking;
  }
}
