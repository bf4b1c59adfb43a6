/** Captions by the Hugging Face router and dedicated endpoints. */
module dev.cutline.huggingface {
  requires static transitive org.jspecify;
  requires transitive dev.cutline.http;
  requires dev.cutline.prompt;
  requires transitive dev.cutline;

  exports dev.cutline.huggingface;

  provides dev.cutline.spi.CaptionProvider with
      dev.cutline.huggingface.HuggingFaceCaptionProvider;
}
