package dev.cutline.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchWordsTest {
  @ParameterizedTest
  @CsvSource({
    "A red bicycle!, a red bicycle",
    "Crème brûlée, creme brulee",
    "don't  e-mail, don t e mail",
    "IMG_2026 (1).jpg, img 2026 1 jpg",
    "猫とネコ, 猫 と ネ コ",
    "东京2026年, 东 京 2026 年",
    "İstanbul ISPARTA ısparta, istanbul isparta isparta",
    "Straße STRASSE GROẞ, strasse strasse gross",
    "ΟΔΟΣ οδος οδοςσ, οδοσ οδοσ οδοσσ",
    "ﬁsh ①, fish 1",
    "किताबें, किताब"
  })
  void makesWords(String text, String words) {
    assertThat(String.join(" ", SearchWords.of(text))).isEqualTo(words);
  }

  @Test
  void makesNoWordsOfNothing() {
    assertThat(SearchWords.of("")).isEmpty();
    assertThat(SearchWords.of(" ,.!\u0000\uD83E\uDD8A\u0301")).isEmpty();
  }

  @Test
  void keepsRepetitionsInOrder() {
    assertThat(SearchWords.of("b a b")).containsExactly("b", "a", "b");
  }

  @Test
  void cutsVeryLongWords() {
    assertThat(SearchWords.of("x".repeat(100_000) + " y")).containsExactly("x".repeat(64), "y");
  }

  @Test
  void foldsGreekWithAnIotaBelowLikeGreekWithout() {
    assertThat(SearchWords.of("ᾳ")).isEqualTo(SearchWords.of("α"));
  }

  @Property
  void findsTheSameInCapitalsAndInEveryLocale(@ForAll String text) {
    List<String> words = SearchWords.of(text);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertThat(SearchWords.of(text)).isEqualTo(words);
    } finally {
      Locale.setDefault(before);
    }
    assertThat(words).noneMatch(String::isBlank).allMatch(word -> word.length() <= 65);
    assertThat(SearchWords.of(String.join(" ", words))).isEqualTo(words);
  }
}
