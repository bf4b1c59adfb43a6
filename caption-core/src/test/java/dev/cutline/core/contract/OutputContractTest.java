package dev.cutline.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionStyle;
import dev.cutline.Reason;
import dev.cutline.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputContractTest {
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:(n)|u([0-9a-f]{4})|\\\\)");

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource("answers")
  void repairsOrRefuses(Row row) {
    assertThat(row.outcome()).isEqualTo(row.expected());
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource("answers")
  void whatComesOutMeetsTheContractAndPassesThroughUnchanged(Row row) {
    if (row.expected().startsWith("!")) {
      return;
    }
    assertThat(ContractChecker.faults(row.expected(), row.style(), row.language())).isEmpty();
    assertThat(new Row(row.style(), row.language(), row.expected(), "").outcome())
        .isEqualTo(row.expected());
  }

  @Test
  void keepsOnlyTheStylesAskedFor() {
    CaptionReply reply =
        CaptionReply.builder("m")
            .text(CaptionStyle.CONCISE, "A cat")
            .text(CaptionStyle.ALT, "B")
            .build();

    CaptionReply checked = OutputContract.check(reply, Set.of(CaptionStyle.CONCISE), "en");

    assertThat(checked.texts()).containsOnlyKeys(CaptionStyle.CONCISE);
  }

  @Test
  void missesAStyleThatIsNotThere() {
    CaptionReply reply =
        CaptionReply.builder("m")
            .text(CaptionStyle.CONCISE, "A cat")
            .usage(new Usage(7, 3))
            .build();

    CaptionException failure = failure(reply, EnumSet.allOf(CaptionStyle.class));

    assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_REPLY);
    assertThat(failure).hasMessage("creative: no text");
    assertThat(failure.usage()).isEqualTo(new Usage(7, 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I'm sorry, but I can't help with identifying people.",
        "**I cannot assist with that request.**",
        "Leider kann ich dieses Bild nicht beschreiben.",
        "\u7533\u3057\u8a33\u3042\u308a\u307e\u305b\u3093\u304c"
      })
  void wordsOfARefusalOutweighTheFormThatWasAskedFor(String answer) {
    CaptionException malformed = malformed(Reason.MALFORMED_REPLY, answer);

    CaptionException judged = OutputContract.judge(malformed, "en");

    assertThat(judged.reason()).isEqualTo(Reason.REFUSED);
    assertThat(judged.usage()).isEqualTo(malformed.usage());
    assertThat(judged.answer()).contains(answer);
    assertThat(judged).hasCause(malformed);
  }

  @Test
  void otherFailuresStayWhatTheyAre() {
    List<CaptionException> others =
        List.of(
            malformed(Reason.MALFORMED_REPLY, "A cat on a sofa."),
            malformed(Reason.MALFORMED_REPLY, "A sign that says \"I cannot assist\"."),
            malformed(Reason.MALFORMED_REPLY, ""),
            malformed(Reason.MALFORMED_REPLY, null),
            malformed(Reason.INTERNAL, "I cannot assist with that request."));

    for (CaptionException failure : others) {
      assertThat(OutputContract.judge(failure, "en")).isSameAs(failure);
    }
  }

  private static CaptionException malformed(Reason reason, String answer) {
    return CaptionException.builder(reason, "no JSON")
        .usage(new Usage(7, 3))
        .answer(answer)
        .build();
  }

  @Test
  void decorativePictureHasAnEmptyAltText() {
    for (String nothing : List.of("", "  ", "\"\"", "N/A", "none")) {
      CaptionReply reply =
          CaptionReply.builder("m").text(CaptionStyle.ALT, nothing).decorative(true).build();

      CaptionReply checked = OutputContract.check(reply, Set.of(CaptionStyle.ALT), "en");

      assertThat(checked.text(CaptionStyle.ALT)).contains("");
      assertThat(checked.isDecorative()).isTrue();
      CaptionReply again = OutputContract.check(checked, Set.of(CaptionStyle.ALT), "en");
      assertThat(again.texts()).isEqualTo(checked.texts());
      assertThat(again.isDecorative()).isTrue();
    }
  }

  @Test
  void decorativePictureMayGoWithoutAnAltTextAtAll() {
    CaptionReply reply = CaptionReply.builder("m").decorative(true).build();

    CaptionReply checked = OutputContract.check(reply, Set.of(CaptionStyle.ALT), "en");

    assertThat(checked.text(CaptionStyle.ALT)).contains("");
  }

  @Test
  void altTextOutweighsTheClaimThatThePictureIsDecorative() {
    CaptionReply reply =
        CaptionReply.builder("m").text(CaptionStyle.ALT, "A cat.").decorative(true).build();

    CaptionReply checked = OutputContract.check(reply, Set.of(CaptionStyle.ALT), "en");

    assertThat(checked.text(CaptionStyle.ALT)).contains("A cat.");
    assertThat(checked.isDecorative()).isFalse();
  }

  @Test
  void refusalInPlaceOfADecorativeAltTextIsARefusal() {
    CaptionReply reply =
        CaptionReply.builder("m")
            .text(CaptionStyle.ALT, "I can't describe this image.")
            .decorative(true)
            .build();

    assertThat(failure(reply, Set.of(CaptionStyle.ALT)).reason()).isEqualTo(Reason.REFUSED);
  }

  @Test
  void decorativePictureNeedsItsOtherTexts() {
    CaptionReply reply =
        CaptionReply.builder("m").text(CaptionStyle.CONCISE, "").decorative(true).build();

    assertThat(failure(reply, Set.of(CaptionStyle.CONCISE)).reason())
        .isEqualTo(Reason.MALFORMED_REPLY);
  }

  @Test
  void emptyAltTextOfAPictureThatIsNotDecorativeIsMalformed() {
    CaptionReply reply = CaptionReply.builder("m").text(CaptionStyle.ALT, "").build();

    assertThat(failure(reply, Set.of(CaptionStyle.ALT)).reason()).isEqualTo(Reason.MALFORMED_REPLY);
  }

  @Test
  void answerOfABookLengthIsMalformed() {
    CaptionReply reply =
        CaptionReply.builder("m")
            .text(CaptionStyle.CREATIVE, "A cat sleeps. ".repeat(10_000))
            .build();

    assertThat(failure(reply, Set.of(CaptionStyle.CREATIVE)).reason())
        .isEqualTo(Reason.MALFORMED_REPLY);
  }

  /** Groups that repeat are a stack frame a round to a careless pattern, and requests are many. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "A. ",
        "a, ",
        "# ",
        "#a ",
        "* ",
        "*",
        "- ",
        "-",
        "=",
        "_a",
        "\"a",
        "(",
        "()",
        "[a](",
        "](",
        "|",
        "<b",
        "<b>",
        "&amp;",
        "&#65;",
        "\\",
        "\\n",
        "\n",
        "- a\n",
        "1. a\n",
        "Concise: a. ",
        "Here is a caption: ",
        "Sure! ",
        "An image of ",
        "the one my ",
        "in this image, ",
        "猫。",
        "แมว",
        "🐶\u200d",
        "\u200d",
        "\u0301",
        "...",
        "ab ab ",
        "(1 words) ",
        "<think>",
        "</think>",
        "caption would be ",
        "Ein Bild von einer ",
        "Image du ",
        "<script>"
      })
  void endsWithinASmallStackHoweverOftenAPieceIsRepeated(String piece) throws InterruptedException {
    List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
    Thread thread =
        new Thread(
            null,
            () -> {
              String answer = piece.repeat(1 + 2000 / piece.length()).substring(0, 2000);
              for (CaptionStyle style : CaptionStyle.values()) {
                new Row(style, "en", answer, "").outcome();
                new Row(style, "en", "A cat. " + answer.substring(7), "").outcome();
              }
            },
            "small stack",
            256 * 1024);
    thread.setUncaughtExceptionHandler((dying, e) -> thrown.add(e));
    thread.start();
    thread.join();

    assertThat(thrown).isEmpty();
  }

  private static CaptionException failure(CaptionReply reply, Set<CaptionStyle> styles) {
    return catchThrowableOfType(
        CaptionException.class, () -> OutputContract.check(reply, styles, "en"));
  }

  static Stream<Row> answers() throws IOException {
    try (InputStream file = OutputContractTest.class.getResourceAsStream("answers.tsv")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).map(Row::of).toList().stream();
    }
  }

  /** One line of the table. */
  record Row(CaptionStyle style, String language, String answer, String expected) {
    static Row of(String line) {
      String[] fields = line.split("\t", -1);
      return new Row(
          CaptionStyle.ofId(fields[0]).orElseThrow(),
          fields[1],
          unescaped(fields[2]),
          unescaped(fields[3]));
    }

    String outcome() {
      CaptionReply reply = CaptionReply.builder("m").text(style, answer).build();
      try {
        return OutputContract.check(reply, Set.of(style), language).text(style).orElseThrow();
      } catch (CaptionException e) {
        return "!" + e.reason();
      }
    }

    private static String unescaped(String text) {
      return ESCAPE
          .matcher(text)
          .replaceAll(
              each -> {
                if (each.group(1) != null) {
                  return "\n";
                }
                return each.group(2) == null
                    ? "\\\\"
                    : Character.toString(Integer.parseInt(each.group(2), 16));
              });
    }
  }
}
