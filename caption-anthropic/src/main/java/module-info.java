/** Captions by Anthropic Messages. */
module dev.cutline.anthropic {
  requires static transitive org.jspecify;
  requires dev.cutline.http;
  requires dev.cutline.prompt;
  requires transitive dev.cutline;
}
