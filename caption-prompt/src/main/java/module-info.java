/** Prompts, the reply schema and the reply parser, for providers that prompt a model. */
module dev.cutline.prompt {
  requires static transitive org.jspecify;
  requires transitive com.fasterxml.jackson.databind;
  requires transitive dev.cutline;

  exports dev.cutline.prompt;
  exports dev.cutline.prompt.chat;
}
