package dev.cutline.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplySchemaTest {
  @Test
  void isTheOneThatEveryVendorTakes() {
    assertThat(ReplySchema.text())
        .isEqualTo(
            """
            {"type":"object","properties":{\
            "concise":{"type":"string","description":"At most 10 words, plain description"},\
            "creative":{"type":"string","description":"One or two sentences, evocative"},\
            "alt":{"type":"string","description":"Alternative text of at most 125 characters; empty if decorative"},\
            "decorative":{"type":"boolean","description":"Whether the picture is decoration only"}},\
            "required":["concise","creative","alt","decorative"],"additionalProperties":false}""");
  }

  @Test
  void isTheSameAsTreeAndAsText() {
    assertThat(Json.text(ReplySchema.json())).isEqualTo(ReplySchema.text());
  }

  @Test
  void isNotChangedByWhoGetsIt() {
    ReplySchema.json().removeAll();

    assertThat(Json.text(ReplySchema.json())).isEqualTo(ReplySchema.text());
  }
}
