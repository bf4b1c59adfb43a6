package dev.cutline.prompt;

import static dev.cutline.CaptionStyle.ALT;
import static dev.cutline.CaptionStyle.CONCISE;
import static dev.cutline.CaptionStyle.CREATIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionStyle;
import dev.cutline.Reason;
import dev.cutline.Usage;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyParserTest {
  private static final String GOOD =
      "{\"concise\":\"Red bicycle\",\"creative\":\"It waits {here}. Öl \\u00fc \\\"x\\\"\",\"alt\":\"A bicycle\",\"decorative\":false}";
  private static final Map<CaptionStyle, String> TEXTS =
      Map.of(CONCISE, "Red bicycle", CREATIVE, "It waits {here}. Öl ü \"x\"", ALT, "A bicycle");
  private static final Usage USAGE = new Usage(150, 35);

  @Test
  void readsTheJsonThatWasAskedFor() {
    CaptionReply reply = parse(GOOD);

    assertThat(reply.texts()).isEqualTo(TEXTS);
    assertThat(reply.isDecorative()).isFalse();
    assertThat(reply.model()).isEqualTo("model-1");
    assertThat(reply.usage()).isEqualTo(USAGE);
    assertThat(reply.promptVersion()).contains(CaptionPrompt.VERSION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n  %s \n",
        "```json\n%s\n```",
        "```\n%s\n```\n",
        "```%s```",
        "[%s]",
        "```json\n%s",
        "```JSON\r\n%s\r\n```",
        "Here are the captions:\n```json\n%s\n```\nI hope they please.",
        "Here are the captions: %s I hope they please.",
        "<think>Is it {red}? {\"concise\":\"no\"}</think>\n%s",
        "I used {braces}:\n```json\n%s\n```\nSee {docs}.",
        "I used {braces}:\n```%s```",
        "<think>hm</think>```json\n%s\n```",
      })
  void toleratesWhatStandsAroundOneObject(String around) {
    assertThat(parse(around.replace("%s", GOOD)).texts()).isEqualTo(TEXTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "I see a red bicycle.",
        "null",
        "[]",
        "\"Red bicycle\"",
        "12",
        "%s%s",
        "%s}",
        "%s,{\"concise\":\"b\"}",
        "```json\n%s\n%s\n```",
        "{\"answer\":%s}",
        "<think>%s",
        "{'concise':'Red bicycle'}",
        "{\"concise\":\"a\",\"concise\":\"b\",\"creative\":\"c\",\"alt\":\"d\"}",
        "{\"concise\":\"a\",\"creative\":\"c\",\"alt\":\"d\",\"x\":{\"y\":1,\"y\":2}}",
        "{\"concise\":\"a\",\"creative\":\"c\",\"alt\":\"d\",}",
        "{\"concise\":\"a\" \"creative\":\"c\",\"alt\":\"d\"}",
        "{\"concise\":1,\"creative\":\"c\",\"alt\":\"d\"}",
        "{\"concise\":[\"a\"],\"creative\":\"c\",\"alt\":\"d\"}",
        "{\"concise\":{\"text\":\"a\"},\"creative\":\"c\",\"alt\":\"d\"}",
        "{\"concise\":true,\"creative\":\"c\",\"alt\":\"d\"}",
        "{\"concise\":null,\"creative\":\"c\",\"alt\":\"d\"}",
        "{\"creative\":\"c\",\"alt\":\"d\"}",
        "{\"concise\":\" \",\"creative\":\"c\",\"alt\":\"d\"}",
        "{\"concise\":\"a\",\"creative\":\"c\",\"alt\":\"\",\"decorative\":false}",
        "{\"concise\":\"a\",\"creative\":\"c\",\"alt\":\"d\",\"decorative\":\"false\"}",
        "{\"concise\":\"a\",\"creative\":\"c\",\"alt\":\"d\",\"decorative\":0}",
        "{\"concise\":\"\",\"creative\":\"c\",\"alt\":\"\",\"decorative\":true}",
      })
  void callsEverythingElseMalformed(String text) {
    CaptionException e = failure(text.replace("%s", GOOD));

    assertThat(e.reason()).isEqualTo(Reason.MALFORMED_REPLY);
    assertThat(e.usage()).isEqualTo(USAGE);
  }

  @Test
  void callsJsonThatWasCutOffAnywhereMalformed() {
    for (String whole : new String[] {GOOD, "```json\n" + GOOD, "Captions: " + GOOD}) {
      for (int end = 0; end < whole.length(); end++) {
        assertThat(failure(whole.substring(0, end)).reason()).isEqualTo(Reason.MALFORMED_REPLY);
      }
    }
  }

  @Test
  void asksOnlyForWhatWasAskedFor() {
    CaptionReply reply =
        parse(
            "{\"concise\":\"a\",\"creative\":7,\"alt\":\"\",\"decorative\":\"what\"}",
            EnumSet.of(CONCISE));

    assertThat(reply.texts()).isEqualTo(Map.of(CONCISE, "a"));
    assertThat(reply.isDecorative()).isFalse();
  }

  @Test
  void takesAnEmptyAltTextOfADecoration() {
    CaptionReply reply =
        parse(
            "{\"concise\":\"Grey line\",\"creative\":\"A line.\",\"alt\":\"\",\"decorative\":true}");

    assertThat(reply.text(ALT)).contains("");
    assertThat(reply.isDecorative()).isTrue();
  }

  @Test
  void takesAMissingAltTextOfADecoration() {
    for (String alt : new String[] {"", "\"alt\":null,", "\"alt\":\" \","}) {
      CaptionReply reply =
          parse("{\"concise\":\"Line\",\"creative\":\"A line.\"," + alt + "\"decorative\":true}");

      assertThat(reply.text(ALT)).contains("");
      assertThat(reply.isDecorative()).isTrue();
    }
  }

  @Test
  void keepsAnAltTextThatContradictsDecoration() {
    CaptionReply reply =
        parse(
            "{\"concise\":\"Line\",\"creative\":\"A line.\",\"alt\":\"A grey line\",\"decorative\":true}");

    assertThat(reply.text(ALT)).contains("A grey line");
    assertThat(reply.isDecorative()).isFalse();
  }

  @Test
  void forgetsDecorationWhereNoAltTextWasAskedFor() {
    CaptionReply reply =
        parse("{\"concise\":\"Line\",\"alt\":\"\",\"decorative\":true}", EnumSet.of(CONCISE));

    assertThat(reply.isDecorative()).isFalse();
  }

  @Test
  void quotesTheBeginningOnOneLine() {
    CaptionException e = failure("I cannot\n\tdo\u0000 that. " + "x".repeat(5_000));

    assertThat(e)
        .hasMessageStartingWith("not the JSON object that was asked for: I cannot do that. xxx");
    assertThat(e.getMessage()).hasSizeLessThan(200).doesNotContain("\n").endsWith("…");
    assertThat(failure("")).hasMessageEndingWith(": an empty answer");
  }

  @Test
  void handsOnWhatIsNoObjectAtAll() {
    assertThat(failure("<think>May I?</think> I cannot do that.").answer())
        .hasValueSatisfying(answer -> assertThat(answer.strip()).isEqualTo("I cannot do that."));
    assertThat(failure("{\"concise\":1}").answer()).isEmpty();
  }

  @Test
  void survivesDepthAndLength() {
    String deep = "{\"concise\":" + "[".repeat(100_000);
    String deepClosed = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
    String longText = "{\"concise\":\"" + "x".repeat(Json.MAX_CHARS) + "\"}";
    String longNumber = "{\"concise\":" + "9".repeat(100_000) + "}";
    for (String text : new String[] {deep, deepClosed, longText, longNumber}) {
      assertThat(failure(text).reason()).isEqualTo(Reason.MALFORMED_REPLY);
    }
  }

  @Test
  void neverFailsInAnotherWay() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String parts = "{}[]\":,`\\n tfn\0\ud83d\ude00json0e-<think></think>";
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? GOOD : "");
      for (int i = random.nextInt(30); i > 0; i--) {
        text.insert(
            random.nextInt(text.length() + 1), parts.charAt(random.nextInt(parts.length())));
      }
      Throwable thrown = catchThrowable(() -> parse(text.toString()));
      if (thrown != null) {
        assertThat(thrown)
            .as("seed %d, round %d: %s", seed, round, text)
            .isInstanceOfSatisfying(
                CaptionException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED_REPLY));
      }
    }
  }

  private static CaptionException failure(String text) {
    CaptionException e = catchThrowableOfType(CaptionException.class, () -> parse(text));
    assertThat(e).as("failure of %s", OneLine.of(text, 100)).isNotNull();
    return e;
  }

  private static CaptionReply parse(String text) {
    return parse(text, EnumSet.allOf(CaptionStyle.class));
  }

  private static CaptionReply parse(String text, Set<CaptionStyle> styles) {
    return ReplyParser.parse(text, Requests.builder().styles(styles).build(), "model-1", USAGE);
  }
}
