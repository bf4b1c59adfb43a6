package dev.cutline.prompt.chat;

import dev.cutline.SettingsReader;
import dev.cutline.prompt.chat.ChatOptions.MaxTokensField;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@link ChatOptions} from settings, the same for every provider that chats. */
public final class ChatSettings {
  /** The keys that are read. */
  public static final List<String> KEYS =
      List.of(
          "max-tokens",
          "max-tokens-field",
          "json-schema",
          "detail",
          "temperature",
          "reasoning-effort");

  /** Sends no reasoning effort, not even the usual one. */
  private static final String UNSET = "unset";

  private static final Pattern DETAIL = Pattern.compile("auto|low|high|original");
  private static final Pattern EFFORT = Pattern.compile("[a-z]{1,20}");
  private static final BigDecimal HOTTEST = BigDecimal.valueOf(2);

  private ChatSettings() {}

  /**
   * Returns {@code usual} with whatever is set in its place; the reader notes what is wrong.
   *
   * @param usual what is sent unless something is set
   */
  public static ChatOptions read(SettingsReader in, ChatOptions usual) {
    ChatOptions.Builder options =
        usual.toBuilder()
            .maxTokens(in.integer("max-tokens", usual.maxTokens(), 1, 100_000))
            .maxTokensField(maxTokensField(in, usual.maxTokensField()));
    in.text("json-schema").ifPresent(text -> options.jsonSchema(in.bool("json-schema", true)));
    in.matching("detail", DETAIL, "one of auto, low, high, original").ifPresent(options::detail);
    in.amount("temperature", HOTTEST).ifPresent(options::temperature);
    in.matching("reasoning-effort", EFFORT, "a word such as none or low")
        .ifPresent(effort -> options.reasoningEffort(effort.equals(UNSET) ? null : effort));
    return options.build();
  }

  private static MaxTokensField maxTokensField(SettingsReader in, MaxTokensField usual) {
    String name = in.text("max-tokens-field", usual.wireName());
    for (MaxTokensField field : MaxTokensField.values()) {
      if (field.wireName().equals(name)) {
        return field;
      }
    }
    String names =
        Arrays.stream(MaxTokensField.values())
            .map(MaxTokensField::wireName)
            .collect(Collectors.joining(", "));
    in.problem("max-tokens-field", "\"" + name + "\" is none of " + names);
    return usual;
  }
}
