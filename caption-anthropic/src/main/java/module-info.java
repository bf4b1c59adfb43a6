/** Captions by Anthropic Messages. */
module dev.cutline.anthropic {
  requires static transitive org.jspecify;
  requires transitive dev.cutline.http;
  requires dev.cutline.prompt;
  requires transitive dev.cutline;

  exports dev.cutline.anthropic;

  provides dev.cutline.spi.CaptionProvider with
      dev.cutline.anthropic.AnthropicCaptionProvider;
}
