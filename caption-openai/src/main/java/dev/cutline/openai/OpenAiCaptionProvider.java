package dev.cutline.openai;

import dev.cutline.Captioner;
import dev.cutline.Settings;
import dev.cutline.spi.CaptionProvider;

/**
 * Makes captioners of type {@code openai}. Public only because {@link java.util.ServiceLoader}
 * needs it.
 */
public final class OpenAiCaptionProvider implements CaptionProvider {
  @Override
  public String id() {
    return "openai";
  }

  @Override
  public Captioner create(Settings settings) {
    return OpenAiSettings.read(settings).build();
  }
}
