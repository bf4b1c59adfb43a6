package dev.cutline.bedrock;

import dev.cutline.Captioner;
import dev.cutline.Settings;
import dev.cutline.spi.CaptionProvider;
import dev.cutline.spi.Diagnosable;
import dev.cutline.spi.Diagnosis;

/**
 * Makes captioners of type {@code bedrock}. Public only because {@link java.util.ServiceLoader}
 * needs it.
 */
public final class BedrockCaptionProvider implements CaptionProvider, Diagnosable {
  @Override
  public String id() {
    return "bedrock";
  }

  @Override
  public Captioner create(Settings settings) {
    return BedrockSettings.read(settings).build();
  }

  @Override
  public void validate(Settings settings) {
    BedrockSettings.read(settings);
  }

  @Override
  public void diagnose(Settings settings, Diagnosis diagnosis) {
    new BedrockDiagnosis(settings, diagnosis).run();
  }
}
