package dev.cutline.palette;

import dev.cutline.Captioner;
import dev.cutline.tck.CaptionerContract;

class PaletteContractTest extends CaptionerContract {
  @Override
  protected Captioner open() {
    return PaletteCaptioner.ofDefaults();
  }
}
