package dev.cutline.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.spi.CorruptDocumentException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentsTest {
  @Test
  void readsWhatItWrote() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("text", "a \"quote\", a\nline, \u0000, ü and 🦊");
    document.put("long", "x".repeat(30_000_000));
    document.put("n".repeat(60_000), 1L);
    document.put("whole", Long.MIN_VALUE);
    document.put("fraction", 0.1);
    document.put("yes", true);
    document.put("no", false);
    document.put("nothing", null);
    document.put("list", Arrays.asList(1L, null, List.of(), Map.of("deep", List.of("x"))));
    document.put("object", Map.of());

    assertThat(JsonDocuments.read(JsonDocuments.write(document))).isEqualTo(document);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "1",
        "null",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":[1",
        "{\"a\":}",
        "{\"a\":99999999999999999999}",
        "nonsense",
        "{'a':1}"
      })
  void whatIsNoDocumentIsCorruptInOneLine(String text) {
    assertThatThrownBy(() -> JsonDocuments.read(text))
        .isInstanceOf(CorruptDocumentException.class)
        .hasMessageNotContaining("\n");
  }

  @Test
  void halfACharacterIsNotWritten() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonDocuments.write(Map.of("a", "\ud83e")))
        .withMessageContaining("half of a surrogate pair");
  }
}
