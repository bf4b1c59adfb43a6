package dev.cutline.xmp;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * XMP as text, with the places in it that matter to us. Of the tree only {@code rdf:RDF}, the nodes
 * in it and our own {@linkplain XmpProperty properties} with their items are kept, so memory grows
 * with little else than the text. A document type is refused before any parser sees it.
 */
final class XmpDocument {
  /** No program nests that deep: regions of faces, the deepest in use, take 9 levels. */
  private static final String MOST_DEPTH = "100";

  /**
   * Camera Raw writes some 250 settings as attributes of one element; JDK 24 and later allow 200
   * unless told otherwise.
   */
  private static final String MOST_ATTRIBUTES = "10000";

  /**
   * The parser counts escaped characters among the entities, 100,000 at most from JDK 24 on. Where
   * no entity can be declared there is nothing to bound: the text is as long as it is.
   */
  private static final String UNBOUNDED = "0";

  private static final Set<String> ENCODINGS = Set.of("utf-8", "utf8");
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String text;
  private final XmpElement rdf;

  private XmpDocument(String text, XmpElement rdf) {
    this.text = text;
    this.rdf = rdf;
  }

  /** Returns XMP that says nothing. */
  static XmpDocument empty() {
    try {
      return parse(
          """
          <?xml version="1.0" encoding="UTF-8"?>
          <x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Cutline">
           <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
           </rdf:RDF>
          </x:xmpmeta>
          """);
    } catch (MalformedXmpException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads XMP.
   *
   * @throws MalformedXmpException if it is none
   */
  static XmpDocument parse(String text) throws MalformedXmpException {
    checkNoDocumentType(text);
    String body = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(body));
      checkEncoding(reader.getCharacterEncodingScheme());
      XmpElement rdf = new Reading(reader, new TagScanner(text)).rdf();
      if (rdf == null) {
        throw new MalformedXmpException("holds no XMP (no rdf:RDF in it)");
      }
      return new XmpDocument(text, rdf);
    } catch (XMLStreamException e) {
      throw new MalformedXmpException("is no well-formed XML" + where(e), e);
    }
  }

  String text() {
    return text;
  }

  XmpElement rdf() {
    return rdf;
  }

  /** Returns the elements of a property, in whichever node they stand. */
  List<XmpElement> elements(XmpProperty property) {
    return rdf.children().stream()
        .flatMap(node -> node.children().stream())
        .filter(element -> property.is(element.namespace(), element.localName()))
        .toList();
  }

  /** Returns the nodes that have a property as an attribute. */
  List<XmpElement> nodesWithAttribute(XmpProperty property) {
    return rdf.children().stream()
        .filter(
            node ->
                node.attributes().stream().anyMatch(a -> property.is(a.namespace(), a.localName())))
        .toList();
  }

  /** Returns which resource the properties are of: nearly always the empty text, this file. */
  String about() {
    return rdf.children().stream()
        .map(node -> node.attribute(Namespaces.RDF, "about"))
        .filter(about -> about != null)
        .findFirst()
        .orElse("");
  }

  /** Returns the extension of the picture that this is a sidecar of; null if it does not tell. */
  @Nullable String sidecarForExtension() {
    for (XmpElement node : rdf.children()) {
      String value = node.attribute(Namespaces.PHOTOSHOP, Reading.SIDECAR_FOR);
      if (value != null) {
        return value;
      }
      for (XmpElement child : node.children()) {
        if (child.is(Namespaces.PHOTOSHOP, Reading.SIDECAR_FOR)) {
          return child.text().strip();
        }
      }
    }
    return null;
  }

  private static void checkNoDocumentType(String text) throws MalformedXmpException {
    TagScanner tags = new TagScanner(text);
    if (!tags.next()) {
      throw new MalformedXmpException("is no XML");
    }
  }

  private static void checkEncoding(@Nullable String declared) throws MalformedXmpException {
    if (declared != null && !ENCODINGS.contains(declared.toLowerCase(Locale.ROOT))) {
      throw new MalformedXmpException("is declared to be in " + declared + ", not in UTF-8");
    }
  }

