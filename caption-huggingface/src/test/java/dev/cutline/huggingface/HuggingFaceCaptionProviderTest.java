package dev.cutline.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.ImageFormat;
import dev.cutline.InvalidSettingsException;
import dev.cutline.Secret;
import dev.cutline.Settings;
import dev.cutline.spi.CaptionProvider;
import dev.cutline.tck.CaptionProviderContract;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HuggingFaceCaptionProviderTest extends CaptionProviderContract {
  private static final Secret KEY = Secret.of("hf_0123456789");

  @Override
  protected Class<? extends CaptionProvider> provider() {
    return HuggingFaceCaptionProvider.class;
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("model", "google/gemma-4-31B-it:ovhcloud", "api-key", KEY.reveal());
  }

  @Override
  protected Map<String, String> required() {
    return Map.of("model", "for example google/gemma-4-31B-it", "api-key", "HF_TOKEN");
  }

  @Override
  protected Map<String, String> wrong() {
    return Map.of(
        "endpoint", "ftp://nowhere",
        "payload", "pixels",
        "bill-to", "nobody\nat all",
        "scale-up-timeout", "PT2H");
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
  void asksTheRouterUnlessToldOtherwise() {
    try (Captioner captioner = create(settings())) {
      assertThat(captioner)
          .hasToString(
              "google/gemma-4-31B-it:ovhcloud of Hugging Face at https://router.huggingface.co/v1");
      assertThat(captioner.fingerprint())
          .isEqualTo(
              "Hugging Face|https://router.huggingface.co/v1|google/gemma-4-31B-it:ovhcloud|prompt 1|"
                  + "schema=true,detail=null,temperature=null,effort=null");
      assertThat(captioner.capabilities().styles())
          .containsExactlyInAnyOrder(CaptionStyle.values());
      assertThat(captioner.capabilities().speaks("ja")).isTrue();
      assertThat(captioner.capabilities().maxLongEdge()).isEqualTo(1_568);
      assertThat(captioner.capabilities().formats())
          .containsExactlyInAnyOrder(ImageFormat.JPEG, ImageFormat.PNG);
      assertThat(captioner.capabilities().isLocal()).isFalse();
    }
  }

  @Test
  void readsEverySettingOfChat() {
    Map<String, String> settings =
        Map.of(
            "model", "tgi",
            "api-key", "k",
            "endpoint", "https://x.endpoints.huggingface.cloud/",
            "payload", "chat",
            "max-tokens", "300",
            "json-schema", "false",
            "bill-to", "acme",
            "scale-up-timeout", "PT5M",
            "max-long-edge", "800");
    try (Captioner captioner = create(settings)) {
      assertThat(captioner.fingerprint())
          .startsWith(
              "Hugging Face|https://x.endpoints.huggingface.cloud|tgi|prompt 1|schema=false");
      assertThat(captioner.capabilities().maxLongEdge()).isEqualTo(800);
    }
  }

  @Test
  void writesConciseCaptionsInEnglishOnlyFromImageBytes() {
    Map<String, String> settings =
        Map.of(
            "api-key", "k",
            "endpoint", "https://x.endpoints.huggingface.cloud",
            "payload", "image-bytes",
            "scale-up-timeout", "PT5M");
    try (Captioner captioner = create(settings)) {
      assertThat(captioner.capabilities().styles()).containsExactly(CaptionStyle.CONCISE);
      assertThat(captioner.capabilities().speaks("en-GB")).isTrue();
      assertThat(captioner.capabilities().speaks("de")).isFalse();
      assertThat(captioner.capabilities().maxLongEdge()).isEqualTo(512);
      assertThat(captioner.fingerprint())
          .isEqualTo(
              "Hugging Face|https://x.endpoints.huggingface.cloud|x.endpoints.huggingface.cloud|"
                  + "image-bytes");
    }
  }

  @Test
  void namesWhatImageBytesLackAndDoNotHave() {
    Map<String, String> settings =
        Map.of(
            "api-key", "k",
            "payload", "image-bytes",
            "max-tokens", "300",
            "json-schema", "true",
            "bill-to", "acme");

    InvalidSettingsException e =
        catchThrowableOfType(InvalidSettingsException.class, () -> create(settings));

    assertThat(e.problems())
        .hasSize(4)
        .anyMatch(problem -> problem.startsWith("endpoint: is missing"))
        .anyMatch(problem -> problem.equals("max-tokens: only the payload chat has it"))
        .anyMatch(problem -> problem.equals("json-schema: only the payload chat has it"))
        .anyMatch(problem -> problem.equals("bill-to: only the payload chat has it"));
  }

  @Test
  void refusesWhatCannotWorkAtOnce() {
    HuggingFaceCaptioner.Builder builder =
        HuggingFaceCaptioner.imageBytes(URI.create("https://host"), KEY);

    assertThatIllegalArgumentException().isThrownBy(() -> HuggingFaceCaptioner.chat(" ", KEY));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxLongEdge(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.scaleUpTimeout(Duration.ofSeconds(-1)));
  }

  private static Captioner create(Map<String, String> settings) {
    return new HuggingFaceCaptionProvider().create(Settings.of(settings));
  }
}
