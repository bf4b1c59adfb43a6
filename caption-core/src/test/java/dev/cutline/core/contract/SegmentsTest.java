package dev.cutline.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SegmentsTest {
  private static final PhraseIndex NONE = new PhraseIndex(List.of(), "");

  @Property(tries = 3000)
  void whatIsPlainToSeeIsWhatTheIteratorSays(@ForAll("sentences") String text) {
    String stripped = text.strip();

    assertThat(new Segments("en", NONE).sentences(stripped))
        .isEqualTo(byIterator(stripped, Locale.ROOT));
  }

  /** One iterator serves all languages: this fails where a JDK has rules for one of them. */
  @Test
  void everyLanguageDividesSentencesAlike() {
    String text = "A cat sleeps. It's 3 p.m. by now! 猫が眠る。夕日が沈む。 แมวนอน. Ein Hund? \"Ja.\" Nr. 5.";
    for (String language :
        List.of("en", "de", "fr", "es", "tr", "ja", "zh", "th", "ar", "hi", "ru")) {
      assertThat(byIterator(text, Locale.forLanguageTag(language)))
          .as(language)
          .isEqualTo(byIterator(text, Locale.ROOT));
    }
  }

  @Test
  void countsWordsWhereNoBlanksAreWritten() {
    Segments segments = new Segments("ja", NONE);

    assertThat(segments.words("アイスクリー")).isEqualTo(1);
    assertThat(segments.words("アイスクリーム")).isEqualTo(2);
    assertThat(segments.words("猫が")).as("a particle is no word of its own").isEqualTo(1);
  }

  private static List<String> byIterator(String text, Locale locale) {
    BreakIterator iterator = BreakIterator.getSentenceInstance(locale);
    iterator.setText(text);
    List<String> found = new ArrayList<>();
    int start = iterator.first();
    for (int end = iterator.next(); end != BreakIterator.DONE; end = iterator.next()) {
      String sentence = text.substring(start, end).strip();
      if (!sentence.isEmpty()) {
        found.add(sentence);
      }
      start = end;
    }
    return found;
  }

  @Provide
  Arbitrary<String> sentences() {
    return Arbitraries.of(
            "A cat", " sleeps", ". ", ".", "? ", "! ", "The dog", "é", "Été", " 3", ", ", "'s", "’",
            " (", ")", "- ", "猫", " A", " b", "1", ": ", "–")
        .list()
        .ofMinSize(1)
        .ofMaxSize(10)
        .map(pieces -> String.join("", pieces));
  }
}
