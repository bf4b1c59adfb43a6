/** One HTTP and JSON sender for providers, with the reason of every failure. */
module dev.cutline.http {
  requires static transitive org.jspecify;
  requires transitive com.fasterxml.jackson.databind;
  requires transitive dev.cutline;
  requires transitive dev.cutline.prompt;
  requires kotlin.stdlib;
  requires transitive okhttp3;
  requires okio;
  requires org.slf4j;

  exports dev.cutline.http;
}
