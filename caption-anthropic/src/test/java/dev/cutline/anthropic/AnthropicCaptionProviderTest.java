package dev.cutline.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cutline.CaptionRequest;
import dev.cutline.Captioner;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Secret;
import dev.cutline.Settings;
import dev.cutline.http.JsonHttp;
import dev.cutline.spi.CaptionProvider;
import dev.cutline.tck.CaptionProviderContract;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnthropicCaptionProviderTest extends CaptionProviderContract {
  private static final Secret KEY = Secret.of("sk-ant-0123456789");

  @Override
  protected Class<? extends CaptionProvider> provider() {
    return AnthropicCaptionProvider.class;
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("model", "claude-haiku-5-5", "api-key", KEY.reveal());
  }

  @Override
  protected Map<String, String> required() {
    return Map.of("model", "for example claude-haiku-5-5", "api-key", "ANTHROPIC_API_KEY");
  }

  @Override
  protected Map<String, String> wrong() {
    return Map.of(
        "endpoint", "api.anthropic.com",
        "effort", "very much",
        "thinking", "sometimes");
  }

  @Override
  protected Map<String, Range> ranges() {
    return Map.of(
        "max-tokens", new Range(1, 100_000),
        "max-long-edge", new Range(200, 8_000));
  }

  @Override
  protected List<String> flags() {
    return List.of("json-schema");
  }

  @Test
  void readsEverySetting() {
    Settings settings =
        Settings.of(
            Map.of(
                "model", "m",
                "api-key", "k",
                "endpoint", "https://proxy.example/anthropic/",
                "max-tokens", "300",
                "json-schema", "false",
                "effort", "low",
                "thinking", "disabled",
                "max-long-edge", "800"));
    try (Captioner captioner = new AnthropicCaptionProvider().create(settings)) {
      assertThat(captioner.fingerprint())
          .isEqualTo(
              "Anthropic|https://proxy.example/anthropic|m|prompt 1|schema=false,effort=low,thinking=DISABLED");
      assertThat(captioner.capabilities().maxLongEdge()).isEqualTo(800);
      assertThat(captioner).hasToString("m of Anthropic at https://proxy.example/anthropic");
    }
  }

  @Test
  void takesWhatAnthropicTakes() {
    try (Captioner captioner = AnthropicCaptioner.builder("m", KEY).build()) {
      assertThat(captioner.capabilities().formats())
          .containsExactlyInAnyOrder(ImageFormat.values());
      assertThat(captioner.capabilities().maxBytes() * 4 / 3).isEqualTo(5_242_880);
      assertThat(captioner.capabilities().maxLongEdge()).isEqualTo(1_568);
      assertThat(captioner.capabilities().isLocal()).isFalse();
      assertThat(captioner.capabilities().isModel()).isTrue();
    }
  }

  @Test
  void refusesWhatCannotWorkAtOnce() {
    AnthropicCaptioner.Builder builder = AnthropicCaptioner.builder("m", KEY);

    assertThatIllegalArgumentException().isThrownBy(() -> AnthropicCaptioner.builder(" ", KEY));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxTokens(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxLongEdge(8_001));
  }

  @Test
  void leavesASenderOpenThatItWasGiven() {
    try (JsonHttp http = JsonHttp.create()) {
      AnthropicCaptioner.builder("m", KEY).http(http).build().close();
      Captioner second =
          AnthropicCaptioner.builder("m", KEY)
              .http(http)
              .endpoint(URI.create("http://127.0.0.1:1/v1/"))
              .build();
      ImageData picture = ImageData.of(new byte[] {1}, ImageFormat.JPEG, 1, 1);

      assertThat(catchThrowable(() -> second.caption(CaptionRequest.builder(picture).build())))
          .hasMessageContaining("POST http://127.0.0.1:1/v1/messages: nobody answers");
    }
  }
}
