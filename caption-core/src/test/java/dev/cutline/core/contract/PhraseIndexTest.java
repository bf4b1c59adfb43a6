package dev.cutline.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The index finds what all phrases tried in turn find. jqwik prints the seed. */
class PhraseIndexTest {
  private static final Phrases PHRASES = Phrases.load();
  private static final List<String> KINDS =
      List.of("refusal", "no-picture", "echo", "echo-start", "opener", "closing", "frame");
  private static final List<String> BEGINNINGS =
      List.of(
          "I'm sorry",
          "İ'M",
          "I\u2019m unable to ",
          "This image shows",
          "A photo of ",
          "another image of a",
          "UNE PHOTO D'",
          "Élan",
          "étant",
          "Ich kann dir das nicht",
          "это",
          "К сожалению",
          "申し訳",
          "AIとして説明できません",
          "GPT-4では説明できません",
          "죄송",
          "이 그림은 설명할 수 없",
          "मैं यह नहीं कर सकता",
          "आ",
          "عذرا",
          "¡claro!",
          "#tag",
          "at most 10 words",
          "no image was provided",
          "500 bad gateway",
          "ok.",
          "ſ",
          "\u212A");

  @Property(tries = 3000)
  void findsWhatAllPhrasesInTurnFind(
      @ForAll("beginnings") String text, @ForAll("kind") String kind) {
    Pattern all = Phrases.compile(PHRASES.anyOf(kind));
    PhraseIndex index = PHRASES.index(kind);
    for (int i = 0; i < text.length(); i++) {
      Matcher matcher = all.matcher(text).useAnchoringBounds(false).useTransparentBounds(true);
      int expected = matcher.region(i, text.length()).lookingAt() ? matcher.end() : -1;
      assertThat(index.end(text, i)).as("%s at %s of %s", kind, i, text).isEqualTo(expected);
    }
  }

  /** Texts come from servers, and must not fill the memory with what may begin so. */
  @Property(generation = GenerationMode.EXHAUSTIVE)
  void growsNoLargerThanItsPhrases(@ForAll("kind") String kind) {
    PhraseIndex index = PHRASES.index(kind);
    Random random = new Random(17);
    for (int i = 0; i < 200_000; i++) {
      String begun = BEGINNINGS.get(random.nextInt(BEGINNINGS.size()));
      StringBuilder text = new StringBuilder(begun.substring(0, Math.min(3, begun.length())));
      while (text.length() < 6) {
        text.append((char) (' ' + random.nextInt('~' - ' ')));
      }
      index.end(text.toString(), 0);
    }
    assertThat(index.nodes()).isLessThan(10_000);
  }

  @Provide
  Arbitrary<String> kind() {
    return Arbitraries.of(KINDS);
  }

  /** Beginnings of phrases in odd cases, and any characters. */
  @Provide
  Arbitrary<String> beginnings() {
    return Arbitraries.oneOf(Arbitraries.of(BEGINNINGS), Arbitraries.strings().ofMaxLength(6))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(pieces -> String.join(" ", pieces));
  }
}
