package dev.cutline.huggingface;

import dev.cutline.InvalidSettingsException;
import dev.cutline.Secret;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.prompt.chat.ChatOptions;
import dev.cutline.prompt.chat.ChatSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings of a rung of type {@code huggingface}; the README of this module has the table.
 * {@code api-key} is required, and {@code model} for the payload {@code chat}, {@code endpoint} for
 * {@code image-bytes}.
 */
final class HuggingFaceSettings {
  private static final Pattern ORGANISATION = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private static final String BILL_TO = "bill-to";

  private HuggingFaceSettings() {}

  /** What a server is sent. */
  private enum Payload {
    /** Chat completions: the router, and dedicated endpoints that run vLLM, SGLang or TGI. */
    CHAT,
    /** The bytes of the picture: dedicated endpoints of the task image-to-text. */
    IMAGE_BYTES
  }

  /**
   * Returns a builder with all settings.
   *
   * @throws InvalidSettingsException with every problem
   */
  static HuggingFaceCaptioner.Builder read(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    Secret apiKey = in.requiredSecret("api-key", "env:HF_TOKEN");
    Duration none = Duration.ZERO;
    Duration scaleUp = in.duration("scale-up-timeout", none, none, Duration.ofHours(1));
    return in.choice("payload", Payload.class, Payload.CHAT) == Payload.CHAT
        ? chat(in, apiKey).scaleUpTimeout(scaleUp)
        : imageBytes(in, apiKey).scaleUpTimeout(scaleUp);
  }

  private static HuggingFaceCaptioner.Builder chat(SettingsReader in, Secret apiKey) {
    String model =
        in.required(
            "model",
            "the model to ask, for example google/gemma-4-31B-it, with or without a provider behind"
                + " a colon");
    ChatOptions options = ChatSettings.read(in, HuggingFaceCaptioner.usualOptions(model));
    Optional<URI> endpoint = in.uri("endpoint");
    Optional<String> billTo =
        in.matching(BILL_TO, ORGANISATION, "the name of an organisation such as acme");
    int maxLongEdge =
        in.integer("max-long-edge", HuggingFaceCaptioner.Builder.USUAL_LONG_EDGE, 64, 16_384);
    in.finish();

    HuggingFaceCaptioner.Builder builder =
        HuggingFaceCaptioner.chat(options, apiKey)
            .billTo(billTo.orElse(null))
            .maxLongEdge(maxLongEdge);
    endpoint.ifPresent(builder::endpoint);
    return builder;
  }

  private static HuggingFaceCaptioner.Builder imageBytes(SettingsReader in, Secret apiKey) {
    if (in.text("endpoint").isEmpty()) {
      in.required(
          "endpoint",
          "the address that takes pictures, for example"
              + " https://ID.eu-west-1.aws.endpoints.huggingface.cloud");
    }
    Optional<URI> endpoint = in.uri("endpoint");
    Optional<String> model = in.text("model");
    int maxLongEdge =
        in.integer("max-long-edge", HuggingFaceCaptioner.LONG_EDGE_OF_TASKS, 64, 16_384);
    Stream.concat(ChatSettings.KEYS.stream(), Stream.of(BILL_TO))
        .filter(key -> in.text(key).isPresent())
        .forEach(key -> in.problem(key, "only the payload chat has it"));
    in.finish();

    URI place = endpoint.orElseThrow();
    return HuggingFaceCaptioner.imageBytes(model.orElseGet(place::getHost), place, apiKey)
        .maxLongEdge(maxLongEdge);
  }
}
