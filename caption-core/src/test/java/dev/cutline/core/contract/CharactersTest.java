package dev.cutline.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CharactersTest {
  @Property
  void whatLooksPlainNeedsNoCleaning(@ForAll("texts") String text) {
    if (Characters.isPlain(text)) {
      assertThat(Normalizer.isNormalized(text, Normalizer.Form.NFC)).isTrue();
      assertThat(Characters.clean(text + "\n")).isEqualTo(text);
    }
  }

  @Test
  void takesHeapsOfMarksOffALetterAndKeepsWhatWritingNeeds() {
    assertThat(Characters.clean("H\u0335\u0321\u0322\u031b\u0317at")).isEqualTo("Hat");
    assertThat(Characters.clean("\u0301 Hat")).isEqualTo("Hat");
    assertThat(Characters.clean("ท\u0e35\u0e48นี่")).isEqualTo("ท\u0e35\u0e48นี่");
    assertThat(Characters.clean("ש\u05c1\u05bc\u05b8\u0591לום"))
        .isEqualTo(Normalizer.normalize("ש\u05c1\u05bc\u05b8\u0591לום", Normalizer.Form.NFC));
  }

  @Test
  void takesOutWhatIsBlankOrHiddenAndLooksLikeNeither() {
    assertThat(Characters.clean("A\u3164 cat\u2800\u115F")).isEqualTo("A cat");
    assertThat(Characters.clean("A\ue000 c\u0378at\ufffd")).isEqualTo("A cat");
    assertThat(Characters.clean("A\u200dc\u200ca\u200dt")).isEqualTo("Acat");
    assertThat(Characters.clean("cat\u200d👩")).isEqualTo("cat👩");
    assertThat(Characters.clean("👩\u200dcat")).isEqualTo("👩cat");
    assertThat(Characters.clean("👨\u200d👩")).isEqualTo("👨\u200d👩");
    assertThat(Characters.clean("می\u200cخواهم")).isEqualTo("می\u200cخواهم");
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange(' ', '\u02FF')
        .withCharRange('\u0400', '\u0490')
        .withCharRange('\u3040', '\u30FF')
        .withCharRange('\u4E00', '\u4E40')
        .withCharRange('\uAC00', '\uAC40')
        .withChars('–', '—', '‘', '’', '“', '”', '„', '…', '、', '。')
        .ofMinLength(1)
        .ofMaxLength(12);
  }
}
