/** Meters and spans of what the chain of captioners does. */
module dev.cutline.micrometer {
  requires static transitive org.jspecify;
  requires transitive dev.cutline;
  requires transitive dev.cutline.core;
  requires micrometer.commons;
  requires transitive micrometer.core;
  requires transitive micrometer.observation;

  exports dev.cutline.micrometer;
}
