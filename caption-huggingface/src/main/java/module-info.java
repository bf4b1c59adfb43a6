/** Captions by the Hugging Face router and dedicated endpoints. */
module dev.cutline.huggingface {
  requires static transitive org.jspecify;
  requires dev.cutline.http;
  requires dev.cutline.prompt;
  requires transitive dev.cutline;
}
