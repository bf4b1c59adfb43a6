package dev.cutline.prompt.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.prompt.chat.ChatOptions.MaxTokensField;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChatSettingsTest {
  private final ChatOptions usual =
      ChatOptions.builder("m").maxTokens(77).usualReasoningEffort("none").build();

  @Test
  void returnsWhatIsUsualWhereNothingIsSet() {
    ChatOptions read = ChatSettings.read(reader(Map.of()), usual);

    assertThat(read).usingRecursiveComparison().isEqualTo(usual);
  }

  @Test
  void readsEveryKey() {
    Map<String, String> settings =
        Map.of(
            "max-tokens", "500",
            "max-tokens-field", "max_completion_tokens",
            "json-schema", "false",
            "detail", "low",
            "temperature", "0.5",
            "reasoning-effort", "high");
    SettingsReader in = reader(settings);
    ChatOptions read = ChatSettings.read(in, usual);
    in.finish();

    assertThat(settings.keySet()).isEqualTo(Set.copyOf(ChatSettings.KEYS));
    assertThat(read.maxTokens()).isEqualTo(500);
    assertThat(read.maxTokensField()).isEqualTo(MaxTokensField.MAX_COMPLETION_TOKENS);
    assertThat(read.strategy())
        .isEqualTo("prompt 1|schema=false,detail=low,temperature=0.5,effort=high");
    assertThat(read.unasked()).as("what was set stays").isEmpty();
  }

  @Test
  void sendsNoEffortThatIsUnset() {
    ChatOptions read = ChatSettings.read(reader(Map.of("reasoning-effort", "unset")), usual);

    assertThat(read.reasoningEffort()).isEmpty();
  }

  @Test
  void tellsEverythingThatIsWrong() {
    SettingsReader in =
        reader(
            Map.of(
                "max-tokens", "0",
                "max-tokens-field", "most",
                "json-schema", "1",
                "detail", "sharp",
                "temperature", "2.1",
                "reasoning-effort", "A lot"));
    ChatSettings.read(in, usual);

    assertThat(catchThrowableOfType(InvalidSettingsException.class, in::finish).problems())
        .containsExactly(
            "max-tokens: 0 is not between 1 and 100000",
            "max-tokens-field: \"most\" is none of max_tokens, max_completion_tokens",
            "json-schema: \"1\" is not true or false",
            "detail: \"sharp\" is not one of auto, low, high, original",
            "temperature: 2.1 is not between 0 and 2",
            "reasoning-effort: \"A lot\" is not a word such as none or low");
  }

  private static SettingsReader reader(Map<String, String> settings) {
    return SettingsReader.of(Settings.of(settings));
  }
}
