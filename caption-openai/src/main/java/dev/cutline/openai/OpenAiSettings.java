package dev.cutline.openai;

import dev.cutline.InvalidSettingsException;
import dev.cutline.Secret;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.openai.Dialect.KeyHeader;
import dev.cutline.prompt.chat.ChatOptions;
import dev.cutline.prompt.chat.ChatSettings;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a rung of type {@code openai}; the README of this module has the table. {@code
 * model} alone is required, {@code endpoint} too where the dialect has no usual one, and {@code
 * api-key} for hosted services.
 */
final class OpenAiSettings {
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.-]{1,40}");

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
    ChatOptions options = ChatSettings.read(in, dialect.options(model).build());
    int maxLongEdge =
        in.integer("max-long-edge", OpenAiCaptioner.Builder.USUAL_LONG_EDGE, 64, 16_384);
    in.finish();

    OpenAiCaptioner.Builder builder =
        OpenAiCaptioner.builder(dialect, options)
            .apiKey(apiKey)
            .keyHeader(keyHeader)
            .apiVersion(apiVersion.orElse(null))
            .maxLongEdge(maxLongEdge);
    endpoint.ifPresent(builder::endpoint);
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
        : in.secret("api-key").orElse(null);
  }

  private static Optional<String> apiVersion(SettingsReader in, Dialect dialect) {
    Optional<String> version = in.matching("api-version", VERSION, "a version such as 2024-10-21");
    if (version.isPresent() && dialect != Dialect.AZURE) {
      in.problem("api-version", "only the dialect azure has one");
    }
    return version;
  }
}
