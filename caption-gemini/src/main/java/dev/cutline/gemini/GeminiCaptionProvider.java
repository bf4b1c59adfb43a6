package dev.cutline.gemini;

import dev.cutline.Captioner;
import dev.cutline.Settings;
import dev.cutline.spi.CaptionProvider;

/**
 * Makes captioners of type {@code gemini}. Public only because {@link java.util.ServiceLoader}
 * needs it.
 */
public final class GeminiCaptionProvider implements CaptionProvider {
  @Override
  public String id() {
    return "gemini";
  }

  @Override
  public Captioner create(Settings settings) {
    return GeminiSettings.read(settings).build();
  }
}
