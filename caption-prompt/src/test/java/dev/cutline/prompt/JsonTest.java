package dev.cutline.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(strings = {"{}", "[1]", "\"a\"", "1", "true", "null", " {\"a\":1}\n"})
  void readsOneValue(String text) {
    assertThat(Json.read(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  \n",
        "{} {}",
        "{}x",
        "{",
        "{\"a\":1,\"a\":2}",
        "{'a':1}",
        "NaN",
        "01",
        "[1,]",
        "/**/1"
      })
  void readsNothingElse(String text) {
    assertThat(Json.read(text)).isEmpty();
  }

  @Test
  void boundsDepthNumbersAndNames() {
    int most = Json.MAX_DEPTH;
    assertThat(Json.read("[".repeat(most) + "]".repeat(most))).isPresent();
    assertThat(Json.read("[".repeat(most + 1) + "]".repeat(most + 1))).isEmpty();
    assertThat(Json.read("9".repeat(100))).isPresent();
    assertThat(Json.read("9".repeat(101))).isEmpty();
    assertThat(Json.read("{\"" + "a".repeat(2_000) + "\":1}")).isEmpty();
  }

  @Test
  void writesCompactUtf8() {
    assertThat(Json.text(Json.object().put("ä", 1).put("b", "\n")))
        .isEqualTo("{\"ä\":1,\"b\":\"\\n\"}");
    assertThat(Json.bytes(Json.object().put("ä", "漢")))
        .isEqualTo("{\"ä\":\"漢\"}".getBytes(StandardCharsets.UTF_8));
  }
}
