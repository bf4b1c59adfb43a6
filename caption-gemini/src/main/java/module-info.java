/** Captions by Google Gemini. */
module dev.cutline.gemini {
  requires static transitive org.jspecify;
  requires transitive dev.cutline.http;
  requires dev.cutline.prompt;
  requires transitive dev.cutline;

  exports dev.cutline.gemini;

  provides dev.cutline.spi.CaptionProvider with
      dev.cutline.gemini.GeminiCaptionProvider;
}
