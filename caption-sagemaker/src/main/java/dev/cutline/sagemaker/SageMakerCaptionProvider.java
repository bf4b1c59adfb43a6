package dev.cutline.sagemaker;

import dev.cutline.Captioner;
import dev.cutline.Settings;
import dev.cutline.spi.CaptionProvider;
import dev.cutline.spi.Diagnosable;
import dev.cutline.spi.Diagnosis;

/**
 * Makes captioners of type {@code sagemaker}. Public only because {@link java.util.ServiceLoader}
 * needs it.
 */
public final class SageMakerCaptionProvider implements CaptionProvider, Diagnosable {
  @Override
  public String id() {
    return "sagemaker";
  }

  @Override
  public Captioner create(Settings settings) {
    return SageMakerSettings.read(settings).build();
  }

  @Override
  public void validate(Settings settings) {
    SageMakerSettings.read(settings);
  }

  @Override
  public void diagnose(Settings settings, Diagnosis diagnosis) {
    new EndpointDiagnosis(settings, diagnosis).run();
  }
}
