/** Captions by OpenAI and every server that speaks like it, Ollama included. */
module dev.cutline.openai {
  requires static transitive org.jspecify;
  requires transitive dev.cutline.http;
  requires transitive dev.cutline.prompt;
  requires transitive dev.cutline;

  exports dev.cutline.openai;

  provides dev.cutline.spi.CaptionProvider with
      dev.cutline.openai.OpenAiCaptionProvider,
      dev.cutline.openai.OllamaCaptionProvider;
}
