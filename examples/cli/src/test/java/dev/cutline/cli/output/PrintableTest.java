package dev.cutline.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void leavesTextOfAnyScriptAlone() {
    String text = "Größe мир 日本語 עברית 👩‍🚀 नमस्ते";
    assertThat(Printable.of(text)).isEqualTo(text);
  }

  @Test
  void escapesWhatPretendsToBeAnotherName() {
    assertThat(Printable.of("photo\u202egpj.exe")).isEqualTo("photo\\u202egpj.exe");
    assertThat(Printable.of("a\nb\u001b[31m\u2066\u200f\u2028"))
        .isEqualTo("a\\u000ab\\u001b[31m\\u2066\\u200f\\u2028");
    assertThat(Printable.of("half \ud800")).isEqualTo("half \\ud800");
  }

  @Test
  void makesTextsOneLine() {
    assertThat(Printable.line(" a\r\n\tb \u2028c ")).isEqualTo("a b c");
  }

  @Property
  void printsNothingThatATerminalObeys(@ForAll String text) {
    assertThat(Printable.of(text).codePoints())
        .noneMatch(c -> Character.getType(c) == Character.CONTROL)
        .noneMatch(c -> c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069);
  }
}
