/** Captions by OpenAI and every server that speaks like it, Ollama included. */
module dev.cutline.openai {
  requires static transitive org.jspecify;
  requires dev.cutline.http;
  requires dev.cutline.prompt;
  requires transitive dev.cutline;
}
