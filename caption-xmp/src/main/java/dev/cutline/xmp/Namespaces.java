package dev.cutline.xmp;

/** Namespaces of XMP: ISO 16684-1, the IPTC Photo Metadata Standard, Photoshop, and our own. */
final class Namespaces {
  static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  static final String DC = "http://purl.org/dc/elements/1.1/";
  static final String IPTC = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";
  static final String PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/";
  static final String CUTLINE = "https://cutline.dev/ns/xmp/1.0/";
  static final String XML = "http://www.w3.org/XML/1998/namespace";

  private Namespaces() {}
}
