/** An honest description of colour, light and shape, without a model. */
module dev.cutline.palette {
  requires static transitive org.jspecify;
  requires transitive dev.cutline;
  requires java.desktop;

  exports dev.cutline.palette;

  provides dev.cutline.spi.CaptionProvider with
      dev.cutline.palette.PaletteCaptionProvider;
}
