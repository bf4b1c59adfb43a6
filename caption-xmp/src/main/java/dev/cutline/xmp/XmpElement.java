package dev.cutline.xmp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An element and where it stands in the text. */
final class XmpElement {
  private final String namespace;
  private final String localName;
  private final String tag;
  private final List<Attribute> attributes;
  private final int start;
  private final int contentStart;
  private final boolean selfClosing;
  private final List<XmpElement> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private boolean parent;
  private int contentEnd;
  private int end;

  XmpElement(String namespace, String localName, List<Attribute> attributes, TagScanner opening) {
    this.namespace = namespace;
    this.localName = localName;
    this.attributes = attributes;
    this.tag = opening.name();
    this.start = opening.start();
    this.contentStart = opening.end();
    this.selfClosing = opening.isSelfClosing();
  }

  /**
   * An attribute.
   *
   * @param tag its name as it is written, with its prefix
   */
  record Attribute(String namespace, String localName, String tag, String value) {}

  /** Adds a child that somebody may ask for. */
  void add(XmpElement child) {
    children.add(child);
  }

  /** Notes that there is a child, whether or not anybody may ask for it. */
  void hasChild() {
    parent = true;
  }

  void addText(String more) {
    text.append(more);
  }

  /** Notes where its content and the whole end. */
  void ends(int contentEnd, int end) {
    this.contentEnd = contentEnd;
    this.end = end;
  }

  boolean is(String otherNamespace, String otherName) {
    return localName.equals(otherName) && namespace.equals(otherNamespace);
  }

  String namespace() {
    return namespace;
  }

  String localName() {
    return localName;
  }

  /** Returns the name as it is written, with its prefix. */
  String tag() {
    return tag;
  }

  /** Returns what stands before the name, with the colon; empty if nothing does. */
  String prefix() {
    return tag.substring(0, tag.indexOf(':') + 1);
  }

  List<Attribute> attributes() {
    return attributes;
  }

  /** Returns the value of an attribute; null if it is not there. */
  @Nullable String attribute(String otherNamespace, String otherName) {
    for (Attribute attribute : attributes) {
      if (attribute.localName().equals(otherName) && attribute.namespace().equals(otherNamespace)) {
        return attribute.value();
      }
    }
    return null;
  }

  /** Returns the children that were kept: not all, see {@link XmpDocument}. */
  List<XmpElement> children() {
    return children;
  }

  boolean isParent() {
    return parent;
  }

  /** Returns the text directly in it, references resolved. */
  String text() {
    return text.toString();
  }

  int start() {
    return start;
  }

  int contentStart() {
    return contentStart;
  }

  int contentEnd() {
    return contentEnd;
  }

  /** Returns the place after its last character. */
  int end() {
    return end;
  }

  boolean isSelfClosing() {
    return selfClosing;
  }
}
