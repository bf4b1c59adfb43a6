package dev.cutline.rekognition;

import dev.cutline.Captioner;
import dev.cutline.Settings;
import dev.cutline.spi.CaptionProvider;
import dev.cutline.spi.Diagnosable;
import dev.cutline.spi.Diagnosis;
import java.util.List;

/**
 * Makes captioners of type {@code rekognition}. Public only because {@link java.util.ServiceLoader}
 * needs it.
 */
public final class RekognitionCaptionProvider implements CaptionProvider, Diagnosable {
  @Override
  public String id() {
    return "rekognition";
  }

  @Override
  public Captioner create(Settings settings) {
    return RekognitionSettings.captioner(settings);
  }

  @Override
  public void validate(Settings settings) {
    RekognitionSettings.captioner(settings).close();
  }

  @Override
  public void diagnose(Settings settings, Diagnosis diagnosis) {
    RekognitionDiagnosis.run(settings, diagnosis, List.of("rekognition:DetectLabels"));
  }
}
