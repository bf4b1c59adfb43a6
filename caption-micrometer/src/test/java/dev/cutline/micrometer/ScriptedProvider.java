package dev.cutline.micrometer;

import dev.cutline.Captioner;
import dev.cutline.Settings;
import dev.cutline.spi.CaptionProvider;

/** Found by ServiceLoader, as a provider of an application is. */
public final class ScriptedProvider implements CaptionProvider {
  @Override
  public String id() {
    return "scripted";
  }

  @Override
  public Captioner create(Settings settings) {
    return ScriptedCaptioner.model(ScriptedCaptioner.answers("A boat on calm water"));
  }
}
