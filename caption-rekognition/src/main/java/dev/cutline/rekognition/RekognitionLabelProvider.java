package dev.cutline.rekognition;

import dev.cutline.LabelDetector;
import dev.cutline.Settings;
import dev.cutline.spi.Diagnosable;
import dev.cutline.spi.Diagnosis;
import dev.cutline.spi.LabelProvider;
import java.util.List;

/**
 * Makes label detectors of type {@code rekognition}. Public only because {@link
 * java.util.ServiceLoader} needs it.
 */
public final class RekognitionLabelProvider implements LabelProvider, Diagnosable {
  @Override
  public String id() {
    return "rekognition";
  }

  @Override
  public LabelDetector create(Settings settings) {
    return RekognitionSettings.detector(settings).build();
  }

  @Override
  public void validate(Settings settings) {
    RekognitionSettings.detector(settings);
  }

  @Override
  public void diagnose(Settings settings, Diagnosis diagnosis) {
    RekognitionDiagnosis.run(
        settings,
        diagnosis,
        settings.find("moderation").filter(wanted -> !wanted.equals("off")).isPresent()
            ? List.of("rekognition:DetectLabels", "rekognition:DetectModerationLabels")
            : List.of("rekognition:DetectLabels"));
  }
}
