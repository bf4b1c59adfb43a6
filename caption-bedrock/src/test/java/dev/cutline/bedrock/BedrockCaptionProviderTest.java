package dev.cutline.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.Captioner;
import dev.cutline.ImageFormat;
import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import dev.cutline.aws.AwsSettings;
import dev.cutline.httptest.NoAwsProfiles;
import dev.cutline.spi.CaptionProvider;
import dev.cutline.tck.CaptionProviderContract;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoAwsProfiles.class)
class BedrockCaptionProviderTest extends CaptionProviderContract {
  @Override
  protected Class<? extends CaptionProvider> provider() {
    return BedrockCaptionProvider.class;
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of(
        "model",
        "us.anthropic.claude-haiku-5-5",
        "region",
        "us-east-1",
        "api-key",
        "bedrock-key-1");
  }

  @Override
  protected Map<String, String> required() {
    return Map.of("model", "us.anthropic.claude-haiku-5-5", "region", "AWS_REGION");
  }

  @Override
  protected Map<String, String> wrong() {
    return Map.of(
        "region", "Frankfurt am Main",
        "endpoint", "bedrock.amazonaws.com",
        "strategy", "magic",
        "temperature", "2",
        "guardrail-version", "latest",
        "metadata", "tenant");
  }

  @Override
  protected Map<String, Range> ranges() {
    return Map.of(
        "max-tokens", new Range(1, 100_000),
        "max-long-edge", new Range(200, 8_000),
        "max-bytes", new Range(100_000, 25_000_000));
  }

  @Test
  void readsEverySetting() {
    Map<String, String> settings = new HashMap<>();
    settings.put("model", "m");
    settings.put("region", "eu-west-1");
    settings.put("endpoint", "https://vpce.example/");
    settings.put("access-key", "AKID");
    settings.put("secret-key", "s");
    settings.put("session-token", "t");
    settings.put("role-arn", "arn:aws:iam::123456789012:role/captions");
    settings.put("role-external-id", "x");
    settings.put("sts-endpoint", "https://sts.example");
    settings.put("strategy", "forced-tool");
    settings.put("max-tokens", "300");
    settings.put("temperature", "0.2");
    settings.put("guardrail", "gr-1");
    settings.put("guardrail-version", "3");
    settings.put("metadata", "tenant=t1, team=x");
    settings.put("max-long-edge", "800");
    settings.put("max-bytes", "200000");
    try (Captioner captioner = new BedrockCaptionProvider().create(Settings.of(settings))) {
      assertThat(captioner.fingerprint())
          .isEqualTo(
              "Bedrock|eu-west-1 at https://vpce.example|m|prompt 1|temperature=0.2,guardrail=gr-1:3"
                  + "|FORCED_TOOL");
      assertThat(captioner.capabilities().maxLongEdge()).isEqualTo(800);
      assertThat(captioner.capabilities().maxBytes()).isEqualTo(200_000);
      assertThat(captioner).hasToString("m of Bedrock in eu-west-1 at https://vpce.example");
    }
  }

  @Test
  void takesWhatEachFamilyTakes() {
    AwsSettings aws = AwsSettings.builder("us-east-1").build();
    try (Captioner claude = BedrockCaptioner.builder("us.anthropic.claude-haiku-5-5", aws).build();
        Captioner nova = BedrockCaptioner.builder("amazon.nova-lite-v1:0", aws).build()) {
      assertThat(claude.capabilities().formats()).containsExactlyInAnyOrder(ImageFormat.values());
      assertThat(claude.capabilities().maxBytes() * 4 / 3).isEqualTo(5_242_880);
      assertThat(nova.capabilities().maxBytes()).isEqualTo(3_750_000);
      assertThat(claude.capabilities().maxLongEdge()).isEqualTo(1_568);
      assertThat(claude.capabilities().isLocal()).isFalse();
      assertThat(claude.capabilities().isPunctual()).isTrue();
    }
  }

  @Test
  void refusesTwoKindsOfCredentialsAndHalfAGuardrail() {
    Map<String, String> settings = new HashMap<>(settings());
    settings.put("access-key", "AKID");
    settings.put("secret-key", "s");
    settings.put("guardrail", "gr-1");

    assertThatThrownBy(() -> new BedrockCaptionProvider().create(Settings.of(settings)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("api-key: is set beside other credentials")
        .hasMessageContaining("guardrail-version: is missing");
  }

  @Test
  void refusesTheVersionOfAGuardrailThatIsNotSet() {
    Map<String, String> settings = new HashMap<>(settings());
    settings.put("guardrail-version", "3");

    assertThatThrownBy(() -> new BedrockCaptionProvider().create(Settings.of(settings)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("guardrail: is missing: a guardrail-version is of no use without");
  }

  @Test
  void refusesMoreMetadataThanConverseTakes() {
    Map<String, String> settings = new HashMap<>(settings());
    settings.put(
        "metadata",
        IntStream.range(0, 17).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(",")));

    assertThatThrownBy(() -> new BedrockCaptionProvider().create(Settings.of(settings)))
        .hasMessageContaining("metadata: has more than 16 entries");
  }

  @Test
  void refusesWhatCannotWorkAtOnce() {
    AwsSettings aws = AwsSettings.builder("us-east-1").build();
    BedrockCaptioner.Builder builder = BedrockCaptioner.builder("m", aws);
    Map<String, String> many =
        IntStream.range(0, 17)
            .boxed()
            .collect(Collectors.toMap(i -> "k" + i, i -> Collections.emptyList().toString()));

    assertThatIllegalArgumentException().isThrownBy(() -> BedrockCaptioner.builder(" ", aws));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxTokens(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxLongEdge(8_001));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.metadata(many));
  }
}
