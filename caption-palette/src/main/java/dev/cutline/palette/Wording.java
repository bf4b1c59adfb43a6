package dev.cutline.palette;

import static java.util.stream.Collectors.toSet;

import dev.cutline.CaptionStyle;
import dev.cutline.palette.Traits.Contrast;
import dev.cutline.palette.Traits.Light;
import dev.cutline.palette.Traits.Medium;
import dev.cutline.palette.Traits.Swatch;
import dev.cutline.palette.Traits.Tone;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts traits into words of one language. The words and sentences are in the resource bundles; here
 * is only which of them are used, and that a text that would be too long says less instead.
 * Thread-safe.
 */
final class Wording {
  private static final int MAX_CONCISE_WORDS = 10;
  private static final int MAX_ALT_LENGTH = 125;
  private static final Comparator<Swatch> BY_LIGHTNESS =
      Comparator.comparingDouble(swatch -> swatch.mean().lightness());
  private static final Set<Colour> BLACK_AND_WHITE = Set.of(Colour.BLACK, Colour.WHITE);
  private static final Pattern SLOT = Pattern.compile("\\{([a-z0-9.]+)}");

  private final Locale locale;
  private final ResourceBundle words;

  private Wording(Locale locale, ResourceBundle words) {
    this.locale = locale;
    this.words = words;
  }

  /** Returns the wording of a primary language that there is a bundle for. */
  static Wording of(String language) {
    Locale locale = Locale.forLanguageTag(language);
    return new Wording(locale, ResourceBundle.getBundle(Wording.class.getName(), locale));
  }

  String text(CaptionStyle style, Traits traits) {
    return capitalised(
        switch (style) {
          case CONCISE -> concise(traits);
          case CREATIVE -> creative(traits);
          case ALT -> alt(traits);
        });
  }

  private String concise(Traits traits) {
    Map<String, String> slots = slots(traits);
    if (traits.medium() == Medium.FLAT) {
      return fill("concise.flat", slots);
    }
    List<String> candidates = new ArrayList<>();
    for (List<Swatch> colours : shorterAndShorter(traits)) {
      for (Light light : List.of(traits.light(), Light.MEDIUM)) {
        slots.put("what", what(traits.medium(), light));
        slots.put("colours", colours(colours));
        candidates.add(fill("concise", slots));
      }
    }
    return firstThat(Wording::isConcise, candidates);
  }

  private String alt(Traits traits) {
    Map<String, String> slots = slots(traits);
    if (traits.medium() == Medium.FLAT) {
      return fill("alt.flat", slots);
    }
    slots.put("what", what(traits.medium(), traits.light()));
    List<String> bits = new ArrayList<>();
    bits.add(colours(traits.colours()));
    if (traits.medium() != Medium.GRADIENT) {
      bits.add(words.getString("alt.focus." + key(traits.focus())));
    }
    if (traits.contrast() != Contrast.MEDIUM) {
      bits.add(words.getString("alt.contrast." + key(traits.contrast())));
    }
    if (traits.tone() != Tone.BALANCED) {
      bits.add(words.getString("alt.tone." + key(traits.tone())));
    }
    List<String> candidates = new ArrayList<>();
    for (int kept = bits.size(); kept > 0; kept--) {
      slots.put("bits", String.join(", ", bits.subList(0, kept)));
      candidates.add(fill("alt", slots));
    }
    return firstThat(text -> text.length() <= MAX_ALT_LENGTH, candidates);
  }

  private String creative(Traits traits) {
    Map<String, String> slots = slots(traits);
    if (traits.medium() == Medium.FLAT) {
      return fill("creative.flat", slots);
    }
    StringBuilder text = new StringBuilder(fill("creative.colours." + relation(traits), slots));
    if (traits.accented()) {
      text.append(fill("creative.accent", slots));
    }
    List<String> moods = moods(traits);
    if (!moods.isEmpty()) {
      slots.put("mood", list(moods));
      text.append(fill("creative.mood", slots));
    }
    text.append(". ");
    if (traits.medium() == Medium.GRADIENT) {
      return text.append(fill("creative.gradient", slots)).toString();
    }
    slots.put("is", words.getString("is." + key(traits.medium())));
    return text.append(fill("creative.focus." + key(traits.focus()), slots)).toString();
  }

