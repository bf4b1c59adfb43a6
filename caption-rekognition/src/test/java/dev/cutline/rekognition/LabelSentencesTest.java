package dev.cutline.rekognition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionStyle;
import dev.cutline.Label;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LabelSentencesTest {
  private static final List<Label> LABELS =
      List.of(
          Label.of("Vehicle", 0.99),
          Label.builder("Bicycle", 0.98).parents(List.of("Vehicle")).build(),
          Label.of("Brick", 0.91),
          Label.of("bicycle", 0.9),
          Label.of("Wall", 0.9));

  @Test
  void saysWhatThereIsAndNoMore() {
    assertThat(LabelSentences.of(CaptionStyle.CONCISE, LABELS)).isEqualTo("Bicycle, brick, wall");
    assertThat(LabelSentences.of(CaptionStyle.ALT, LABELS)).isEqualTo("Bicycle, brick, wall");
    assertThat(LabelSentences.of(CaptionStyle.CREATIVE, LABELS))
        .isEqualTo("Bicycle, brick and wall can be seen here.");
  }

  @Test
  void saysOneThingAlone() {
    List<Label> one = List.of(Label.of("Cat", 0.9));

    assertThat(LabelSentences.of(CaptionStyle.CONCISE, one)).isEqualTo("Cat");
    assertThat(LabelSentences.of(CaptionStyle.CREATIVE, one)).isEqualTo("Cat can be seen here.");
  }

  @Test
  void staysWithinTheWordsOfAConciseCaption() {
    List<Label> wordy =
        Stream.of("A b c d e", "F g h i j k", "L m n o", "P", "Q r")
            .map(n -> Label.of(n, 1))
            .toList();

    assertThat(LabelSentences.of(CaptionStyle.CONCISE, wordy)).isEqualTo("A b c d e, l m n o, p");
  }

  @Test
  void namesSixThingsAtMost() {
    List<Label> many =
        Stream.of("A", "B", "C", "D", "E", "F", "G").map(n -> Label.of(n, 1)).toList();

    assertThat(LabelSentences.of(CaptionStyle.CONCISE, many)).isEqualTo("A, b, c, d, e, f");
  }

  @Test
  void saysNothingOfNothing() {
    assertThat(LabelSentences.of(CaptionStyle.CONCISE, List.of())).isEmpty();
  }

  @Test
  void writesTheSameInAnyLocale() {
    java.util.Locale before = java.util.Locale.getDefault();
    try {
      java.util.Locale.setDefault(java.util.Locale.forLanguageTag("tr-TR"));
      assertThat(LabelSentences.of(CaptionStyle.ALT, List.of(Label.of("ICE SKATING", 0.9))))
          .isEqualTo("Ice skating");
    } finally {
      java.util.Locale.setDefault(before);
    }
  }
}
