/** Inspects, bounds, strips, decodes, resamples and encodes pictures. */
module dev.cutline.imaging {
  requires static transitive org.jspecify;
  requires transitive dev.cutline;
  requires com.twelvemonkeys.imageio.webp;
  requires java.desktop;
  requires org.slf4j;

  exports dev.cutline.imaging;
}
