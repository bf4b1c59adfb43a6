package dev.cutline.gemini;

import dev.cutline.InvalidSettingsException;
import dev.cutline.Secret;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.gemini.GeminiCaptioner.MediaResolution;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of a rung of type {@code gemini}; the README of this module has the table. {@code
 * model} and {@code api-key} are required.
 */
final class GeminiSettings {
  private static final Pattern LEVEL = Pattern.compile("[a-z]{1,20}");

  private GeminiSettings() {}

  /**
   * Returns a builder with all settings.
   *
   * @throws InvalidSettingsException with every problem
   */
  static GeminiCaptioner.Builder read(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    String model = in.required("model", "the model to ask, for example gemini-3.5-flash-lite");
    Secret apiKey = in.requiredSecret("api-key", "env:GEMINI_API_KEY");
    Optional<URI> endpoint = in.uri("endpoint");
    int maxTokens = in.integer("max-tokens", GenerateOptions.MAX_TOKENS, 1, 100_000);
    boolean jsonSchema = in.bool("json-schema", true);
    Optional<String> level =
        in.matching("thinking-level", LEVEL, "a word such as minimal, low or high");
    Optional<Integer> budget =
        in.text("thinking-budget").map(text -> in.integer("thinking-budget", 0, -1, 100_000));
    if (in.text("thinking-level").isPresent() && budget.isPresent()) {
      in.problem(
          "thinking-budget",
          "stands beside thinking-level, and Google takes one of them: the level for models of"
              + " generation 3, the budget for those of 2.5");
    }
    Optional<MediaResolution> resolution =
        in.text("media-resolution")
            .map(text -> in.choice("media-resolution", MediaResolution.class, MediaResolution.LOW));
    int maxLongEdge =
        in.integer("max-long-edge", GeminiCaptioner.Builder.USUAL_LONG_EDGE, 64, 16_384);
    in.finish();

    GeminiCaptioner.Builder builder =
        GeminiCaptioner.builder(model, apiKey)
            .maxTokens(maxTokens)
            .jsonSchema(jsonSchema)
            .thinkingLevel(level.orElse(null))
            .thinkingBudget(budget.orElse(null))
            .mediaResolution(resolution.orElse(null))
            .maxLongEdge(maxLongEdge);
    endpoint.ifPresent(builder::endpoint);
    return builder;
  }
}
