/** One HTTP and JSON sender for providers, with the reason of every failure. */
module dev.cutline.http {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires transitive dev.cutline;
  requires okhttp3;
  requires org.slf4j;
}
