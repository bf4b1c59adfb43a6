/** Inspects, bounds, strips, decodes, resamples and encodes pictures. */
module dev.cutline.imaging {
  requires static transitive org.jspecify;
  requires transitive dev.cutline;
  requires java.desktop;
  requires org.slf4j;
}
