package dev.cutline.anthropic;

import dev.cutline.Captioner;
import dev.cutline.Settings;
import dev.cutline.spi.CaptionProvider;

/**
 * Makes captioners of type {@code anthropic}. Public only because {@link java.util.ServiceLoader}
 * needs it.
 */
public final class AnthropicCaptionProvider implements CaptionProvider {
  @Override
  public String id() {
    return "anthropic";
  }

  @Override
  public Captioner create(Settings settings) {
    return AnthropicSettings.read(settings).build();
  }
}
