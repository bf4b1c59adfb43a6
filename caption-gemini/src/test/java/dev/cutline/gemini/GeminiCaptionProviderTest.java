package dev.cutline.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.CaptionRequest;
import dev.cutline.Captioner;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.InvalidSettingsException;
import dev.cutline.Secret;
import dev.cutline.Settings;
import dev.cutline.spi.CaptionProvider;
import dev.cutline.tck.CaptionProviderContract;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeminiCaptionProviderTest extends CaptionProviderContract {
  private static final Secret KEY = Secret.of("AIza-0123456789");

  @Override
  protected Class<? extends CaptionProvider> provider() {
    return GeminiCaptionProvider.class;
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("model", "gemini-3.5-flash-lite", "api-key", KEY.reveal());
  }

  @Override
  protected Map<String, String> required() {
    return Map.of("model", "for example gemini-3.5-flash-lite", "api-key", "GEMINI_API_KEY");
  }

  @Override
  protected Map<String, String> wrong() {
    return Map.of(
        "endpoint", "generativelanguage.googleapis.com",
        "thinking-level", "very much",
        "media-resolution", "ultra");
  }

  @Override
  protected Map<String, Range> ranges() {
    return Map.of(
        "max-tokens", new Range(1, 100_000),
        "max-long-edge", new Range(64, 16_384));
  }

  @Override
  protected List<String> flags() {
    return List.of("json-schema");
  }

  @Test
  void readsEverySettingForGeneration3() {
    Settings settings =
        Settings.of(
            Map.of(
                "model", "m",
                "api-key", "k",
                "endpoint", "https://proxy.example/google/",
                "max-tokens", "300",
                "json-schema", "false",
                "thinking-level", "minimal",
                "media-resolution", "low",
                "max-long-edge", "800"));
    try (Captioner captioner = new GeminiCaptionProvider().create(settings)) {
      assertThat(captioner.fingerprint())
          .isEqualTo(
              "Gemini|https://proxy.example/google|m|prompt 1|schema=false,thinking-level=minimal,"
                  + "thinking-budget=null,media-resolution=LOW");
      assertThat(captioner.capabilities().maxLongEdge()).isEqualTo(800);
      assertThat(captioner).hasToString("m of Gemini at https://proxy.example/google");
    }
  }

  @Test
  void readsTheBudgetOfGeneration2() {
    Settings settings = Settings.of(Map.of("model", "m", "api-key", "k", "thinking-budget", "-1"));
    try (Captioner captioner = new GeminiCaptionProvider().create(settings)) {
      assertThat(captioner.fingerprint()).contains("thinking-level=null,thinking-budget=-1,");
    }
  }

  @Test
  void takesOneWayToLimitThinking() {
    Settings both =
        Settings.of(
            Map.of("model", "m", "api-key", "k", "thinking-budget", "0", "thinking-level", "low"));

    InvalidSettingsException e =
        catchThrowableOfType(
            InvalidSettingsException.class, () -> new GeminiCaptionProvider().create(both));

    assertThat(e.problems()).hasSize(1);
    assertThat(e.problems().get(0)).contains("thinking-budget", "one of them");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> GeminiCaptioner.builder("m", KEY).thinkingLevel("low").thinkingBudget(0).build());
  }

  @Test
  void takesWhatGoogleTakes() {
    try (Captioner captioner = GeminiCaptioner.builder("m", KEY).build()) {
      assertThat(captioner.capabilities().formats())
          .containsExactlyInAnyOrder(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP);
      assertThat(captioner.capabilities().maxBytes() * 4 / 3).isLessThan(20_000_000);
      assertThat(captioner.capabilities().maxLongEdge()).isEqualTo(1_568);
      assertThat(captioner.capabilities().isLocal()).isFalse();
      assertThat(captioner.capabilities().isModel()).isTrue();
      assertThat(captioner.capabilities().isPunctual()).isTrue();
    }
  }

  @Test
  void refusesWhatCannotWorkAtOnce() {
    GeminiCaptioner.Builder builder = GeminiCaptioner.builder("m", KEY);

    assertThatIllegalArgumentException().isThrownBy(() -> GeminiCaptioner.builder(" ", KEY));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxTokens(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.thinkingBudget(-2));
  }

  @Test
  void asksAnEndpointThatNamesItsVersionWithoutNamingItTwice() {
    ImageData picture = ImageData.of(new byte[] {1}, ImageFormat.JPEG, 1, 1);
    try (Captioner captioner =
        GeminiCaptioner.builder("tuned/m", KEY)
            .endpoint(URI.create("http://127.0.0.1:1/v1beta/"))
            .build()) {
      assertThat(catchThrowable(() -> captioner.caption(CaptionRequest.builder(picture).build())))
          .hasMessageContaining(
              "POST http://127.0.0.1:1/v1beta/models/tuned%2Fm:generateContent: nobody answers");
    }
  }
}
