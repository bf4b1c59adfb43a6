package dev.cutline.rekognition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Settings;
import dev.cutline.spi.Diagnosis;
import dev.cutline.spi.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told of Rekognition without asking it anything. */
class RekognitionDiagnosisTest {
  private final List<Finding> found = new ArrayList<>();
  private final Diagnosis diagnosis = Diagnosis.of("labels", found::add);

  @Test
  void knowsWhatLabelsAndModerationNeed() {
    new RekognitionLabelProvider().diagnose(settings(Map.of()), diagnosis);
    assertThat(diagnosis.needed())
        .contains(
            "{\"Effect\":\"Allow\",\"Action\":[\"rekognition:DetectLabels\"],\"Resource\":[\"*\"]}");

    new RekognitionLabelProvider().diagnose(settings(Map.of("moderation", "flag")), diagnosis);
    assertThat(diagnosis.needed().orElseThrow()).contains("rekognition:DetectModerationLabels");
    assertThat(found).extracting(Finding::subject).as("asked as whom").containsOnly("credentials");
  }

  @Test
  void theRungNeedsNoModeration() {
    new RekognitionCaptionProvider().diagnose(settings(Map.of()), diagnosis);
    assertThat(diagnosis.needed().orElseThrow())
        .contains("rekognition:DetectLabels")
        .doesNotContain("Moderation");
  }

  /** The endpoint keeps AWS from being asked whose the keys are. */
  private static Settings settings(Map<String, String> more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "region", "eu-central-1",
                "endpoint", "http://127.0.0.1:9",
                "access-key", "AKIDEXAMPLE",
                "secret-key", "s"));
    settings.putAll(more);
    return Settings.of(settings);
  }
}
