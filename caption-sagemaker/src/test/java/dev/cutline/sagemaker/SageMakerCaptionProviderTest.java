package dev.cutline.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.Settings;
import dev.cutline.aws.AwsSettings;
import dev.cutline.httptest.NoAwsProfiles;
import dev.cutline.spi.CaptionProvider;
import dev.cutline.tck.CaptionProviderContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoAwsProfiles.class)
class SageMakerCaptionProviderTest extends CaptionProviderContract {
  @Override
  protected Class<? extends CaptionProvider> provider() {
    return SageMakerCaptionProvider.class;
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("endpoint-name", "blip", "region", "us-east-1");
  }

  @Override
  protected Map<String, String> required() {
    return Map.of("endpoint-name", "for example blip", "region", "AWS_REGION");
  }

  @Override
  protected Map<String, String> wrong() {
    return Map.of(
        "region", "Mars",
        "payload", "magic");
  }

  @Override
  protected Map<String, Range> ranges() {
    return Map.of(
        "max-tokens", new Range(1, 100_000),
        "max-long-edge", new Range(200, 8_000),
        "max-bytes", new Range(100_000, 25_000_000));
  }

  @Override
  protected List<String> flags() {
    return List.of("compose", "json-schema");
  }

  @Test
  void readsEverySetting() {
    Map<String, String> settings = new HashMap<>(settings());
    settings.put("payload", "openai-chat");
    settings.put("model", "qwen");
    settings.put("inference-component", "part-1");
    settings.put("max-tokens", "300");
    settings.put("json-schema", "false");
    settings.put("max-long-edge", "800");
    settings.put("max-bytes", "200000");
    try (Captioner captioner = new SageMakerCaptionProvider().create(Settings.of(settings))) {
      assertThat(captioner.fingerprint())
          .startsWith("SageMaker|us-east-1|blip|part-1|OPENAI_CHAT|qwen|prompt 1|schema=false");
      assertThat(captioner.capabilities().maxLongEdge()).isEqualTo(800);
      assertThat(captioner.capabilities().maxBytes()).isEqualTo(200_000);
      assertThat(captioner).hasToString("blip of SageMaker in us-east-1");
    }
  }

  @Test
  void saysOfItselfWhetherItComposes() {
    Map<String, String> settings = new HashMap<>(settings());
    settings.put("compose", "true");
    try (Captioner composing = new SageMakerCaptionProvider().create(Settings.of(settings));
        Captioner plain = new SageMakerCaptionProvider().create(Settings.of(settings()))) {
      assertThat(composing.capabilities().styles())
          .containsExactlyInAnyOrder(CaptionStyle.values());
      assertThat(composing.fingerprint()).isNotEqualTo(plain.fingerprint());
    }
  }

  @Test
  void takesWhatFitsIntoABody() {
    AwsSettings aws = AwsSettings.builder("us-east-1").build();
    try (Captioner bytes = SageMakerCaptioner.builder("e", aws).build();
        Captioner chat =
            SageMakerCaptioner.builder("e", aws).payload(Payload.OPENAI_CHAT).build()) {
      assertThat(bytes.capabilities().maxBytes()).isEqualTo(6_291_456);
      assertThat(chat.capabilities().maxBytes() * 4 / 3).isLessThan(6_291_456);
      assertThat(bytes.capabilities().styles()).containsExactly(CaptionStyle.CONCISE);
      assertThat(bytes.capabilities().speaks("de")).isFalse();
      assertThat(chat.capabilities().styles()).containsExactlyInAnyOrder(CaptionStyle.values());
      assertThat(chat.capabilities().speaks("de")).isTrue();
    }
  }

  @Test
  void refusesWhatCannotWorkAtOnce() {
    AwsSettings aws = AwsSettings.builder("us-east-1").build();
    SageMakerCaptioner.Builder builder = SageMakerCaptioner.builder("e", aws);

    assertThatIllegalArgumentException().isThrownBy(() -> SageMakerCaptioner.builder(" ", aws));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxBytes(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxLongEdge(0));
  }
}
