package dev.cutline.xmp;

import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.ImageRecord;
import dev.cutline.Label;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a sidecar is to say of a picture. Immutable.
 *
 * <ul>
 *   <li>{@code dc:description}: the creative caption in each language; the concise one where there
 *       is no creative one. For readers that ask for no language, the description that a person
 *       gave to the picture, or else the caption in the first language.
 *   <li>{@code Iptc4xmpCore:AltTextAccessibility}: the alt text in each language; the empty text
 *       for a picture that is decoration only.
 *   <li>{@code dc:subject}: the tags, then the names of the labels, each once.
 * </ul>
 *
 * Characters that XML 1.0 does not allow are left out, with every other control character but line
 * breaks and tabs.
 */
public final class PictureText {
  /** What XMP calls the text for readers that ask for no language. */
  static final String DEFAULT = "x-default";

  private final Map<String, String> descriptions;
  private final Map<String, String> altTexts;
  private final List<String> keywords;

  private PictureText(
      Map<String, String> descriptions, Map<String, String> altTexts, List<String> keywords) {
    this.descriptions = Collections.unmodifiableMap(descriptions);
    this.altTexts = Collections.unmodifiableMap(altTexts);
    this.keywords = keywords;
  }

  /** Returns what the captions shown, the tags and the labels of a record say. */
  public static PictureText of(ImageRecord record) {
    Map<String, String> descriptions = new LinkedHashMap<>();
    Map<String, String> altTexts = new LinkedHashMap<>();
    for (String language : languages(record)) {
      caption(record, CaptionStyle.CREATIVE, language)
          .or(() -> caption(record, CaptionStyle.CONCISE, language))
          .filter(text -> !text.isEmpty())
          .ifPresent(text -> descriptions.put(language, text));
      caption(record, CaptionStyle.ALT, language).ifPresent(text -> altTexts.put(language, text));
    }
    Optional<String> described =
        record.description().map(XmlText::clean).filter(text -> !text.isEmpty());
    return new PictureText(
        withDefault(described, descriptions),
        withDefault(Optional.empty(), altTexts),
        keywords(record));
  }

  /**
   * Returns the descriptions by language, {@code x-default} first; empty if there are none. A
   * language is a BCP 47 tag.
   */
  public Map<String, String> descriptions() {
    return descriptions;
  }

  /** Returns the alt texts by language, {@code x-default} first; empty if there are none. */
  public Map<String, String> altTexts() {
    return altTexts;
  }

  /** Returns the keywords; no two differ in case only. */
  public List<String> keywords() {
    return keywords;
  }

  /** Tells whether there is nothing to say. */
  public boolean isEmpty() {
    return descriptions.isEmpty() && altTexts.isEmpty() && keywords.isEmpty();
  }

  /** Returns every language with a caption: those wanted first, the one shown before all. */
  private static Set<String> languages(ImageRecord record) {
    Set<String> languages = new LinkedHashSet<>(record.languages());
    record.captions().forEach(caption -> languages.add(caption.language()));
    return languages;
  }

  private static Optional<String> caption(ImageRecord record, CaptionStyle style, String language) {
    return record.caption(style, language).map(CaptionVersion::text).map(XmlText::clean);
  }

  private static Map<String, String> withDefault(
      Optional<String> preferred, Map<String, String> texts) {
    Map<String, String> all = new LinkedHashMap<>();
    preferred
        .or(() -> texts.values().stream().findFirst())
        .ifPresent(text -> all.put(DEFAULT, text));
    all.putAll(texts);
    return all;
  }

  private static List<String> keywords(ImageRecord record) {
    Map<String, String> keywords = new LinkedHashMap<>();
    Stream.concat(record.tags().stream(), record.labels().stream().map(Label::name))
        .map(XmlText::clean)
        .filter(keyword -> !keyword.isEmpty())
        .forEach(keyword -> keywords.putIfAbsent(keyword.toLowerCase(Locale.ROOT), keyword));
    return List.copyOf(keywords.values());
  }
}
