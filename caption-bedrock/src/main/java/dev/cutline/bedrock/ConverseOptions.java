package dev.cutline.bedrock;

import dev.cutline.prompt.CaptionPrompt;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request has besides picture, prompt and strategy.
 *
 * @param modelId of a model or an inference profile
 * @param maxTokens of the answer, thoughts included
 * @param temperature null: not sent
 * @param guardrail null: none
 * @param metadata for the invocation log of the account
 */
record ConverseOptions(
    String modelId,
    int maxTokens,
    @Nullable BigDecimal temperature,
    @Nullable Guardrail guardrail,
    Map<String, String> metadata) {
  static final int MAX_TOKENS = 1_000;

  /** The most entries that Converse takes (service model, August 2026). */
  static final int MAX_METADATA = 16;

  ConverseOptions {
    metadata = Map.copyOf(metadata);
  }

  /** Returns what of these options, and which prompt, decides an answer, for a fingerprint. */
  String strategy() {
    return "prompt "
        + CaptionPrompt.VERSION
        + "|temperature="
        + temperature
        + ",guardrail="
        + (guardrail == null ? "none" : guardrail.id() + ":" + guardrail.version());
  }

  /**
   * A guardrail that looks at question and answer.
   *
   * @param version a number, or {@code DRAFT}
   */
  record Guardrail(String id, String version) {}
}
