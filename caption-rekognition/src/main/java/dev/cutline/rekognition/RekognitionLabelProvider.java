package dev.cutline.rekognition;

import dev.cutline.LabelDetector;
import dev.cutline.Settings;
import dev.cutline.spi.LabelProvider;

/**
 * Makes label detectors of type {@code rekognition}. Public only because {@link
 * java.util.ServiceLoader} needs it.
 */
public final class RekognitionLabelProvider implements LabelProvider {
  @Override
  public String id() {
    return "rekognition";
  }

  @Override
  public LabelDetector create(Settings settings) {
    return RekognitionSettings.detector(settings).build();
  }
}
