package dev.cutline.xmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A node of properties that were not there before. It stands beside those of others, as programs
 * write them that use one for each namespace, and declares the prefixes that it uses, so it depends
 * on nothing in theirs.
 */
final class NewNode {
  private final List<String> lines = new ArrayList<>();
  private final Map<String, String> namespaces = new TreeMap<>();

  /** Adds a property with at least one item. */
  void add(XmpProperty property, List<XmpArray.Item> items) {
    namespaces.put(property.prefix(), property.namespace());
    lines.add("  <" + property.qualifiedName() + ">");
    lines.add("   <rdf:" + property.container() + ">");
    items.forEach(item -> lines.add("    " + item.element("rdf:")));
    lines.add("   </rdf:" + property.container() + ">");
    lines.add("  </" + property.qualifiedName() + ">");
  }

  /** Adds a property that is a plain text. */
  void add(String prefix, String namespace, String localName, String value) {
    namespaces.put(prefix, namespace);
    String name = prefix + ":" + localName;
    lines.add("  <" + name + ">" + XmlText.escape(value) + "</" + name + ">");
  }

  /** Writes the node, if there is anything in it, at the end of a document. */
  void writeTo(XmpDocument document, Edits edits) {
    if (lines.isEmpty()) {
      return;
    }
    String lineBreak = document.text().contains("\r\n") ? "\r\n" : "\n";
    String node = lineBreak + String.join(lineBreak, node(document.about()));
    XmpElement rdf = document.rdf();
    if (rdf.isSelfClosing()) {
      edits.replace(rdf.end() - 2, rdf.end(), ">" + node + lineBreak + "</" + rdf.tag() + ">");
    } else {
      edits.insert(edits.endOfContentBefore(rdf.contentEnd()), node);
    }
  }

  private List<String> node(String about) {
    List<String> node = new ArrayList<>();
    node.add(" <rdf:Description rdf:about=\"" + XmlText.escape(about) + "\"");
    node.add("   xmlns:rdf=\"" + Namespaces.RDF + "\"");
    namespaces.forEach((prefix, uri) -> node.add("   xmlns:" + prefix + "=\"" + uri + "\""));
    node.set(node.size() - 1, node.get(node.size() - 1) + ">");
    node.addAll(lines);
    node.add(" </rdf:Description>");
    return node;
  }
}
