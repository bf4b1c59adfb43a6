package dev.cutline.bedrock;

import java.util.Locale;
import java.util.regex.Pattern;

/** How a model is brought to answer in JSON. */
public enum Strategy {
  /** The schema of the answer is sent, and the server sees to it. */
  NATIVE_SCHEMA(
      "output_?config|text_?format|json_?schema|structured[_ ]outputs?|output[_ ]format|grammar"),
  /** A tool with this schema is offered that the model has to use. */
  FORCED_TOOL("tool_?choice|tool_?config|tool[_ ]use|\\btools?\\b"),
  /** The prompt alone asks for JSON. */
  PROMPT_ONLY("");

  /** How Bedrock names it when a model does not take it. */
  private final Pattern names;

  Strategy(String names) {
    this.names = Pattern.compile(names, Pattern.CASE_INSENSITIVE);
  }

  /**
   * Returns where to start with a model: what the documentation says of its family (2026), or the
   * first.
   *
   * @param modelId of a model or an inference profile
   */
  static Strategy usual(String modelId) {
    String id = modelId.toLowerCase(Locale.ROOT);
    if (id.contains("meta.llama")) {
      return PROMPT_ONLY;
    }
    return id.contains("amazon.nova") || id.contains("claude-3") ? FORCED_TOOL : NATIVE_SCHEMA;
  }

  /** Tells whether the words of a refused request name this strategy, and there is another. */
  boolean isNamedIn(String words) {
    return this != PROMPT_ONLY && names.matcher(words).find();
  }

  /** Returns the one to try next. */
  Strategy next() {
    return this == NATIVE_SCHEMA ? FORCED_TOOL : PROMPT_ONLY;
  }
}
