package dev.cutline.palette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionStyle;
import dev.cutline.palette.Traits.Contrast;
import dev.cutline.palette.Traits.Focus;
import dev.cutline.palette.Traits.Light;
import dev.cutline.palette.Traits.Medium;
import dev.cutline.palette.Traits.Shape;
import dev.cutline.palette.Traits.Swatch;
import dev.cutline.palette.Traits.Tone;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordingTest {
  private static final Swatch FIRST = new Swatch(Colour.RED, new Lab(45, 60, 30));

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr", "es"})
  void keepsTheContractForEveryCombinationOfTraits(String language) {
    Wording wording = Wording.of(language);
    List<Swatch> longest = longestNames(language);
    allTraits(longest).forEach(traits -> check(wording, traits, language));
    Stream.of(Focus.values())
        .map(focus -> traits(List.of(FIRST), Medium.PHOTO, focus))
        .forEach(traits -> check(wording, traits, language));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr", "es"})
  void keepsTheContractForEveryPairOfColours(String language) {
    Wording wording = Wording.of(language);
    for (Colour first : Colour.values()) {
      for (Colour second : Colour.values()) {
        List<Swatch> pair =
            List.of(new Swatch(first, new Lab(50, 0, 0)), new Swatch(second, FIRST.mean()));
        check(wording, traits(pair, Medium.PHOTO, Focus.UPPER), language);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "fr", "es"})
  void saysEverythingInEveryLanguage(String language) {
    // Articles and prepositions are forms that a language has or has not.
    assertThat(keys(language)).isEqualTo(keys("en"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fr", "es"})
  void putsTheArticleBeforeEveryColour(String language) {
    ResourceBundle words = bundle(language);
    for (Colour colour : Colour.values()) {
      String key = "colour." + colour.name().toLowerCase(Locale.ROOT);
      String name = words.getString(key);
      boolean vowel = "aeiou".indexOf(name.charAt(0)) >= 0;
      String article = language.equals("es") ? "el " : vowel ? "l’" : "le ";
      assertThat(words.getString(key + ".the")).isEqualTo(article + name);
      if (language.equals("fr")) {
        assertThat(words.getString(key + ".of")).isEqualTo((vowel ? "d’" : "de ") + name);
      }
    }
  }

  private static void check(Wording wording, Traits traits, String language) {
    for (CaptionStyle style : CaptionStyle.values()) {
      OutputContract.check(style, wording.text(style, traits), language);
    }
  }

  private static Traits traits(List<Swatch> colours, Medium medium, Focus focus) {
    return new Traits(
        colours, false, medium, Light.DARK, Contrast.HIGH, Tone.MUTED, Shape.PANORAMA, focus);
  }

  private static Set<String> keys(String language) {
    return bundle(language).keySet().stream()
        .filter(key -> !key.endsWith(".the") && !key.endsWith(".of"))
        .collect(Collectors.toSet());
  }

  private static ResourceBundle bundle(String language) {
    return ResourceBundle.getBundle(Wording.class.getName(), Locale.forLanguageTag(language));
  }

  private static List<Swatch> longestNames(String language) {
    ResourceBundle words = bundle(language);
    return Stream.of(Colour.values())
        .sorted(
            Comparator.comparingInt(
                    (Colour c) ->
                        words.getString("colour." + c.name().toLowerCase(Locale.ROOT)).length())
                .reversed())
        .limit(3)
        .map(colour -> new Swatch(colour, colour.points().get(0)))
        .toList();
  }

  private static Stream<Traits> allTraits(List<Swatch> colours) {
    return Stream.of(Medium.values())
        .flatMap(
            medium ->
                Stream.of(Light.values())
                    .flatMap(
                        light ->
                            Stream.of(Contrast.values())
                                .flatMap(contrast -> allTraits(colours, medium, light, contrast))));
  }

  private static Stream<Traits> allTraits(
      List<Swatch> colours, Medium medium, Light light, Contrast contrast) {
    return Stream.of(Tone.values())
        .flatMap(
            tone ->
                Stream.of(Shape.values())
                    .flatMap(
                        shape ->
                            Stream.of(Focus.values())
                                .map(
                                    focus ->
                                        new Traits(
                                            colours,
                                            colours.size() == 3,
                                            medium,
                                            light,
                                            contrast,
                                            tone,
                                            shape,
                                            focus))));
  }
}
