package dev.cutline.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.Capabilities;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.ImageFormat;
import dev.cutline.InvalidSettingsException;
import dev.cutline.Secret;
import dev.cutline.Settings;
import dev.cutline.spi.CaptionProvider;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiSettingsTest {
  @Test
  void asksForWhatIsMissing() {
    assertThat(problems(Map.of()))
        .containsExactly(
            "model: is missing: set it to the model to ask, for example gpt-6-luna",
            "api-key: is missing: set it, or the environment variable OPENAI_API_KEY");
    assertThat(problems(Map.of("model", "m", "dialect", "azure")))
        .containsExactly(
            "endpoint: is missing: set it to the base address of Azure OpenAI, for example https://NAME.openai.azure.com",
            "api-key: is missing: set it, or the environment variable AZURE_OPENAI_API_KEY");
    assertThat(problems(Map.of("model", "m", "dialect", "openrouter")))
        .containsExactly(
            "api-key: is missing: set it, or the environment variable OPENROUTER_API_KEY");
    assertThat(problems(Map.of("model", "m", "dialect", "compatible")))
        .containsExactly(
            "endpoint: is missing: set it to the base address of the server, for example http://host:8000/v1");
  }

  @Test
  void tellsAllProblemsAtOnceWithoutTheKey() {
    List<String> problems =
        problems(
            Map.ofEntries(
                Map.entry("model", "m"),
                Map.entry("api-key", "sk-secret"),
                Map.entry("endpoint", "ftp://x"),
                Map.entry("max-tokens", "0"),
                Map.entry("max-tokens-field", "maximum"),
                Map.entry("json-schema", "maybe"),
                Map.entry("detail", "sharp"),
                Map.entry("temperature", "2.1"),
                Map.entry("reasoning-effort", "A lot"),
                Map.entry("auth-header", "cookie"),
                Map.entry("api-version", "2024-10-21"),
                Map.entry("max-long-edge", "10"),
                Map.entry("modell", "x")));

    assertThat(problems)
        .containsExactlyInAnyOrder(
            "endpoint: \"ftp://x\" is not an address such as https://host/path",
            "max-tokens: 0 is not between 1 and 100000",
            "max-tokens-field: \"maximum\" is none of max_tokens, max_completion_tokens",
            "json-schema: \"maybe\" is not true or false",
            "detail: \"sharp\" is not one of auto, low, high, original",
            "temperature: 2.1 is not between 0 and 2",
            "reasoning-effort: \"A lot\" is not a word such as none or low",
            "auth-header: \"cookie\" is none of authorization, api-key",
            "api-version: only the dialect azure has one",
            "max-long-edge: 10 is not between 64 and 16384",
            "modell: unknown key; did you mean model?");
  }

  @Test
  void refusesAVersionThatWouldChangeTheAddress() {
    Map<String, String> settings =
        Map.of(
            "model",
            "m",
            "dialect",
            "azure",
            "api-key",
            "k",
            "endpoint",
            "https://x",
            "api-version",
            "1&key=2");

    assertThat(problems(settings))
        .containsExactly("api-version: \"1&key=2\" is not a version such as 2024-10-21");
  }

  @Test
  void tellsAllProblemsOfOllamaAtOnce() {
    InvalidSettingsException e =
        catchThrowableOfType(
            InvalidSettingsException.class,
            () ->
                new OllamaCaptionProvider()
                    .create(
                        settings(
                            Map.of(
                                "endpoint", "localhost:11434",
                                "max-tokens", "many",
                                "context-tokens", "1",
                                "keep-alive", "10m",
                                "think", "hard",
                                "json-schema", "1",
                                "temperature", "3",
                                "dialect", "x"))));

    assertThat(e.problems())
        .containsExactlyInAnyOrder(
            "model: is missing: set it to a model that sees, for example gemma4",
            "endpoint: \"localhost:11434\" is not an address such as https://host/path",
            "max-tokens: \"many\" is not a whole number",
            "context-tokens: 1 is not between 512 and 10000000",
            "keep-alive: \"10m\" is not an ISO 8601 duration such as PT20S, PT1H or P90D",
            "think: \"hard\" is not true or false",
            "json-schema: \"1\" is not true or false",
            "temperature: 3 is not between 0 and 2",
            "dialect: unknown key");
  }

  @Test
  void findsTheKeyInTheUsualVariable() {
    Settings withVariable =
        new FakeEnvironment(
            Map.of("model", "m"),
            Map.of("env:OPENAI_API_KEY", "sk-1", "env:OPENROUTER_API_KEY", "or-1"));

    try (Captioner captioner = new OpenAiCaptionProvider().create(withVariable)) {
      assertThat(captioner).hasToString("m of OpenAI at https://api.openai.com/v1");
    }
  }

  @Test
  void sendsNobodysKeyToAnotherServer() {
    for (Dialect dialect : Dialect.values()) {
      boolean hosted = Set.of(Dialect.OPENAI, Dialect.AZURE, Dialect.OPENROUTER).contains(dialect);
      assertThat(dialect.keyVariable().isPresent()).as("%s", dialect).isEqualTo(hosted);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "openai, https://api.openai.com/v1, false",
    "openai, http://localhost:1/v1, false",
    "openrouter, https://openrouter.ai/api/v1, false",
    "compatible, http://localhost:1/v1, false",
    "vllm, http://localhost:8000/v1, true",
    "vllm, http://127.0.0.1:8000/v1, true",
    "vllm, http://192.168.0.7:8000/v1, false",
    "sglang, http://localhost:30000/v1, true",
    "llamacpp, http://[::1]:8080/v1, true",
    "lmstudio, http://localhost:1234/v1, true",
    "lmstudio, https://example.com/v1, false",
  })
  void isLocalOnlyWhereThePictureStaysOnThisMachine(
      String dialect, String endpoint, boolean local) {
    try (Captioner captioner =
        create(Map.of("model", "m", "dialect", dialect, "api-key", "k", "endpoint", endpoint))) {
      assertThat(captioner.capabilities().isLocal()).isEqualTo(local);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gemma4, http://localhost:11434, true",
    "gemma4:latest, http://127.0.0.1:1, true",
    "gemma4, http://gpu.example.com:11434, false",
    "qwen3-vl:235b-cloud, http://localhost:11434, false",
    "gemma4:cloud, http://localhost:11434, false",
  })
  void countsModelsOfOllamasCloudAsRemote(String model, URI endpoint, boolean local) {
    try (Captioner captioner = OllamaCaptioner.builder(model).endpoint(endpoint).build()) {
      assertThat(captioner.capabilities().isLocal()).isEqualTo(local);
    }
  }

  @Test
  void tellsWhatItTakes() {
    try (Captioner hosted = create(Map.of("model", "m", "api-key", "k"));
        Captioner local =
            create(Map.of("model", "m", "dialect", "llamacpp", "max-long-edge", "896"))) {
      Capabilities capabilities = hosted.capabilities();
      assertThat(capabilities.formats())
          .containsExactlyInAnyOrder(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP);
      assertThat(capabilities.maxLongEdge()).isEqualTo(1568);
      assertThat(capabilities.maxBytes()).isEqualTo(10_485_760);
      assertThat(capabilities.styles()).containsExactlyInAnyOrder(CaptionStyle.values());
      assertThat(capabilities.isModel()).isTrue();
      assertThat(local.capabilities().formats())
          .containsExactlyInAnyOrder(ImageFormat.JPEG, ImageFormat.PNG);
      assertThat(local.capabilities().maxLongEdge()).isEqualTo(896);
    }
  }

  @Test
  void hasAFingerprintOfWhateverDecidesTheAnswer() {
    Set<String> fingerprints = new TreeSet<>();
    List<Map<String, String>> different =
        List.of(
            Map.of("model", "m", "dialect", "vllm"),
            Map.of("model", "n", "dialect", "vllm"),
            Map.of("model", "m", "dialect", "sglang"),
            Map.of("model", "m", "dialect", "vllm", "endpoint", "http://gpu:8000/v1"),
            Map.of("model", "m", "dialect", "vllm", "temperature", "0.5"),
            Map.of("model", "m", "dialect", "vllm", "detail", "high"),
            Map.of("model", "m", "dialect", "vllm", "reasoning-effort", "low"),
            Map.of("model", "m", "dialect", "vllm", "json-schema", "false"));
    for (Map<String, String> settings : different) {
      try (Captioner captioner = create(settings)) {
        fingerprints.add(captioner.fingerprint());
      }
    }

    assertThat(fingerprints).hasSize(different.size());
    assertThat(fingerprints)
        .contains(
            "vLLM|http://localhost:8000/v1|m|prompt 1|schema=true,detail=null,temperature=null,effort=null");
    try (Captioner ollama = OllamaCaptioner.builder("m").build()) {
      assertThat(ollama.fingerprint())
          .isEqualTo(
              "Ollama|http://localhost:11434|m|prompt 1|schema=true,think=null,context=null,temperature=null");
    }
  }

  @Test
  void refusesSenselessValues() {
    assertThatThrownBy(() -> OpenAiCaptioner.builder(" "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OllamaCaptioner.builder(""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OpenAiCaptioner.builder("m").maxLongEdge(0)).hasMessageContaining("0");
    assertThatThrownBy(() -> OllamaCaptioner.builder("m").maxTokens(0)).hasMessageContaining("0");
    assertThatThrownBy(() -> OllamaCaptioner.builder("m").contextTokens(-1))
        .hasMessageContaining("-1");
    assertThatThrownBy(
            () -> OpenAiCaptioner.builder(Dialect.AZURE, "m").apiKey(Secret.of("k")).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("endpoint");
  }

  private static List<String> problems(Map<String, String> settings) {
    InvalidSettingsException e =
        catchThrowableOfType(InvalidSettingsException.class, () -> create(settings));
    assertThat(e.getMessage()).doesNotContain("sk-secret");
    return e.problems();
  }

  private static Captioner create(Map<String, String> values) {
    CaptionProvider provider = new OpenAiCaptionProvider();
    return provider.create(settings(values));
  }

  /** Settings with an environment that is empty, whatever that of the machine is. */
  private static Settings settings(Map<String, String> values) {
    return new FakeEnvironment(values, Map.of());
  }

  private record FakeEnvironment(Map<String, String> values, Map<String, String> references)
      implements Settings {
    @Override
    public @Nullable String get(String key) {
      return values.get(key);
    }

    @Override
    public Set<String> keys() {
      return values.keySet();
    }

    @Override
    public @Nullable String resolve(String value) {
      return references.get(value);
    }
  }
}
