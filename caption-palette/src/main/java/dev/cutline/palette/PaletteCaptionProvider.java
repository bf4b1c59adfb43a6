package dev.cutline.palette;

import dev.cutline.Captioner;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.spi.CaptionProvider;

/**
 * Makes {@link PaletteCaptioner}s; it has no settings of its own. Public only because {@link
 * java.util.ServiceLoader} needs it.
 */
public final class PaletteCaptionProvider implements CaptionProvider {
  @Override
  public String id() {
    return "palette";
  }

  @Override
  public Captioner create(Settings settings) {
    SettingsReader.of(settings).finish();
    return PaletteCaptioner.ofDefaults();
  }
}
