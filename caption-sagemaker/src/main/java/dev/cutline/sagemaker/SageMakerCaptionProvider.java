package dev.cutline.sagemaker;

import dev.cutline.Captioner;
import dev.cutline.Settings;
import dev.cutline.spi.CaptionProvider;

/**
 * Makes captioners of type {@code sagemaker}. Public only because {@link java.util.ServiceLoader}
 * needs it.
 */
public final class SageMakerCaptionProvider implements CaptionProvider {
  @Override
  public String id() {
    return "sagemaker";
  }

  @Override
  public Captioner create(Settings settings) {
    return SageMakerSettings.read(settings).build();
  }
}
