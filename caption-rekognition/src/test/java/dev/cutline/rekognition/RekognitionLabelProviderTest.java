package dev.cutline.rekognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.InvalidSettingsException;
import dev.cutline.LabelDetector;
import dev.cutline.Settings;
import dev.cutline.httptest.NoAwsProfiles;
import dev.cutline.spi.LabelProvider;
import dev.cutline.tck.LabelProviderContract;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(NoAwsProfiles.class)
class RekognitionLabelProviderTest extends LabelProviderContract {
  @Override
  protected Class<? extends LabelProvider> provider() {
    return RekognitionLabelProvider.class;
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
    return Map.of(
        "region", "Mars",
        "moderation", "maybe",
        "moderation-confidence", "2",
        "moderation-on-failure", "ajar");
  }

  @Test
  void readsEverySetting() {
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

  @ParameterizedTest
  @CsvSource({"moderation-confidence, 0.5", "moderation-on-failure, open"})
  void refusesWhatIsOfNoUseWithoutModeration(String key, String value) {
    Settings settings = Settings.of(Map.of("region", "eu-west-1", key, value));

    assertThat(
            catchThrowableOfType(
                    InvalidSettingsException.class,
                    () -> new RekognitionLabelProvider().create(settings))
                .problems())
        .singleElement()
        .asString()
        .contains(key, "without moderation");
  }
}
