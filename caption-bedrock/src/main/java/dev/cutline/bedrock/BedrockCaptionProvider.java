package dev.cutline.bedrock;

import dev.cutline.Captioner;
import dev.cutline.Settings;
import dev.cutline.spi.CaptionProvider;

/**
 * Makes captioners of type {@code bedrock}. Public only because {@link java.util.ServiceLoader}
 * needs it.
 */
public final class BedrockCaptionProvider implements CaptionProvider {
  @Override
  public String id() {
    return "bedrock";
  }

  @Override
  public Captioner create(Settings settings) {
    return BedrockSettings.read(settings).build();
  }
}
