package dev.cutline.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.prompt.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.document.Document;

class DocumentsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "\"text, \\\" and all\"",
        "true",
        "7",
        "-12.5",
        "12345678901234567890",
        "[1,\"1\",null,[false,{}]]",
        "{\"b\":{\"c\":[{\"d\":1.5}]},\"a\":null}"
      })
  void keepsJsonAsItIsThereAndBack(String text) {
    JsonNode json = Json.read(text).orElseThrow();

    Document document = Documents.of(json);

    assertThat(Json.text(Documents.toJson(document))).isEqualTo(text);
    assertThat(document.isNumber()).isEqualTo(json.isNumber());
    assertThat(document.isList()).isEqualTo(json.isArray());
    assertThat(document.isMap()).isEqualTo(json.isObject());
    assertThat(document.isString()).isEqualTo(json.isTextual());
  }
}
