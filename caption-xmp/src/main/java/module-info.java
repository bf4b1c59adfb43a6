/** Captions, alt texts and keywords in XMP sidecars beside the pictures. */
module dev.cutline.xmp {
  requires static transitive org.jspecify;
  requires transitive dev.cutline;
  requires java.xml;

  exports dev.cutline.xmp;
}
