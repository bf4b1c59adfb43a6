package dev.cutline.gemini;

import dev.cutline.gemini.GeminiCaptioner.MediaResolution;
import dev.cutline.prompt.CaptionPrompt;
import org.jspecify.annotations.Nullable;

/**
 * What a request has besides picture and prompt.
 *
 * @param maxTokens of the answer, thoughts included
 * @param jsonSchema whether the schema of the answer is sent
 * @param thinkingLevel null: not sent
 * @param thinkingBudget null: not sent
 * @param mediaResolution null: not sent
 */
record GenerateOptions(
    String model,
    int maxTokens,
    boolean jsonSchema,
    @Nullable String thinkingLevel,
    @Nullable Integer thinkingBudget,
    @Nullable MediaResolution mediaResolution) {
  /** A caption takes a hundred; the rest is for thoughts, which most models have unasked. */
  static final int MAX_TOKENS = 4_000;

  /** Returns what of these options, and which prompt, decides an answer, for a fingerprint. */
  String strategy() {
    return "prompt "
        + CaptionPrompt.VERSION
        + "|schema="
        + jsonSchema
        + ",thinking-level="
        + thinkingLevel
        + ",thinking-budget="
        + thinkingBudget
        + ",media-resolution="
        + mediaResolution;
  }
}