  /**
   * The JDK's own parser, whichever others are on the class path. Neither a document type nor an
   * entity gets as far as this; that it would not follow them is for the day when one does.
   */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setProperty("jdk.xml.maxElementDepth", MOST_DEPTH);
    factory.setProperty("jdk.xml.elementAttributeLimit", MOST_ATTRIBUTES);
    factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", UNBOUNDED);
    factory.setProperty("jdk.xml.totalEntitySizeLimit", UNBOUNDED);
    return factory;
  }

  private static String where(XMLStreamException e) {
    int line = e.getLocation() == null ? -1 : e.getLocation().getLineNumber();
    return line < 1 ? "" : " (line " + line + ")";
  }

  /** One pass over the text, by the parser and by the scanner side by side. */
  private static final class Reading {
    static final String SIDECAR_FOR = "SidecarForExtension";

    private final XMLStreamReader reader;
    private final TagScanner tags;
    private final Deque<XmpElement> open = new ArrayDeque<>();
    private @Nullable XmpElement rdf;

    /** How many elements are open below {@code rdf:RDF}, itself included; 0 outside of it. */
    private int depth;

    /** Whether the property that is open is one to be kept. */
    private boolean keeping;

    Reading(XMLStreamReader reader, TagScanner tags) {
      this.reader = reader;
      this.tags = tags;
    }

    @Nullable XmpElement rdf() throws XMLStreamException, MalformedXmpException {
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> start();
          case XMLStreamConstants.END_ELEMENT -> end();
          case XMLStreamConstants.CHARACTERS,
              XMLStreamConstants.CDATA,
              XMLStreamConstants.SPACE -> {
            if (keeping) {
              open.getFirst().addText(reader.getText());
            }
          }
          case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
              throw new MalformedXmpException("refers to entities, which no sidecar does");
          default -> {}
        }
      }
      return rdf;
    }

    private void start() throws MalformedXmpException {
      if (!tags.next() || tags.isClosing()) {
        throw new MalformedXmpException("is no well-formed XML");
      }
      XmpElement element =
          new XmpElement(text(reader.getNamespaceURI()), reader.getLocalName(), attributes(), tags);
      XmpElement parent = open.peek();
      open.push(element);
      if (parent != null) {
        parent.hasChild();
      }
      if (depth == 0) {
        if (open.size() <= 2 && element.is(Namespaces.RDF, "RDF")) {
          begin(element);
        }
        return;
      }
      depth++;
      if (depth == 3) {
        keeping =
            XmpProperty.isAny(element.namespace(), element.localName())
                || element.is(Namespaces.PHOTOSHOP, SIDECAR_FOR);
      }
      if (parent != null && (depth == 2 || keeping && depth <= 5)) {
        parent.add(element);
      }
    }

    private void begin(XmpElement element) throws MalformedXmpException {
      if (rdf != null) {
        throw new MalformedXmpException("holds XMP twice");
      }
      rdf = element;
      depth = 1;
    }

    private void end() throws MalformedXmpException {
      XmpElement element = open.pop();
      if (element.isSelfClosing()) {
        element.ends(element.contentStart(), element.contentStart());
      } else if (tags.next() && tags.isClosing()) {
        element.ends(tags.start(), tags.end());
      } else {
        throw new MalformedXmpException("is no well-formed XML");
      }
      keeping &= depth > 3;
      depth = Math.max(0, depth - 1);
    }

    /** Attributes that somebody may ask for: those of nodes, properties and items. */
    private List<XmpElement.Attribute> attributes() {
      if (depth < 1 || depth > 4) {
        return List.of();
      }
      List<XmpElement.Attribute> attributes = new ArrayList<>();
      for (int i = 0; i < reader.getAttributeCount(); i++) {
        String prefix = text(reader.getAttributePrefix(i));
        String name = reader.getAttributeLocalName(i);
        attributes.add(
            new XmpElement.Attribute(
                text(reader.getAttributeNamespace(i)),
                name,
                prefix.isEmpty() ? name : prefix + ":" + name,
                reader.getAttributeValue(i)));
      }
      return attributes;
    }

    private static String text(@Nullable String text) {
      return text == null ? "" : text;
    }
  }
}