  /** Returns in which way the two main colours stand to each other. */
  private static String relation(Traits traits) {
    if (traits.main().size() == 1) {
      return "alone";
    }
    if (traits.medium() == Medium.GRADIENT) {
      return "blend";
    }
    Swatch light = lighter(traits);
    Swatch dark = darker(traits);
    if (light.mean().lightness() - dark.mean().lightness() >= 20
        && light.mean().chroma() >= 35
        && dark.mean().lightness() < 25) {
      return "glow";
    }
    if (light.mean().lightness() - dark.mean().lightness() >= 30) {
      return "contrast";
    }
    return light.mean().distance(dark.mean()) >= 45 ? "meet" : "blend";
  }

  private List<String> moods(Traits traits) {
    List<String> moods = new ArrayList<>();
    if (traits.light() != Light.MEDIUM) {
      moods.add(words.getString("mood." + key(traits.light())));
    }
    if (traits.tone() != Tone.BALANCED && traits.tone() != Tone.COLOURLESS) {
      moods.add(words.getString("mood." + key(traits.tone())));
    }
    if (traits.contrast() != Contrast.MEDIUM) {
      moods.add(words.getString("mood." + key(traits.contrast())));
    }
    return moods;
  }

  private static List<List<Swatch>> shorterAndShorter(Traits traits) {
    List<List<Swatch>> choices = new ArrayList<>();
    for (int count = traits.colours().size(); count > 0; count--) {
      choices.add(traits.colours().subList(0, count));
    }
    return choices;
  }

  /** The last candidate says least and always fits: the tests try them all. */
  private static String firstThat(Predicate<String> fits, List<String> candidates) {
    return candidates.stream()
        .filter(fits)
        .findFirst()
        .orElseGet(() -> candidates.get(candidates.size() - 1));
  }

  /** Counts both parts of a word with a hyphen, so that no way of counting finds more. */
  private static boolean isConcise(String text) {
    return text.split("[\\s-]+").length <= MAX_CONCISE_WORDS;
  }

  private String what(Medium medium, Light light) {
    return words.getString("what." + key(medium) + "." + key(light));
  }

  private String colours(List<Swatch> colours) {
    if (colours.stream().map(Swatch::name).collect(toSet()).equals(BLACK_AND_WHITE)) {
      return words.getString("list.black_and_white");
    }
    return list(colours.stream().map(swatch -> colour(swatch, "")).toList());
  }

  private String list(List<String> items) {
    if (items.size() == 1) {
      return items.get(0);
    }
    Map<String, String> slots = new HashMap<>();
    for (int i = 0; i < items.size(); i++) {
      slots.put(Integer.toString(i + 1), items.get(i));
    }
    return fill("list." + items.size(), slots);
  }

  /** Returns every form of the colours that the bundle has, and the shape. */
  private Map<String, String> slots(Traits traits) {
    Map<String, String> slots = new HashMap<>();
    slots.put("shape", words.getString("shape." + key(traits.shape())));
    List<Swatch> main = traits.main();
    putForms(slots, "a", main.get(0));
    putForms(slots, "b", main.get(main.size() - 1));
    putForms(slots, "c", traits.colours().get(traits.colours().size() - 1));
    putForms(slots, "light", lighter(traits));
    putForms(slots, "dark", darker(traits));
    return slots;
  }

  private void putForms(Map<String, String> slots, String slot, Swatch swatch) {
    for (String form : List.of("", ".the", ".of")) {
      if (words.containsKey("colour." + key(swatch.name()) + form)) {
        slots.put(slot + form, colour(swatch, form));
      }
    }
  }

  private String colour(Swatch swatch, String form) {
    return words.getString("colour." + key(swatch.name()) + form);
  }

  private static Swatch lighter(Traits traits) {
    return Collections.max(traits.main(), BY_LIGHTNESS);
  }

  private static Swatch darker(Traits traits) {
    return Collections.min(traits.main(), BY_LIGHTNESS);
  }

  private String fill(String key, Map<String, String> slots) {
    Matcher matcher = SLOT.matcher(words.getString(key));
    return matcher.replaceAll(match -> Matcher.quoteReplacement(slot(match.group(1), slots, key)));
  }

  private String slot(String name, Map<String, String> slots, String key) {
    String value = slots.get(name);
    if (value == null) {
      throw new IllegalStateException(locale + ": " + key + " asks for {" + name + "}");
    }
    return value;
  }

  private String capitalised(String text) {
    return text.substring(0, 1).toUpperCase(locale) + text.substring(1);
  }

  private static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
