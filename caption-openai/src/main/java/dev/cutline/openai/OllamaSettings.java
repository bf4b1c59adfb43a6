package dev.cutline.openai;

import dev.cutline.InvalidSettingsException;
import dev.cutline.Secret;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The settings of a rung of type {@code ollama}; the README of this module has the table. */
final class OllamaSettings {
  private OllamaSettings() {}

  /**
   * Returns a builder with all settings.
   *
   * @throws InvalidSettingsException with every problem
   */
  static OllamaCaptioner.Builder read(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    String model = in.required("model", "a model that sees, for example gemma4");
    Optional<URI> endpoint = in.uri("endpoint");
    Optional<Secret> apiKey = in.secret("api-key");
    int maxTokens = in.integer("max-tokens", OllamaOptions.MAX_TOKENS, 1, 100_000);
    Optional<Integer> contextTokens =
        in.text("context-tokens").map(text -> in.integer("context-tokens", 4_096, 512, 10_000_000));
    Optional<Duration> keepAlive =
        in.text("keep-alive")
            .map(
                text ->
                    in.duration(
                        "keep-alive", Duration.ofMinutes(5), Duration.ZERO, Duration.ofDays(365)));
    Optional<Boolean> think = in.text("think").map(text -> in.bool("think", false));
    boolean jsonSchema = in.bool("json-schema", true);
    Optional<BigDecimal> temperature = in.amount("temperature", BigDecimal.valueOf(2));
    int maxLongEdge =
        in.integer("max-long-edge", OllamaCaptioner.Builder.USUAL_LONG_EDGE, 64, 16_384);
    in.finish();

    OllamaCaptioner.Builder builder =
        OllamaCaptioner.builder(model)
            .apiKey(apiKey.orElse(null))
            .maxTokens(maxTokens)
            .contextTokens(contextTokens.orElse(null))
            .keepAlive(keepAlive.orElse(null))
            .think(think.orElse(null))
            .jsonSchema(jsonSchema)
            .temperature(temperature.orElse(null))
            .maxLongEdge(maxLongEdge);
    endpoint.ifPresent(builder::endpoint);
    return builder;
  }
}
