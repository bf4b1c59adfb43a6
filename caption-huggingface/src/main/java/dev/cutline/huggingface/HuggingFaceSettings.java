package dev.cutline.huggingface;

import dev.cutline.InvalidSettingsException;
import dev.cutline.Secret;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.huggingface.HuggingFaceCaptioner.Payload;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of a rung of type {@code huggingface}; the README of this module has the table.
 * {@code api-key} is required, and {@code model} for the payload {@code chat}, {@code endpoint} for
 * {@code image-bytes}.
 */
final class HuggingFaceSettings {
  private static final Pattern ORGANISATION = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final List<String> OF_CHAT = List.of("max-tokens", "json-schema", "bill-to");

  private HuggingFaceSettings() {}

  /**
   * Returns a builder with all settings.
   *
   * @throws InvalidSettingsException with every problem
   */
  static HuggingFaceCaptioner.Builder read(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    Secret apiKey = in.requiredSecret("api-key", "env:HF_TOKEN");
    Payload payload = in.choice("payload", Payload.class, Payload.CHAT);
    Optional<String> model = model(in, payload);
    Optional<URI> endpoint = endpoint(in, payload);
    int maxTokens = in.integer("max-tokens", HuggingFaceCaptioner.MAX_TOKENS, 1, 100_000);
    Optional<Boolean> jsonSchema = in.text("json-schema").map(text -> in.bool("json-schema", true));
    Optional<String> billTo = billTo(in);
    Duration none = Duration.ZERO;
    Duration scaleUp = in.duration("scale-up-timeout", none, none, Duration.ofHours(1));
    int maxLongEdge = in.integer("max-long-edge", payload.usualLongEdge(), 64, 16_384);
    if (payload == Payload.IMAGE_BYTES) {
      OF_CHAT.stream()
          .filter(key -> in.text(key).isPresent())
          .forEach(key -> in.problem(key, "only the payload chat has it"));
    }
    in.finish();

    HuggingFaceCaptioner.Builder builder =
        payload == Payload.CHAT
            ? HuggingFaceCaptioner.chat(model.orElseThrow(), apiKey)
            : HuggingFaceCaptioner.imageBytes(endpoint.orElseThrow(), apiKey);
    model.ifPresent(builder::model);
    endpoint.ifPresent(builder::endpoint);
    jsonSchema.ifPresent(builder::jsonSchema);
    return builder
        .maxTokens(maxTokens)
        .billTo(billTo.orElse(null))
        .scaleUpTimeout(scaleUp)
        .maxLongEdge(maxLongEdge);
  }

  private static Optional<String> model(SettingsReader in, Payload payload) {
    return payload == Payload.CHAT
        ? Optional.of(
            in.required(
                "model",
                "the model to ask, for example google/gemma-4-31B-it, with or without a provider"
                    + " behind a colon"))
        : in.text("model");
  }

  private static Optional<URI> endpoint(SettingsReader in, Payload payload) {
    if (payload == Payload.IMAGE_BYTES && in.text("endpoint").isEmpty()) {
      in.required(
          "endpoint",
          "the address that takes pictures, for example"
              + " https://ID.eu-west-1.aws.endpoints.huggingface.cloud");
    }
    return in.uri("endpoint");
  }

  private static Optional<String> billTo(SettingsReader in) {
    Optional<String> billTo = in.text("bill-to");
    if (billTo.isPresent() && !ORGANISATION.matcher(billTo.get()).matches()) {
      in.problem("bill-to", "\"" + billTo.get() + "\" is not the name of an organisation");
    }
    return billTo;
  }
}
