package dev.cutline.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
  @Test
  void joinsLinesAndDropsWhatNobodySees() {
    assertThat(OneLine.of("  a\r\n\tb\u0000\u202e c\u2028d\u00a0e \ud800f\n", 100))
        .isEqualTo("a b c d e f");
  }

  @Test
  void keepsAShortTextAsItIs() {
    assertThat(OneLine.of("", 10)).isEmpty();
    assertThat(OneLine.of("0123456789", 10)).isEqualTo("0123456789");
    assertThat(OneLine.of("0123456789   ", 10)).isEqualTo("0123456789");
  }

  @Test
  void cutsALongTextWithAnEllipsis() {
    assertThat(OneLine.of("0123456789a", 10)).isEqualTo("012345678…");
    assertThat(OneLine.of("01234567 9a", 10)).isEqualTo("01234567…");
  }

  @Test
  void countsTheBlankBeforeAWord() {
    assertThat(OneLine.of("abcdefgh ij", 10)).isEqualTo("abcdefgh…");
    assertThat(OneLine.of("abcdefg \ud83d\ude00", 10)).isEqualTo("abcdefg \ud83d\ude00");
    assertThat(OneLine.of("abcdefgh \ud83d\ude00", 10)).isEqualTo("abcdefgh…");
  }

  @Test
  void cutsNoCharacterInHalf() {
    assertThat(OneLine.of("abc\ud83d\ude00\ud83d\ude00x", 6)).isEqualTo("abc\ud83d\ude00…");
    assertThat(OneLine.of("abc\ud83d\ude00\ud83d\ude00x", 5)).isEqualTo("abc…");
  }
}
