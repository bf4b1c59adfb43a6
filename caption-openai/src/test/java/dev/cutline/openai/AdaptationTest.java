package dev.cutline.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.cutline.CaptionException;
import dev.cutline.CaptionRequest;
import dev.cutline.Captioner;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import dev.cutline.Secret;
import dev.cutline.httptest.Answer;
import dev.cutline.prompt.chat.ChatOptions;
import java.math.BigDecimal;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Models differ in what they refuse; a rung of one model must get over that by itself. */
class AdaptationTest {
  private final WireMockServer server =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private final CaptionRequest request =
      CaptionRequest.builder(ImageData.of(new byte[] {1}, ImageFormat.JPEG, 1, 1)).build();

  @BeforeEach
  void start() {
    server.start();
    String captions =
        "\"content\":\"{\\\"concise\\\":\\\"a\\\",\\\"creative\\\":\\\"b\\\",\\\"alt\\\":\\\"c\\\",\\\"decorative\\\":false}\"";
    server.stubFor(
        any(anyUrl()).willReturn(ChatContract.completion("stop", captions).toResponse()));
    refuse(
        "$.response_format",
        "'response_format' of type 'json_schema' is not supported with this model.");
    refuse(
        "$.reasoning_effort",
        "Unsupported value: 'reasoning_effort' does not support 'none' with this model.");
    refuse("$.temperature", "Unsupported parameter: 'temperature'");
  }

  private void refuse(String field, String message) {
    Answer refusal = ChatContract.error(400, "unsupported_value", "invalid_request_error", message);
    server.stubFor(
        any(anyUrl()).withRequestBody(matchingJsonPath(field)).willReturn(refusal.toResponse()));
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void leavesOutOneThingAfterTheOther() {
    try (Captioner captioner = captioner(usual())) {
      String fingerprint = captioner.fingerprint();

      assertThat(failure(captioner)).isEqualTo(Reason.INTERNAL);
      assertThat(failure(captioner)).isEqualTo(Reason.INTERNAL);

      assertThat(captioner.caption(request).model()).isEqualTo("answering-model-2026");
      assertThat(captioner.fingerprint())
          .as("for the cache nothing has changed")
          .isEqualTo(fingerprint);
    }
  }

  @Test
  void neverLeavesOutWhatTheUserSet() {
    assertStaysRefused(usual().jsonSchema(true).reasoningEffort(null));
    assertStaysRefused(usual().jsonSchema(false).reasoningEffort("none"));
    assertStaysRefused(usual().jsonSchema(false).reasoningEffort(null).temperature(BigDecimal.ONE));
  }

  private void assertStaysRefused(ChatOptions.Builder options) {
    try (Captioner captioner = captioner(options)) {
      assertThat(failure(captioner)).isEqualTo(Reason.MISCONFIGURED);
      assertThat(failure(captioner)).isEqualTo(Reason.MISCONFIGURED);
    }
  }

  @Test
  void asksForNothingThatWasRefusedWhereNothingIsSent() {
    try (Captioner captioner = captioner(usual().jsonSchema(false).reasoningEffort(null))) {
      assertThat(captioner.caption(request).model()).isEqualTo("answering-model-2026");
    }
  }

  private static ChatOptions.Builder usual() {
    return Dialect.OPENAI.options("m");
  }

  private Captioner captioner(ChatOptions.Builder options) {
    return OpenAiCaptioner.builder(Dialect.OPENAI, options.build())
        .apiKey(Secret.of("key-123"))
        .endpoint(URI.create(server.baseUrl() + "/v1"))
        .build();
  }

  private Reason failure(Captioner captioner) {
    return catchThrowableOfType(CaptionException.class, () -> captioner.caption(request)).reason();
  }
}
