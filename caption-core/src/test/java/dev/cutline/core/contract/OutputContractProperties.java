package dev.cutline.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionStyle;
import dev.cutline.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Whatever goes in, what comes out meets the contract, or nothing does. jqwik prints the seed. */
class OutputContractProperties {
  private static final List<String> LANGUAGES =
      List.of("en", "de", "fr", "es", "tr", "ja", "zh", "th", "ar", "ru");

  @Property(tries = 2000)
  void anyTextMeetsTheContractOrIsRefused(
      @ForAll("anyText") String answer,
      @ForAll CaptionStyle style,
      @ForAll("language") String language) {
    check(answer, style, language);
  }

  @Property(tries = 3000)
  void anythingAModelSaysMeetsTheContractOrIsRefused(
      @ForAll("wrapped") String answer,
      @ForAll CaptionStyle style,
      @ForAll("languageOfPieces") String language) {
    boolean good = check(answer, style, language).isPresent();
    Statistics.label("caption")
        .collect(good)
        .coverage(seen -> seen.check(true).percentage(p -> p > 20));
  }

  private static Optional<String> check(String answer, CaptionStyle style, String language) {
    Optional<String> caption = contract(answer, style, language);
    caption.ifPresent(
        text -> {
          assertThat(ContractChecker.faults(text, style, language)).as(text).isEmpty();
          assertThat(contract(text, style, language)).contains(text);
        });
    return caption;
  }

  private static Optional<String> contract(String answer, CaptionStyle style, String language) {
    CaptionReply reply = CaptionReply.builder("m").text(style, answer).build();
    try {
      return OutputContract.check(reply, Set.of(style), language).text(style);
    } catch (CaptionException e) {
      assertThat(e.reason()).isIn(Reason.MALFORMED_REPLY, Reason.REFUSED);
      return Optional.empty();
    }
  }

  @Provide
  Arbitrary<String> language() {
    return Arbitraries.of(LANGUAGES);
  }

  /** The pieces are English for the most part, which is wrong where another language is asked. */
  @Provide
  Arbitrary<String> languageOfPieces() {
    return Arbitraries.oneOf(Arbitraries.just("en"), language());
  }

  /** Any characters at all, halves of surrogates included. */
  @Provide
  Arbitrary<String> anyText() {
    return Arbitraries.strings().ofMaxLength(200);
  }

  /** Captions in the kinds of wrapping that models use, nested and mixed at random. */
  @Provide
  Arbitrary<String> wrapped() {
    Arbitrary<String> piece =
        Arbitraries.oneOf(
            Arbitraries.of(
                "A red bus in the rain",
                "a cat",
                "Two dogs run.",
                "The sun sets over the sea.",
                "猫が眠る。",
                "一只棕色的猫",
                "แมวนอนหลับ",
                "Eine Katze schläft",
                "un chien",
                "Dr. Who",
                "3 p.m.",
                "e.g. this",
                "chasing a ball in the sun",
                "with a very long tail",
                "(seen from above)"),
            Arbitraries.of(
                "An image of",
                "a photo of",
                "The image shows",
                "In this picture,",
                "Ein Bild von einer",
                "Das Foto zeigt einen",
                "Une photo d'",
                "Image du",
                "La imagen muestra a",
                "Foto del"),
            Arbitraries.of(
                "Here is a caption:",
                "Sure!",
                "Caption:",
                "Concise:",
                "Creative:",
                "Alt text:",
                "Option 1:",
                "1.",
                "- ",
                "* ",
                "> ",
                "# ",
                "(9 words)",
                "Let me know if you need more.",
                "#tag",
                "Note:"),
            Arbitraries.of(
                "**",
                "*",
                "_",
                "__",
                "`",
                "```",
                "\"",
                "“",
                "”",
                "„",
                "«",
                "»",
                "'",
                "‘",
                "’",
                "「",
                "」",
                "(",
                ")",
                "[",
                "]",
                "](",
                "{",
                "<b>",
                "</b>",
                "<",
                ">",
                "<br>",
                "&amp;",
                "&lt;",
                "&#42;",
                "\\n",
                "\\\"",
                "\\",
                "|",
                "---",
                "~~",
                "<|im_end|>",
                "</think>"),
            Arbitraries.of(
                "🐶",
                "👨‍👩‍👧",
                "🇫🇷",
                "❤️",
                "1️⃣",
                "\u202e",
                "\u200b",
                "\u200d",
                "\u0301",
                "\ufeff",
                "\u0000",
                "\ud83d"),
            Arbitraries.of(
                ".", ",", ";", ":", "!", "?", "…", "...", "–", " - ", "—", "\n", "\n\n", " ", "  ",
                "。", "，"),
            Arbitraries.strings().alpha().ofMaxLength(12));
    return Arbitraries.oneOf(
        piece.list().ofMinSize(1).ofMaxSize(8).map(pieces -> String.join(" ", pieces)),
        piece
            .list()
            .ofMinSize(1)
            .ofMaxSize(30)
            .map(pieces -> pieces.stream().collect(Collectors.joining())));
  }
}
