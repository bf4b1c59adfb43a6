package dev.cutline.sagemaker;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.CaptionException;
import dev.cutline.Captioner;
import dev.cutline.Reason;
import dev.cutline.Secret;
import dev.cutline.httptest.Answer;
import dev.cutline.httptest.HttpCaptionerContract;
import dev.cutline.httptest.Situation;
import dev.cutline.prompt.Json;
import dev.cutline.prompt.chat.ChatMapper;
import dev.cutline.prompt.chat.ChatOptions;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SageMakerChatContractTest extends HttpCaptionerContract {
  @Override
  protected Captioner newCaptioner(URI address, Secret key) {
    return SageMakerCaptioner.builder("vlm", Endpoint.settings(address, key))
        .payload(Payload.OPENAI_CHAT)
        .build();
  }

  @Override
  protected Answer reply(String text) {
    return Endpoint.chat("stop", text);
  }

  @Override
  protected boolean sendsItsKey() {
    return false;
  }

  @Override
  protected String repliedModel() {
    return "qwen";
  }

  /** An endpoint is paid by the hour. */
  @Override
  protected Set<Situation> neverSignalled() {
    return EnumSet.of(Situation.OUT_OF_CREDIT);
  }

  @Override
  protected Map<Situation, Answer> failures() {
    Answer limited = Endpoint.error(400, "ThrottlingException", "Rate exceeded");
    return Map.ofEntries(
        Map.entry(Situation.REFUSED, Endpoint.chat("content_filter", "")),
        Map.entry(Situation.TRUNCATED, Endpoint.chat("length", "{\"concise\":\"Red b")),
        Map.entry(
            Situation.WRONG_KEY, Endpoint.error(403, "UnrecognizedClientException", "invalid")),
        Map.entry(
            Situation.FORBIDDEN,
            Endpoint.error(
                403, "AccessDeniedException", "not authorized: sagemaker:InvokeEndpoint")),
        Map.entry(
            Situation.UNKNOWN_MODEL,
            Endpoint.error(
                400, "ValidationError", "Endpoint vlm of account 111122223333 not found.")),
        Map.entry(
            Situation.WRONG_PARAMETER, Endpoint.modelError(400, "temperature must be positive")),
        Map.entry(
            Situation.RATE_LIMITED_WITH_HINT,
            limited.header("Retry-After", "7").waits(Duration.ofSeconds(7))),
        Map.entry(Situation.RATE_LIMITED, limited),
        Map.entry(
            Situation.SERVER_ERROR, Endpoint.error(500, "InternalFailure", "Internal failure")),
        Map.entry(Situation.OVERLOADED, Endpoint.error(503, "ServiceUnavailable", "unavailable")),
        Map.entry(Situation.INVALID_IMAGE, Endpoint.modelError(400, "cannot identify image file")),
        Map.entry(
            Situation.IMAGE_LIMIT,
            Endpoint.error(
                400, "ValidationError", "body must have length less than or equal to 6291456")));
  }

  @Test
  void learnsWhatAContainerRefusesHoweverLateItNamesIt() {
    answer(reply(goodText()).toResponse());
    server()
        .stubFor(
            any(anyUrl())
                .withRequestBody(matchingJsonPath("$.response_format"))
                .willReturn(
                    Endpoint.modelError(
                            400, "it is not so. ".repeat(30) + "response_format is not supported")
                        .toResponse()));
    Captioner captioner = captioner();

    assertThatThrownBy(() -> captioner.caption(request(captioner)))
        .isInstanceOfSatisfying(
            CaptionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INTERNAL))
        .hasMessageEndingWith("the next call goes without");
    captioner.caption(request(captioner));
  }

  @Test
  void sendsAChatCompletion() {
    answer(reply(goodText()).toResponse());
    Captioner captioner = captioner();

    captioner.caption(request(captioner));

    server()
        .verify(
            1,
            postRequestedFor(urlEqualTo("/endpoints/vlm/invocations"))
                .withHeader("Content-Type", equalTo("application/json"))
                .withHeader("Authorization", matching("AWS4-HMAC-SHA256 .*/us-east-1/sagemaker/.*"))
                .withRequestBody(
                    equalToJson(
                        Json.text(
                            ChatMapper.request(
                                request(captioner), ChatOptions.builder("vlm").build())))));
  }
}
