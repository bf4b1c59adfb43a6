package dev.cutline.openai;

import dev.cutline.Captioner;
import dev.cutline.Settings;
import dev.cutline.spi.CaptionProvider;

/**
 * Makes captioners of type {@code ollama}. Public only because {@link java.util.ServiceLoader}
 * needs it.
 */
public final class OllamaCaptionProvider implements CaptionProvider {
  @Override
  public String id() {
    return "ollama";
  }

  @Override
  public Captioner create(Settings settings) {
    return OllamaSettings.read(settings).build();
  }
}
