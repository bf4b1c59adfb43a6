package dev.cutline.rekognition;

import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.aws.AwsSettings;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings of both types {@code rekognition}; the README of this module has the table. */
final class RekognitionSettings {
  private static final String ON_FAILURE = "moderation-on-failure";

  private RekognitionSettings() {}

  /**
   * Returns a builder of a label detector with all settings.
   *
   * @throws InvalidSettingsException with every problem
   */
  static RekognitionLabelDetector.Builder detector(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    AwsSettings aws = AwsSettings.read(in);
    Moderation moderation = in.choice("moderation", Moderation.class, Moderation.OFF);
    double confidence =
        in.amount("moderation-confidence", BigDecimal.ONE)
            .map(BigDecimal::doubleValue)
            .orElse(RekognitionLabelDetector.MODERATION_CONFIDENCE);
    boolean wanted =
        in.text("moderation").filter(text -> !text.equalsIgnoreCase("off")).isPresent();
    Optional<OnFailure> onFailure =
        in.text(ON_FAILURE).map(text -> in.choice(ON_FAILURE, OnFailure.class, OnFailure.CLOSED));
    if (!wanted) {
      Stream.of("moderation-confidence", ON_FAILURE)
          .filter(key -> in.text(key).isPresent())
          .forEach(key -> in.problem(key, "is of no use without moderation: set that too"));
    }
    in.finish();
    RekognitionLabelDetector.Builder builder =
        RekognitionLabelDetector.builder(aws)
            .moderation(moderation)
            .moderationConfidence(confidence);
    onFailure.ifPresent(builder::onFailure);
    return builder;
  }

  /**
   * Returns a captioner with all settings.
   *
   * @throws InvalidSettingsException with every problem
   */
  static RekognitionCaptioner captioner(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    AwsSettings aws = AwsSettings.read(in);
    in.finish();
    return RekognitionCaptioner.of(aws);
  }
}
