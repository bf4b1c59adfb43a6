package dev.cutline.prompt.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatAdaptationTest {
  private final ChatOptions initial =
      ChatOptions.builder("m").maxTokens(77).detail("low").usualReasoningEffort("none").build();
  private final ChatAdaptation adaptation = new ChatAdaptation(initial);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
        "{\"error\":{\"param\":\"response_format\"}}",
        "This model does not support structured outputs",
        "failed to parse grammar",
      })
  void goesWithoutASchemaThatWasRefused(String problem) {
    assertThat(adaptation.learn(initial, problem)).isTrue();

    assertThat(adaptation.options().jsonSchema()).isFalse();
    assertThat(adaptation.options().reasoningEffort()).contains("none");
    assertThat(adaptation.options().maxTokens()).isEqualTo(77);
    assertThat(adaptation.options().detail()).contains("low");
  }

  @Test
  void goesWithoutAnEffortThatWasRefused() {
    assertThat(adaptation.learn(initial, "Unsupported parameter: 'reasoning_effort'")).isTrue();

    assertThat(adaptation.options().reasoningEffort()).isEmpty();
    assertThat(adaptation.options().jsonSchema()).isTrue();
  }

  @Test
  void learnsOneThingAfterTheOther() {
    adaptation.learn(initial, "reasoning_effort");
    adaptation.learn(adaptation.options(), "response_format");

    assertThat(adaptation.options().reasoningEffort()).isEmpty();
    assertThat(adaptation.options().jsonSchema()).isFalse();
    assertThat(adaptation.learn(adaptation.options(), "reasoning_effort response_format"))
        .isFalse();
  }

  @Test
  void anotherCallSentBeforeIsWorthATryToo() {
    assertThat(adaptation.learn(initial, "response_format")).isTrue();
    assertThat(adaptation.learn(initial, "response_format")).isTrue();
  }

  @Test
  void learnsNothingFromOtherProblems() {
    assertThat(adaptation.learn(initial, "Unsupported parameter: 'user'")).isFalse();

    assertThat(adaptation.options()).isSameAs(initial);
  }

  @Test
  void keepsWhatTheUserSet() {
    ChatOptions stated = ChatOptions.builder("m").jsonSchema(true).reasoningEffort("low").build();
    ChatAdaptation none = new ChatAdaptation(stated);

    assertThat(none.learn(stated, "response_format reasoning_effort")).isFalse();
    assertThat(none.options()).isSameAs(stated);
    assertThat(new ChatAdaptation(stated.toBuilder().build()).learn(stated, "json_schema"))
        .as("a copy knows it too")
        .isFalse();
  }

  @Test
  void namesInItsStrategyWhatDecidesAnAnswer() {
    assertThat(initial.strategy())
        .isEqualTo("prompt 1|schema=true,detail=low,temperature=null,effort=none");
  }
}
