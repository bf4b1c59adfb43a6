package dev.cutline.anthropic;

import dev.cutline.anthropic.AnthropicCaptioner.Thinking;
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

  /** Returns what of these options decides an answer, for a fingerprint. */
  String strategy() {
    return "schema=" + jsonSchema + ",effort=" + effort + ",thinking=" + thinking;
  }
}
