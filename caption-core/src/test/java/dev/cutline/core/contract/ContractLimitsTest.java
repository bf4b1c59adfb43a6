package dev.cutline.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionStyle;
import dev.cutline.Reason;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each bound of the contract, met and passed by one. */
class ContractLimitsTest {
  private static final String CHINESE = "一只棕色的小狗在阳光明媚的绿色草地上追逐着一个红色的小皮球";

  @ParameterizedTest
  @CsvSource({"CONCISE, 160", "CREATIVE, 600", "ALT, 125"})
  void characters(CaptionStyle style, int most) {
    int words = style == CaptionStyle.CONCISE ? 10 : most / 10;
    String text = text(most, words);

    assertThat(repaired(text, style, "en")).isEqualTo(text);
    assertMalformed(text + "x", style, "en");
  }

  @ParameterizedTest
  @CsvSource({"CREATIVE, 600", "ALT, 125"})
  void charactersAreCountedAsPeopleCountThem(CaptionStyle style, int most) {
    String rare =
        IntStream.range(0, most)
            .mapToObj(i -> Character.toString(0x20000 + i))
            .collect(Collectors.joining());

    assertThat(repaired(rare, style, "zh")).isEqualTo(rare);
  }

  @Test
  void wordsOfAConciseCaption() {
    String ten = "A man rides a wave on a surfboard at sea";

    assertThat(repaired(ten, CaptionStyle.CONCISE, "en")).isEqualTo(ten);
    assertMalformed(ten + " today", CaptionStyle.CONCISE, "en");
  }

  @Test
  void twoChineseCharactersAreAWord() {
    String twenty = CHINESE.substring(0, 20);

    assertThat(repaired(twenty, CaptionStyle.CONCISE, "zh")).isEqualTo(twenty);
    assertMalformed(CHINESE.substring(0, 21), CaptionStyle.CONCISE, "zh");
  }

  @Test
  void charactersOfAnAnswer() {
    String caption = "A cat sleeps.";
    String padding = " ".repeat(2000 - caption.length());

    assertThat(repaired(caption + padding, CaptionStyle.ALT, "en")).isEqualTo(caption);
    assertMalformed(caption + padding + " ", CaptionStyle.ALT, "en");
  }

  /** Each pass takes one layer off, and one more sees that none is left. */
  @Test
  void layersOfWrapping() {
    assertThat(repaired("Salt &" + "#38;".repeat(11) + " pepper", CaptionStyle.CONCISE, "en"))
        .isEqualTo("Salt & pepper");
    assertMalformed("Salt &" + "#38;".repeat(12) + " pepper", CaptionStyle.CONCISE, "en");
  }

  @ParameterizedTest
  @CsvSource({
    "9 letters, zzzzzzzzz, false",
    "10 letters, zzzzzzzzzz, true",
    "3 times a word, ha ha ha, false",
    "4 times a word, 'Ha, ha, HA, ha', true",
    "3 times 5 words, the cat on the mat the cat on the mat the cat on the mat, false",
    "4 times 5 words, x the cat on the mat the cat on the mat the cat on the mat the cat on the mat, true",
    "4 times 6 words, one cat on the blue mat one cat on the blue mat one cat on the blue mat one cat on the blue mat, false",
    "a sign between, ha / ha / ha / ha, false",
    "a hyphen before, a ha-ha ha ha ha, true",
    "another word before, aha ha ha ha, false",
  })
  void loops(String what, String text, boolean loop) {
    assertThat(Loops.isIn(text)).as(what).isEqualTo(loop);
  }

  private static void assertMalformed(String text, CaptionStyle style, String language) {
    CaptionException failure =
        catchThrowableOfType(CaptionException.class, () -> repaired(text, style, language));

    assertThat(failure).as(text).isNotNull();
    assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_REPLY);
  }

  private static String repaired(String text, CaptionStyle style, String language) {
    CaptionReply reply = CaptionReply.builder("m").text(style, text).build();
    return OutputContract.check(reply, Set.of(style), language).text(style).orElseThrow();
  }

  /** Returns so many words, no two alike, that are so many characters together. */
  private static String text(int characters, int words) {
    StringBuilder text = new StringBuilder("Words");
    for (int word = 1; word < words; word++) {
      int end = characters * (word + 1) / words;
      text.append(' ').append((char) ('a' + word % 26));
      while (text.length() < end) {
        text.append((char) ('a' + (word / 26 + 7 * text.length()) % 26));
      }
    }
    return text.toString();
  }
}
