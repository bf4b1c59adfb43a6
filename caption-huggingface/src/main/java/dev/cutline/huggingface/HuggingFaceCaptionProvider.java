package dev.cutline.huggingface;

import dev.cutline.Captioner;
import dev.cutline.Settings;
import dev.cutline.spi.CaptionProvider;

/**
 * Makes captioners of type {@code huggingface}. Public only because {@link java.util.ServiceLoader}
 * needs it.
 */
public final class HuggingFaceCaptionProvider implements CaptionProvider {
  @Override
  public String id() {
    return "huggingface";
  }

  @Override
  public Captioner create(Settings settings) {
    return HuggingFaceSettings.read(settings).build();
  }
}
