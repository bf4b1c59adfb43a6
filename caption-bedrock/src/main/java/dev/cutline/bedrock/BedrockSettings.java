package dev.cutline.bedrock;

import dev.cutline.InvalidSettingsException;
import dev.cutline.Secret;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.aws.AwsSettings;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of a rung of type {@code bedrock}; the README of this module has the table. {@code
 * model} and {@code region} are required.
 */
final class BedrockSettings {
  private static final Pattern GUARDRAIL_VERSION = Pattern.compile("[1-9]\\d{0,7}|DRAFT");
  private static final Pattern ENTRY = Pattern.compile("[^=]{1,256}=[^=]{0,256}");

  private BedrockSettings() {}

  /**
   * Returns a builder with all settings.
   *
   * @throws InvalidSettingsException with every problem
   */
  static BedrockCaptioner.Builder read(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    String model =
        in.required(
            "model", "a model or an inference profile, for example us.anthropic.claude-haiku-5-5");
    AwsSettings aws = AwsSettings.read(in);
    in.uri("control-endpoint"); // for a diagnosis
    Optional<Secret> apiKey = apiKey(in, aws);
    Optional<Strategy> strategy =
        in.text("strategy")
            .map(text -> in.choice("strategy", Strategy.class, Strategy.PROMPT_ONLY));
    int maxTokens = in.integer("max-tokens", ConverseOptions.MAX_TOKENS, 1, 100_000);
    Optional<BigDecimal> temperature = in.amount("temperature", BigDecimal.ONE);
    Optional<String> guardrail = in.text("guardrail");
    Optional<String> version =
        in.matching("guardrail-version", GUARDRAIL_VERSION, "a number or DRAFT");
    Map<String, String> metadata = metadata(in);
    int maxLongEdge =
        in.integer(
            "max-long-edge", BedrockCaptioner.USUAL_LONG_EDGE, 200, BedrockCaptioner.MAX_LONG_EDGE);
    Optional<Long> maxBytes =
        in.text("max-bytes").map(text -> in.whole("max-bytes", 1_000_000, 100_000, 25_000_000));
    WarmUp warmUp = in.choice("warm-up", WarmUp.class, WarmUp.OFF);
    if (guardrail.isPresent() && in.text("guardrail-version").isEmpty()) {
      in.problem("guardrail-version", "is missing: a guardrail needs a number or DRAFT");
    }
    if (guardrail.isEmpty() && version.isPresent()) {
      in.problem("guardrail", "is missing: a guardrail-version is of no use without");
    }
    in.finish();

    BedrockCaptioner.Builder builder =
        BedrockCaptioner.builder(model, aws)
            .apiKey(apiKey.orElse(null))
            .strategy(strategy.orElse(null))
            .maxTokens(maxTokens)
            .temperature(temperature.orElse(null))
            .metadata(metadata)
            .maxLongEdge(maxLongEdge)
            .warmUp(warmUp);
    guardrail.ifPresent(id -> builder.guardrail(id, version.orElseThrow()));
    maxBytes.ifPresent(builder::maxBytes);
    return builder;
  }

  /** The variable counts only where nobody named other credentials. */
  static Optional<Secret> apiKey(SettingsReader in, AwsSettings aws) {
    if (!aws.namesCredentials()) {
      return in.secret("api-key", "env:AWS_BEARER_TOKEN_BEDROCK");
    }
    if (in.text("api-key").isPresent()) {
      in.problem("api-key", "is set beside other credentials: set one of the two");
    }
    return Optional.empty();
  }

  private static Map<String, String> metadata(SettingsReader in) {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (String entry : in.list("metadata", "")) {
      if (ENTRY.matcher(entry).matches()) {
        int equals = entry.indexOf('=');
        metadata.put(entry.substring(0, equals).strip(), entry.substring(equals + 1).strip());
      } else {
        in.problem("metadata", "\"" + entry + "\" is not name=value");
      }
    }
    if (metadata.size() > ConverseOptions.MAX_METADATA) {
      in.problem("metadata", "has more than 16 entries");
      return Map.of();
    }
    return metadata;
  }
}
