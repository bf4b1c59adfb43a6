package dev.cutline.rekognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.InvalidSettingsException;
import dev.cutline.LabelDetector;
import dev.cutline.Settings;
import dev.cutline.spi.CaptionProvider;
import dev.cutline.spi.LabelProvider;
import dev.cutline.tck.CaptionProviderContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RekognitionProvidersTest extends CaptionProviderContract {
  private static final String PROFILES = "aws.configFile";

  /** Away from the profiles of whoever runs the tests. */
  @BeforeEach
  void hideProfiles() {
    System.setProperty(PROFILES, home.resolve("no-such-file").toString());
  }

  @AfterEach
  void showProfiles() {
    System.clearProperty(PROFILES);
  }

  @Override
  protected Class<? extends CaptionProvider> provider() {
    return RekognitionCaptionProvider.class;
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("region", "us-east-1");
  }

  @Override
  protected Map<String, String> required() {
    return Map.of("region", "AWS_REGION");
  }

  @Override
  protected Map<String, String> wrong() {
    return Map.of("region", "Frankfurt am Main", "endpoint", "rekognition.amazonaws.com");
  }

  @Test
  void labelsAreFoundOnceByTheirId() {
    assertThat(ServiceLoader.load(LabelProvider.class))
        .extracting(LabelProvider::id)
        .containsExactly("rekognition");
  }

  @Test
  void readsEverySettingOfLabels() {
    Settings settings =
        Settings.of(
            Map.of(
                "region", "eu-west-1",
                "endpoint", "https://vpce.example",
                "moderation", "block",
                "moderation-confidence", "0.8",
                "moderation-on-failure", "open"));
    try (LabelDetector detector = new RekognitionLabelProvider().create(settings)) {
      assertThat(detector)
          .hasToString("labels of Rekognition in eu-west-1 at https://vpce.example");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "off, , false",
    "flag, , false",
    "flag, closed, true",
    "block, , true",
    "block, closed, true",
    "block, open, false"
  })
  void letsNothingPassUnseenWhereItBlocksUnlessToldTo(
      String moderation, @Nullable String onFailure, boolean gate) {
    Map<String, String> settings = new HashMap<>(settings());
    settings.put("moderation", moderation);
    if (onFailure != null) {
      settings.put("moderation-on-failure", onFailure);
    }
    try (LabelDetector detector = new RekognitionLabelProvider().create(Settings.of(settings))) {
      assertThat(detector.isGate()).isEqualTo(gate);
    }
  }

  @Test
  void namesEveryProblemOfLabelsAtOnce() {
    assertThat(
            problems(
                Map.of(
                    "region",
                    "Mars",
                    "moderation",
                    "maybe",
                    "moderation-confidence",
                    "2",
                    "moderation-on-failure",
                    "ajar",
                    "x",
                    "y")))
        .hasSize(5);
    for (String key : List.of("moderation-confidence", "moderation-on-failure")) {
      String value = key.endsWith("confidence") ? "0.5" : "open";
      assertThat(problems(Map.of("region", "eu-west-1", key, value)))
          .singleElement()
          .asString()
          .contains(key, "without moderation");
    }
  }

  private static List<String> problems(Map<String, String> settings) {
    return catchThrowableOfType(
            InvalidSettingsException.class,
            () -> new RekognitionLabelProvider().create(Settings.of(settings)))
        .problems();
  }
}
