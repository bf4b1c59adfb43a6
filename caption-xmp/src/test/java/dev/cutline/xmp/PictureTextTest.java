package dev.cutline.xmp;

import static dev.cutline.CaptionStyle.ALT;
import static dev.cutline.CaptionStyle.CONCISE;
import static dev.cutline.CaptionStyle.CREATIVE;
import static dev.cutline.xmp.Samples.caption;
import static dev.cutline.xmp.Samples.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.cutline.Label;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureTextTest {
  @Test
  void prefersTheCreativeCaptionLanguageByLanguage() {
    PictureText text =
        PictureText.of(
            record()
                .languages(List.of("de", "en"))
                .captions(
                    List.of(
                        caption(CONCISE, "en", "A cat"),
                        caption(CREATIVE, "en", "A cat that has seen it all."),
                        caption(CONCISE, "de", "Eine Katze")))
                .build());
    assertThat(text.descriptions())
        .containsExactly(
            entry("x-default", "Eine Katze"),
            entry("de", "Eine Katze"),
            entry("en", "A cat that has seen it all."));
    assertThat(text.altTexts()).isEmpty();
  }

  @Test
  void hasLanguagesThatWereWantedOnceToo() {
    PictureText text =
        PictureText.of(
            record()
                .languages(List.of("en"))
                .captions(List.of(caption(ALT, "fr", "Un chat"), caption(ALT, "en", "A cat")))
                .build());
    assertThat(text.altTexts())
        .containsExactly(entry("x-default", "A cat"), entry("en", "A cat"), entry("fr", "Un chat"));
  }

  @Test
  void takesThePersonsDescriptionForReadersOfNoLanguage() {
    PictureText text =
        PictureText.of(
            record()
                .description("Chelsea at home")
                .captions(List.of(caption(CREATIVE, "en", "A cat.")))
                .build());
    assertThat(text.descriptions())
        .containsExactly(entry("x-default", "Chelsea at home"), entry("en", "A cat."));
  }

  @Test
  void keepsTheEmptyAltTextOfADecoration() {
    PictureText text = PictureText.of(record().captions(List.of(caption(ALT, "en", ""))).build());
    assertThat(text.altTexts()).containsExactly(entry("x-default", ""), entry("en", ""));
    assertThat(text.isEmpty()).isFalse();
  }

  @Test
  void listsTagsAndLabelsOnce() {
    PictureText text =
        PictureText.of(
            record()
                .tags(List.of("cat", "at home", " "))
                .labels(List.of(Label.of("Cat", 0.98), Label.of("Sofa", 0.7)))
                .build());
    assertThat(text.keywords()).containsExactly("cat", "at home", "Sofa");
  }

  @Test
  void leavesOutWhatXmlHasNoPlaceFor() {
    PictureText text =
        PictureText.of(
            record()
                .captions(
                    List.of(
                        caption(
                            CREATIVE,
                            "en",
                            "\u0000\u001b[31mred\u009b\uFFFE\uD800 \uDC00one\r\ntwo\rthree\uD83D\uDE00 ")))
                .tags(List.of("\u0007\u0001", "\u0007bell"))
                .build());
    assertThat(text.descriptions()).containsEntry("en", "[31mred one\ntwo\nthree\uD83D\uDE00");
    assertThat(text.keywords()).containsExactly("bell");
  }

  @Test
  void knowsWhenThereIsNothingToSay() {
    assertThat(PictureText.of(record().build()).isEmpty()).isTrue();
    assertThat(
            PictureText.of(record().captions(List.of(caption(CREATIVE, "en", "\u0001"))).build())
                .isEmpty())
        .isTrue();
    assertThat(PictureText.of(record().tags(List.of("x")).build()).isEmpty()).isFalse();
  }
}
