package dev.cutline.core.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a server says, as it goes into logs, terminals and records. */
class TrailTest {
  @Test
  void messageOfAServerBecomesOneLineWithoutControls() {
    assertThat(Trail.oneLine(" busy\r\n\tnow\u0000 ")).isEqualTo("busy now");
    assertThat(Trail.oneLine("a\u0085b\u2028c\u2029d"))
        .as("Unicode's line ends")
        .isEqualTo("a b c d");
    assertThat(Trail.oneLine("red\u009b31m")).as("8-bit escapes").isEqualTo("red 31m");
  }
}
