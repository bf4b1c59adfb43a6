package dev.cutline.anthropic;

import dev.cutline.InvalidSettingsException;
import dev.cutline.Secret;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.anthropic.AnthropicCaptioner.Thinking;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of a rung of type {@code anthropic}; the README of this module has the table. {@code
 * model} and {@code api-key} are required.
 */
final class AnthropicSettings {
  private static final Pattern EFFORT = Pattern.compile("[a-z]{1,20}");

  private AnthropicSettings() {}

  /**
   * Returns a builder with all settings.
   *
   * @throws InvalidSettingsException with every problem
   */
  static AnthropicCaptioner.Builder read(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    String model = in.required("model", "the model to ask, for example claude-haiku-5-5");
    Secret apiKey = in.requiredSecret("api-key", "env:ANTHROPIC_API_KEY");
    Optional<URI> endpoint = in.uri("endpoint");
    int maxTokens = in.integer("max-tokens", MessagesOptions.MAX_TOKENS, 1, 100_000);
    boolean jsonSchema = in.bool("json-schema", true);
    Optional<String> effort = in.matching("effort", EFFORT, "a word such as low or medium");
    Optional<Thinking> thinking =
        in.text("thinking").map(text -> in.choice("thinking", Thinking.class, Thinking.DISABLED));
    int maxLongEdge =
        in.integer(
            "max-long-edge",
            AnthropicCaptioner.Builder.USUAL_LONG_EDGE,
            200,
            AnthropicCaptioner.MAX_LONG_EDGE);
    in.finish();

    AnthropicCaptioner.Builder builder =
        AnthropicCaptioner.builder(model, apiKey)
            .maxTokens(maxTokens)
            .jsonSchema(jsonSchema)
            .effort(effort.orElse(null))
            .thinking(thinking.orElse(null))
            .maxLongEdge(maxLongEdge);
    endpoint.ifPresent(builder::endpoint);
    return builder;
  }
}
