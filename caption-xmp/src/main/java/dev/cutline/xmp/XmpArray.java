package dev.cutline.xmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The items of one property and what is to become of them. A property that is not there has none; a
 * plain text, which some programs write in place of an array of one, is one item.
 */
final class XmpArray {
  private static final Set<String> CONTAINERS = Set.of("Bag", "Seq", "Alt");

  /** An attribute within a tag; what stands in its quotes is never taken for another one. */
  private static final Pattern ATTRIBUTE =
      Pattern.compile("(?<name>[^\\s=/>\"']+)\\s*=\\s*(?:\"[^\"]*\"|'[^']*')");

  private final XmpProperty property;
  private final List<Item> items = new ArrayList<>();

  /** The element of the property; null if it is not there, or an attribute. */
  private @Nullable XmpElement element;

  /** What stands before the name of the container, which holds for its items as well. */
  private String prefix = "";

  /** The node that has the property as an attribute; null if it is none. */
  private @Nullable XmpElement attributeOf;

  private XmpArray(XmpProperty property) {
    this.property = property;
  }

  /**
   * Returns the items of a property.
   *
   * @throws MalformedXmpException if it is there twice, or in a form that nobody writes
   */
  static XmpArray of(XmpDocument document, XmpProperty property) throws MalformedXmpException {
    XmpArray array = new XmpArray(property);
    List<XmpElement> elements = document.elements(property);
    List<XmpElement> nodes = document.nodesWithAttribute(property);
    if (elements.size() + nodes.size() > 1) {
      throw new MalformedXmpException("has " + property.qualifiedName() + " twice");
    }
    if (!elements.isEmpty()) {
      array.read(elements.get(0));
    } else if (!nodes.isEmpty()) {
      array.attributeOf = nodes.get(0);
      array.items.add(new Item(null, array.attribute(nodes.get(0)).value(), null));
    }
    return array;
  }

  /** An item: one that is there, or is to be. */
  static final class Item {
    private final @Nullable String language;
    private final @Nullable XmpElement element;
    private @Nullable String text;
    private State state = State.THERE;

    private Item(@Nullable String language, @Nullable String text, @Nullable XmpElement element) {
      this.language = language;
      this.text = text;
      this.element = element;
    }

    private enum State {
      THERE,
      CHANGED,
      REMOVED,
      ADDED
    }

    /** Returns its language; the default one if it tells none. */
    String language() {
      return language == null ? PictureText.DEFAULT : language;
    }

    /** Returns its text; null if there is more to it than a text, which ours never have. */
    @Nullable String text() {
      return text;
    }

    boolean isGone() {
      return state == State.REMOVED;
    }

    void replace(String newText) {
      text = newText;
      state = State.CHANGED;
    }

    void remove() {
      state = State.REMOVED;
    }

    /** Returns it as an element. */
    String element(String prefix) {
      String name = prefix + "li";
      String attribute = language == null ? "" : " xml:lang=\"" + XmlText.escape(language) + "\"";
      String content = XmlText.escape(Objects.requireNonNullElse(text, ""));
      return "<" + name + attribute + ">" + content + "</" + name + ">";
    }
  }

  /** Returns the items that are there, and are to stay or were added. */
  List<Item> items() {
    return items.stream().filter(item -> !item.isGone()).toList();
  }

  /** Returns the item of a language; null if there is none. */
  @Nullable Item item(String language) {
    for (Item item : items()) {
      // Programs write tags in any case.
      if (item.language().toLowerCase(Locale.ROOT).equals(language.toLowerCase(Locale.ROOT))) {
        return item;
      }
    }
    return null;
  }

  /** Adds an item; one of the default language goes before all others, as XMP demands. */
  Item add(@Nullable String language, String text) {
    Item item = new Item(language, text, null);
    item.state = Item.State.ADDED;
    items.add(PictureText.DEFAULT.equals(language) ? 0 : items.size(), item);
    return item;
  }

  /** Writes what has changed. A property without items is taken away. */
  void writeTo(XmpDocument document, Edits edits, NewNode node) {
    if (items.stream().allMatch(item -> item.state == Item.State.THERE)) {
      return;
    }
    if (items().isEmpty()) {
      takeAway(document, edits);
    } else if (items.stream().anyMatch(item -> item.element != null)) {
      items.forEach(item -> write(item, edits));
    } else {
      takeAway(document, edits);
      node.add(property, items());
    }
  }

  private void write(Item item, Edits edits) {
    XmpElement there = item.element;
    if (there == null) {
      insert(item, edits);
    } else if (item.state == Item.State.CHANGED) {
      edits.replace(there.start(), there.end(), item.element(prefix));
    } else if (item.state == Item.State.REMOVED) {
      edits.remove(there.start(), there.end());
    }
  }

  /**
   * Writes a new item before or behind those that are in the text, set off as the first of them.
   */
  private void insert(Item item, Edits edits) {
    List<XmpElement> there =
        items.stream().map(other -> other.element).filter(Objects::nonNull).toList();
    XmpElement first = there.get(0);
    String blanks = edits.blanksBefore(first.start());
    String written = item.element(prefix);
    if (items.indexOf(item) == 0) {
      edits.insert(edits.endOfContentBefore(first.start()), blanks + written);
    } else {
      edits.insert(there.get(there.size() - 1).end(), blanks + written);
    }
  }

  private void takeAway(XmpDocument document, Edits edits) {
    if (element != null) {
      edits.remove(element.start(), element.end());
    } else if (attributeOf != null) {
      takeAwayAttribute(document, edits, attributeOf);
    }
  }

  private void takeAwayAttribute(XmpDocument document, Edits edits, XmpElement node) {
    String name = attribute(node).tag();
    Matcher attributes = ATTRIBUTE.matcher(document.text());
    attributes.region(node.start() + 1 + node.tag().length(), node.contentStart());
    while (attributes.find()) {
      if (attributes.group("name").equals(name)) {
        edits.remove(attributes.start(), attributes.end());
      }
    }
  }

  private XmpElement.Attribute attribute(XmpElement node) {
    return node.attributes().stream()
        .filter(attribute -> property.is(attribute.namespace(), attribute.localName()))
        .findFirst()
        .orElseThrow();
  }

  private void read(XmpElement found) throws MalformedXmpException {
    element = found;
    if (found.attributes().stream().anyMatch(a -> a.namespace().equals(Namespaces.RDF))) {
      throw unknownForm();
    }
    if (!found.isParent()) {
      if (!found.text().isBlank()) {
        String language = found.attribute(Namespaces.XML, "lang");
        items.add(new Item(language, found.text(), null));
      }
      return;
    }
    XmpElement container = found.children().get(0);
    if (found.children().size() > 1
        || !container.namespace().equals(Namespaces.RDF)
        || !CONTAINERS.contains(container.localName())) {
      throw unknownForm();
    }
    prefix = container.prefix();
    for (XmpElement item : container.children()) {
      String language = item.attribute(Namespaces.XML, "lang");
      boolean plain = !item.isParent() && item.attributes().size() == (language == null ? 0 : 1);
      items.add(new Item(language, plain ? item.text() : null, item));
    }
  }

  private MalformedXmpException unknownForm() {
    return new MalformedXmpException(
        "has " + property.qualifiedName() + " in a form that no known program writes");
  }
}
