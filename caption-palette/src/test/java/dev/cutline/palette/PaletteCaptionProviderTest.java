package dev.cutline.palette;

import dev.cutline.spi.CaptionProvider;
import dev.cutline.tck.CaptionProviderContract;
import java.util.Map;

class PaletteCaptionProviderTest extends CaptionProviderContract {
  @Override
  protected Class<? extends CaptionProvider> provider() {
    return PaletteCaptionProvider.class;
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of();
  }
}
