/** Documents of records and captions as JSON text, for every record store. */
module dev.cutline.documents {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires transitive dev.cutline;

  exports dev.cutline.documents;
}
