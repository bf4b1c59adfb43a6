package dev.cutline.xmp;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts what we have to say into XMP that may say something already. Only what we wrote, and nobody
 * has changed since, is replaced or removed; what somebody else wrote, changed or removed stays so,
 * unless it is to be replaced. Used once.
 */
final class Merge {
  private final XmpDocument document;
  private final boolean replace;
  private final Marks marks;
  private final Map<XmpProperty, XmpArray> arrays = new EnumMap<>(XmpProperty.class);
  private final Set<String> kept = new LinkedHashSet<>();
  private final NewNode node = new NewNode();

  private Merge(XmpDocument document, boolean replace) throws MalformedXmpException {
    this.document = document;
    this.replace = replace;
    this.marks = Marks.of(document);
    for (XmpProperty property : XmpProperty.values()) {
      arrays.put(
          property,
          property == XmpProperty.WRITTEN ? marks.array() : XmpArray.of(document, property));
    }
  }

  /**
   * Text with everything merged.
   *
   * @param text the same as before if nothing had to change
   * @param kept where somebody else's words stand in place of ours
   */
  record Result(String text, List<String> kept) {}

  /**
   * Merges.
   *
   * @param replace whether ours take the place of somebody else's
   * @param extension the extension of the picture, to be told in the sidecar; null: it is not told
   * @throws MalformedXmpException if the properties that are there cannot be understood
   */
  static Result of(
      XmpDocument document, PictureText text, boolean replace, @Nullable String extension)
      throws MalformedXmpException {
    Merge merge = new Merge(document, replace);
    if (extension != null) {
      merge.node.add("photoshop", Namespaces.PHOTOSHOP, "SidecarForExtension", extension);
    }
    merge.alternatives(XmpProperty.DESCRIPTION, text.descriptions());
    merge.alternatives(XmpProperty.ALT_TEXT, text.altTexts());
    merge.keywords(text.keywords());
    return new Result(merge.write(), List.copyOf(merge.kept));
  }

  private XmpArray array(XmpProperty property) {
    XmpArray array = arrays.get(property);
    if (array == null) {
      throw new IllegalStateException(property.name());
    }
    return array;
  }

  private void alternatives(XmpProperty property, Map<String, String> wanted) {
    XmpArray array = array(property);
    for (XmpArray.Item item : array.items()) {
      if (!isWanted(item, wanted) && isOurs(property, item)) {
        item.remove();
        marks.remove(Marks.key(property, item.language()), String.valueOf(item.text()));
      }
    }
    List<String> languages = List.copyOf(wanted.keySet());
    boolean othersFirst = hasOthers(property, wanted);
    wanted.forEach(
        (language, text) -> {
          // The default and the first language are the same words: whoever has written the one
          // would not be read any more where the other stood beside it.
          boolean first = languages.indexOf(language) <= 1;
          alternative(property, language, text, first && othersFirst);
        });
  }

  /**
   * Tells whether the default is somebody else's: written as such, or the first of several where
   * none is called so.
   */
  private boolean hasOthers(XmpProperty property, Map<String, String> wanted) {
    XmpArray array = array(property);
    XmpArray.Item byDefault = array.item(PictureText.DEFAULT);
    if (byDefault != null) {
      return !isSettled(property, byDefault, wanted);
    }
    return array.items().stream().anyMatch(item -> !isSettled(property, item, wanted));
  }

  /** Tells whether an item is ours, or says what ours would. */
  private boolean isSettled(XmpProperty property, XmpArray.Item item, Map<String, String> wanted) {
    return isOurs(property, item) || isWanted(item, wanted) && says(item, wanted);
  }

  private void alternative(XmpProperty property, String language, String text, boolean standsBack) {
    XmpArray array = array(property);
    String key = Marks.key(property, language);
    XmpArray.Item item = array.item(language);
    if (item == null) {
      if (replace || !standsBack && !marks.has(key)) {
        array.add(language, text);
        marks.put(key, text);
      } else {
        kept.add(property.qualifiedName() + " " + language);
      }
    } else if (text.equals(item.text())) {
      return;
    } else if (replace || isOurs(property, item)) {
      item.replace(text);
      marks.put(key, text);
    } else {
      kept.add(property.qualifiedName() + " " + language);
    }
  }

  private boolean isOurs(XmpProperty property, XmpArray.Item item) {
    String text = item.text();
    return text != null && marks.has(Marks.key(property, item.language()), text);
  }

  private static boolean isWanted(XmpArray.Item item, Map<String, String> wanted) {
    return wanted.keySet().stream()
        .anyMatch(language -> language.equalsIgnoreCase(item.language()));
  }

  private static boolean says(XmpArray.Item item, Map<String, String> wanted) {
    return wanted.entrySet().stream()
        .anyMatch(
            entry ->
                entry.getKey().equalsIgnoreCase(item.language())
                    && entry.getValue().equals(item.text()));
  }

  private void keywords(List<String> wanted) {
    String key = XmpProperty.SUBJECT.qualifiedName();
    XmpArray array = array(XmpProperty.SUBJECT);
    for (XmpArray.Item item : array.items()) {
      String text = item.text();
      if (text != null
          && marks.has(key, text)
          && wanted.stream().noneMatch(keyword -> keyword.equalsIgnoreCase(text))) {
        item.remove();
        marks.remove(key, text);
      }
    }
    for (String keyword : wanted) {
      boolean there =
          array.items().stream().anyMatch(item -> keyword.equalsIgnoreCase(item.text()));
      if (there) {
        continue;
      }
      if (replace || !marks.has(key, keyword)) {
        array.add(null, keyword);
        marks.add(key, keyword);
      } else {
        kept.add(key + " " + keyword);
      }
    }
  }

  /**
   * Returns the changed text, once it is read again and says what it should: whatever strange form
   * was met, nothing that is wrong gets written.
   */
  private String write() throws MalformedXmpException {
    Edits edits = new Edits(document.text());
    for (XmpArray array : arrays.values()) {
      array.writeTo(document, edits, node);
    }
    node.writeTo(document, edits);
    String changed = edits.apply();
    if (changed.equals(document.text())) {
      return changed;
    }
    XmpDocument again = XmpDocument.parse(changed);
    for (XmpProperty property : XmpProperty.values()) {
      if (!texts(XmpArray.of(again, property)).equals(texts(array(property)))) {
        throw new MalformedXmpException(
            "has " + property.qualifiedName() + " in a form that cannot be changed safely");
      }
    }
    return changed;
  }

  private static List<String> texts(XmpArray array) {
    List<String> texts = new ArrayList<>();
    array.items().forEach(item -> texts.add(item.language() + " " + item.text()));
    return texts;
  }
}
