package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.CaptionStyle;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static final List<String> WILD =
      List.of(
          "it's; DROP TABLE records; --",
          "\"quoted\" <script>alert(1)</script> %s ${x} \\",
          "\uD83D\uDC69\u200D\uD83D\uDE80",
          "\u202Egnp.tac \u05E9\u05DC\u05D5\u05DD",
          "e\u0301\uFEFF\uE000",
          "null");

  @Test
  void keepsAnyTextAsItIs() {
    for (String text : WILD) {
      Upload upload =
          Upload.builder(text, new byte[1])
              .title(text)
              .description(text + "\r\n\t" + text)
              .context(text)
              .tags(List.of(text))
              .fileName(text)
              .build();
      assertThat(upload.owner()).isEqualTo(text);
      assertThat(upload.title()).contains(text);
      assertThat(upload.description()).contains(text + "\r\n\t" + text);
      assertThat(upload.context()).contains(text);
      assertThat(upload.tags()).containsExactly(text);
      assertThat(upload.fileName()).contains(text);
    }
  }

  @Test
  void refusesWhatIsNoText() {
    for (String text : List.of("a\0b", "\u0007", "a\u007Fb", "\u0085x", "\uD800", "a\uDC00b")) {
      assertRefused("owner", () -> Upload.builder(text, new byte[1]));
      assertRefused("title", () -> builder().title(text));
      assertRefused("description", () -> builder().description(text));
      assertRefused("context", () -> builder().context(text));
      assertRefused("tag", () -> builder().tags(List.of(text)));
      assertRefused("title", () -> Edit.builder().title(text));
      assertRefused("caption", () -> Edit.builder().caption(CaptionStyle.ALT, "en", text));
    }
    for (String text : List.of("a\nb", "a\tb", "a\rb")) {
      assertRefused("owner", () -> Upload.builder(text, new byte[1]));
      assertRefused("title", () -> builder().title(text));
      assertRefused("tag", () -> builder().tags(List.of(text)));
    }
  }

  @Test
  void saysWhichCharacterIsNoText() {
    assertThatThrownBy(() -> builder().title("a\0b"))
        .hasMessage("the title holds the character U+0000, which is not text");
  }

  @Test
  void boundsLengths() {
    assertThat(Upload.builder("x".repeat(128), new byte[1]).build().owner()).hasSize(128);
    assertRefused("owner", () -> Upload.builder("x".repeat(129), new byte[1]));
    assertRefused("owner", () -> Upload.builder("", new byte[1]));
    assertThat(builder().title("x".repeat(500)).build().title()).isPresent();
    assertRefused("500", () -> builder().title("x".repeat(501)));
    assertThat(builder().description("x".repeat(10_000)).build().description()).isPresent();
    assertRefused("10001", () -> builder().description("x".repeat(10_001)));
    assertThat(builder().context("x".repeat(4_000)).build().context()).isPresent();
    assertRefused("4000", () -> builder().context("x".repeat(4_001)));
    assertThat(builder().tags(List.of("x".repeat(100))).build().tags()).hasSize(1);
    assertRefused("tag", () -> builder().tags(List.of("x".repeat(101))));
    List<String> many = IntStream.range(0, 51).mapToObj(i -> "t" + i).toList();
    assertThat(builder().tags(many.subList(0, 50)).build().tags()).hasSize(50);
    assertRefused("at most 50 tags", () -> builder().tags(many));
  }

  @Test
  void blankIsNothing() {
    Upload upload = builder().title(" ").description("\n").context(null).fileName("").build();

    assertThat(upload.title()).isEmpty();
    assertThat(upload.description()).isEmpty();
    assertThat(upload.context()).isEmpty();
    assertThat(upload.fileName()).isEmpty();
  }

  @Test
  void namesOfFilesAreMendedRatherThanRefused() {
    assertThat(builder().fileName("../../etc/passwd").build().fileName())
        .contains("../../etc/passwd");
    assertThat(builder().fileName("a\0b\nc\uD800d").build().fileName())
        .contains("a\uFFFDb\uFFFDc\uFFFDd");
    assertThat(builder().fileName("x".repeat(300)).build().fileName().orElseThrow()).hasSize(255);
    assertThat(
            builder().fileName("x".repeat(254) + "\uD83D\uDE80").build().fileName().orElseThrow())
        .as("no half of a pair")
        .isEqualTo("x".repeat(254));
    assertThat(Upload.of("alice", Path.of("folder", "cat.jpg")).fileName()).contains("cat.jpg");
    assertThat(Upload.of("alice", Path.of("/")).fileName()).isEmpty();
  }

  @Test
  void anUploadPrintsNoBytes() {
    assertThat(Upload.of("alice", Path.of("cat.jpg"))).hasToString("upload of cat.jpg by alice");
    assertThat(builder().build()).hasToString("upload of a picture by alice");
  }

  private static Upload.Builder builder() {
    return Upload.builder("alice", new byte[1]);
  }

  private static void assertRefused(String word, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(word);
  }
}
