package dev.cutline.micrometer;

import dev.cutline.Attempt;
import dev.cutline.Outcome;
import dev.cutline.core.chain.Rung;
import io.micrometer.core.instrument.Tags;
import java.util.Map;

/**
 * What OpenTelemetry's conventions for generative AI call things: <a
 * href="https://github.com/open-telemetry/semantic-conventions-genai">schema 1.42.0</a>, which has
 * the status "development" (looked up in November 2026), so that these names may change. What a
 * chain does not know is left out: the model asked for, the server's address.
 */
final class GenAi {
  static final String DURATION = "gen_ai.client.operation.duration";
  static final String TOKEN_USAGE = "gen_ai.client.token.usage";

  static final String OPERATION_KEY = "gen_ai.operation.name";
  static final String PROVIDER_KEY = "gen_ai.provider.name";
  static final String MODEL_KEY = "gen_ai.response.model";
  static final String TOKEN_TYPE_KEY = "gen_ai.token.type";
  static final String INPUT_TOKENS_KEY = "gen_ai.usage.input_tokens";
  static final String OUTPUT_TOKENS_KEY = "gen_ai.usage.output_tokens";
  static final String ERROR_KEY = "error.type";

  static final String CHAT = "chat";

  /** Where the conventions have another name for a provider than our settings. */
  private static final Map<String, String> PROVIDERS =
      Map.of("bedrock", "aws.bedrock", "gemini", "gcp.gemini");

  private GenAi() {}

  /** Returns what is done at a rung; nothing of the kind where there is no model. */
  static String operation(Rung rung) {
    return rung.capabilities().isModel() ? CHAT : Names.NONE;
  }

  /** Returns who answers at a rung; nobody of the kind where there is no model. */
  static String provider(Rung rung) {
    return rung.capabilities().isModel()
        ? PROVIDERS.getOrDefault(rung.type(), rung.type())
        : Names.NONE;
  }

  /** Returns why there was no answer. */
  static String error(Outcome outcome) {
    return outcome == Outcome.OK ? Names.NONE : outcome.name();
  }

  /** Returns the tags of a call's duration. */
  static Tags tags(Rung rung, Attempt attempt, String model) {
    return tags(rung, model).and(ERROR_KEY, error(attempt.outcome()));
  }

  /** Returns the tags that a call's duration and its tokens have in common. */
  static Tags tags(Rung rung, String model) {
    return Tags.of(
        OPERATION_KEY,
        operation(rung),
        PROVIDER_KEY,
        provider(rung),
        MODEL_KEY,
        model,
        Names.RUNG_KEY,
        rung.name());
  }
}
