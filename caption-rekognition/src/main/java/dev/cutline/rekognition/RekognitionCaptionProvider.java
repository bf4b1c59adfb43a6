package dev.cutline.rekognition;

import dev.cutline.Captioner;
import dev.cutline.Settings;
import dev.cutline.spi.CaptionProvider;

/**
 * Makes captioners of type {@code rekognition}. Public only because {@link java.util.ServiceLoader}
 * needs it.
 */
public final class RekognitionCaptionProvider implements CaptionProvider {
  @Override
  public String id() {
    return "rekognition";
  }

  @Override
  public Captioner create(Settings settings) {
    return RekognitionSettings.captioner(settings);
  }
}
