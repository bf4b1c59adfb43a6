package dev.cutline.sagemaker;

import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.aws.AwsSettings;
import dev.cutline.prompt.chat.ChatOptions;
import dev.cutline.prompt.chat.ChatSettings;
import java.util.Optional;

/**
 * The settings of a rung of type {@code sagemaker}; the README of this module has the table. {@code
 * endpoint-name} and {@code region} are required.
 */
final class SageMakerSettings {
  private SageMakerSettings() {}

  /**
   * Returns a builder with all settings.
   *
   * @throws InvalidSettingsException with every problem
   */
  static SageMakerCaptioner.Builder read(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    String endpointName =
        in.required("endpoint-name", "the name of the endpoint in SageMaker, for example blip");
    AwsSettings aws = AwsSettings.read(in);
    in.uri("control-endpoint"); // for a diagnosis
    Payload payload = in.choice("payload", Payload.class, Payload.HF_IMAGE_BYTES);
    Optional<String> component = in.text("inference-component");
    boolean compose = in.bool("compose", false);
    int maxLongEdge = in.integer("max-long-edge", SageMakerCaptioner.USUAL_LONG_EDGE, 200, 8_000);
    Optional<Integer> maxBytes =
        in.text("max-bytes").map(text -> in.integer("max-bytes", 1_000_000, 100_000, 25_000_000));
    ChatOptions chat =
        ChatSettings.read(in, ChatOptions.builder(in.text("model", endpointName)).build());
    in.finish();

    SageMakerCaptioner.Builder builder =
        SageMakerCaptioner.builder(endpointName, aws)
            .payload(payload)
            .component(component.orElse(null))
            .compose(compose)
            .maxLongEdge(maxLongEdge)
            .chat(chat);
    maxBytes.ifPresent(builder::maxBytes);
    return builder;
  }
}
