package dev.cutline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RawArgumentsTest {
  private static final byte[] COMMAND_LINE =
      "java\0-cp\0\0Main\0caption\0caf\u00e9\0x\0".getBytes(StandardCharsets.ISO_8859_1);

  @Test
  void spellsWhatJavaCouldNotDecode() {
    assertThat(RawArguments.of(new String[] {"caption", "caf\uFFFD", "x"}, COMMAND_LINE))
        .containsExactly("caption", "caf\\xe9", "x");
  }

  @Test
  void leavesAloneWhatItCannotBeSureOf() {
    String[] other = {"caption", "th\uFFFD", "x"};
    assertThat(RawArguments.of(other, COMMAND_LINE)).containsExactly(other);
    String[] damaged = {"caption", "caf\uFFFD", "x"};
    assertThat(RawArguments.of(damaged, new byte[0])).containsExactly(damaged);
    assertThat(RawArguments.of(damaged)).as("of the process of this test").containsExactly(damaged);
  }

  @Test
  void asksNobodyWhereAllIsText() {
    String[] arguments = {"caption", "größer 🐈"};
    assertThat(RawArguments.of(arguments)).isSameAs(arguments);
  }
}
