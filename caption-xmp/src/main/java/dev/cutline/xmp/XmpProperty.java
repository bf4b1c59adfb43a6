package dev.cutline.xmp;

/** The properties that we write. */
enum XmpProperty {
  DESCRIPTION("dc", Namespaces.DC, "description", "Alt"),
  ALT_TEXT("Iptc4xmpCore", Namespaces.IPTC, "AltTextAccessibility", "Alt"),
  SUBJECT("dc", Namespaces.DC, "subject", "Bag"),
  /** Ours: what of the others is by us, see {@link Marks}. */
  WRITTEN("cutline", Namespaces.CUTLINE, "written", "Bag");

  private final String prefix;
  private final String namespace;
  private final String localName;
  private final String container;

  XmpProperty(String prefix, String namespace, String localName, String container) {
    this.prefix = prefix;
    this.namespace = namespace;
    this.localName = localName;
    this.container = container;
  }

  String prefix() {
    return prefix;
  }

  String namespace() {
    return namespace;
  }

  /** Returns the name with the prefix that people know it by. */
  String qualifiedName() {
    return prefix + ":" + localName;
  }

  /** Returns the array of RDF that its items stand in. */
  String container() {
    return container;
  }

  boolean is(String otherNamespace, String otherName) {
    return localName.equals(otherName) && namespace.equals(otherNamespace);
  }

  static boolean isAny(String namespace, String name) {
    for (XmpProperty property : values()) {
      if (property.is(namespace, name)) {
        return true;
      }
    }
    return false;
  }
}
