package dev.cutline.openai;

import dev.cutline.InvalidSettingsException;
import dev.cutline.Secret;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.openai.Dialect.KeyHeader;
import dev.cutline.prompt.chat.ChatOptions.MaxTokensField;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a rung of type {@code openai}; the README of this module has the table. {@code
 * model} alone is required, {@code endpoint} too where the dialect has no usual one, and {@code
 * api-key} for hosted services.
 */
final class OpenAiSettings {
  /** Sends no reasoning effort, not even the usual one. */
  private static final String UNSET = "unset";

  private static final List<String> DETAILS = List.of("auto", "low", "high", "original");
  private static final Pattern EFFORT = Pattern.compile("[a-z]{1,20}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.-]{1,40}");
  private static final BigDecimal HOTTEST = BigDecimal.valueOf(2);

  private OpenAiSettings() {}

  /**
   * Returns a builder with all settings.
   *
   * @throws InvalidSettingsException with every problem
   */
  static OpenAiCaptioner.Builder read(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    String model = in.required("model", "the model to ask, for example gpt-6-luna");
    Dialect dialect = in.choice("dialect", Dialect.class, Dialect.OPENAI);
    Optional<URI> endpoint = endpoint(in, dialect);
    Secret apiKey = apiKey(in, dialect);
    KeyHeader keyHeader = in.choice("auth-header", KeyHeader.class, dialect.keyHeader());
    Optional<String> apiVersion = apiVersion(in, dialect);
    int maxTokens = in.integer("max-tokens", dialect.maxTokens(), 1, 100_000);
    MaxTokensField maxTokensField = maxTokensField(in, dialect);
    Optional<Boolean> jsonSchema = in.text("json-schema").map(text -> in.bool("json-schema", true));
    Optional<String> detail =
        checked(in, "detail", DETAILS::contains, "none of " + String.join(", ", DETAILS));
    Optional<String> effort =
        checked(
            in,
            "reasoning-effort",
            text -> EFFORT.matcher(text).matches(),
            "not a word such as none or low");
    Optional<BigDecimal> temperature = temperature(in);
    int maxLongEdge = in.integer("max-long-edge", 1568, 64, 16_384);
    in.finish();

    OpenAiCaptioner.Builder builder =
        OpenAiCaptioner.builder(model)
            .dialect(dialect)
            .apiKey(apiKey)
            .keyHeader(keyHeader)
            .apiVersion(apiVersion.orElse(null))
            .maxTokens(maxTokens)
            .maxTokensField(maxTokensField)
            .detail(detail.orElse(null))
            .temperature(temperature.orElse(null))
            .maxLongEdge(maxLongEdge);
    endpoint.ifPresent(builder::endpoint);
    jsonSchema.ifPresent(builder::jsonSchema);
    effort.ifPresent(value -> builder.reasoningEffort(value.equals(UNSET) ? null : value));
    return builder;
  }

  private static Optional<URI> endpoint(SettingsReader in, Dialect dialect) {
    if (dialect.endpoint().isEmpty() && in.text("endpoint").isEmpty()) {
      in.required(
          "endpoint",
          "the base address of " + dialect.vendor() + ", for example " + example(dialect));
    }
    return in.uri("endpoint");
  }

  private static String example(Dialect dialect) {
    return dialect == Dialect.AZURE ? "https://NAME.openai.azure.com" : "http://host:8000/v1";
  }

  private static @Nullable Secret apiKey(SettingsReader in, Dialect dialect) {
    Optional<String> variable = dialect.keyVariable();
    return variable.isPresent()
        ? in.requiredSecret("api-key", "env:" + variable.get())
        : in.text("api-key").map(Secret::of).orElse(null);
  }

  private static Optional<String> apiVersion(SettingsReader in, Dialect dialect) {
    Optional<String> version =
        checked(
            in,
            "api-version",
            text -> VERSION.matcher(text).matches(),
            "not a version such as 2024-10-21");
    if (version.isPresent() && dialect != Dialect.AZURE) {
      in.problem("api-version", "only the dialect azure has one");
    }
    return version;
  }

  private static MaxTokensField maxTokensField(SettingsReader in, Dialect dialect) {
    String name = in.text("max-tokens-field", dialect.maxTokensField().wireName());
    for (MaxTokensField field : MaxTokensField.values()) {
      if (field.wireName().equals(name)) {
        return field;
      }
    }
    String names =
        Arrays.stream(MaxTokensField.values())
            .map(MaxTokensField::wireName)
            .collect(Collectors.joining(", "));
    in.problem("max-tokens-field", "\"" + name + "\" is none of " + names);
    return dialect.maxTokensField();
  }

  private static Optional<BigDecimal> temperature(SettingsReader in) {
    Optional<BigDecimal> temperature = in.amount("temperature");
    if (temperature.filter(value -> value.compareTo(HOTTEST) > 0).isPresent()) {
      in.problem("temperature", temperature.get() + " is not between 0 and 2");
    }
    return temperature;
  }

  private static Optional<String> checked(
      SettingsReader in, String key, java.util.function.Predicate<String> valid, String problem) {
    Optional<String> value = in.text(key);
    if (value.isPresent() && !valid.test(value.get())) {
      in.problem(key, "\"" + value.get() + "\" is " + problem);
    }
    return value;
  }
}
