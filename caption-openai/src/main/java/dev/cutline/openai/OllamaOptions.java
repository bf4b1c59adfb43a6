package dev.cutline.openai;

import dev.cutline.prompt.CaptionPrompt;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a request to Ollama has besides picture and prompt; null is not sent.
 *
 * @param model as Ollama calls it
 * @param maxTokens most tokens of an answer
 * @param contextTokens size of the window that the model is loaded with
 * @param keepAlive how long the model stays in memory after the call
 * @param think whether a model that can think first does
 * @param jsonSchema whether the schema of the answer is sent
 * @param temperature 0 to 2
 */
record OllamaOptions(
    String model,
    int maxTokens,
    @Nullable Integer contextTokens,
    @Nullable Duration keepAlive,
    @Nullable Boolean think,
    boolean jsonSchema,
    @Nullable BigDecimal temperature) {
  /** A caption takes a hundred. */
  static final int MAX_TOKENS = 400;

  /** Returns what of it, and which prompt, decides an answer, for a fingerprint. */
  String strategy() {
    return "prompt %s|schema=%s,think=%s,context=%s,temperature=%s"
        .formatted(CaptionPrompt.VERSION, jsonSchema, think, contextTokens, temperature);
  }

  /** Tells whether Ollama hands the picture on to its own cloud: those models are named for it. */
  boolean leavesTheMachine() {
    return model.endsWith("-cloud") || model.endsWith(":cloud");
  }
}
