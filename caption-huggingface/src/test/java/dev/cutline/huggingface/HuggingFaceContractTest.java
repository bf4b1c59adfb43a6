package dev.cutline.huggingface;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.CaptionException;
import dev.cutline.Captioner;
import dev.cutline.Reason;
import dev.cutline.Secret;
import dev.cutline.httptest.Answer;
import dev.cutline.httptest.HttpCaptionerContract;
import dev.cutline.httptest.Situation;
import dev.cutline.prompt.CaptionPrompt;
import dev.cutline.prompt.Json;
import dev.cutline.prompt.ReplySchema;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The router. */
class HuggingFaceContractTest extends HttpCaptionerContract {
  @Override
  protected Captioner newCaptioner(URI address, Secret key) {
    return HuggingFaceCaptioner.chat("google/gemma-4-31B-it:fastest", key)
        .endpoint(URI.create(address + "/v1"))
        .billTo("acme")
        .build();
  }

  @Override
  protected Answer reply(String text) {
    return Answer.of(200, Answers.completion("stop", text)).uses(300, 40);
  }

  @Override
  protected String repliedModel() {
    return "google/gemma-4-31B-it";
  }

  @Override
  protected Map<Situation, Answer> failures() {
    Answer limited = error(429, "We have reached the rate limit");
    return Map.ofEntries(
        Map.entry(
            Situation.REFUSED,
            Answer.of(200, Answers.completion("content_filter", "")).uses(300, 40)),
        Map.entry(
            Situation.TRUNCATED,
            Answer.of(200, Answers.completion("length", "{\"concise\":\"Red b")).uses(300, 40)),
        Map.entry(Situation.WRONG_KEY, error(401, "Invalid username or password.")),
        Map.entry(
            Situation.FORBIDDEN, error(403, "Access to model google/gemma-4-31B-it is restricted")),
        Map.entry(
            Situation.UNKNOWN_MODEL,
            Answer.of(
                400,
                "{\"error\":{\"message\":\"The requested model 'x' is not supported by any provider"
                    + " you have enabled.\",\"type\":\"invalid_request_error\",\"param\":\"model\","
                    + "\"code\":\"model_not_supported\"}}")),
        Map.entry(
            Situation.WRONG_PARAMETER,
            Answer.of(422, "{\"error\":\"`best_of` must be > 0\",\"error_type\":\"validation\"}")),
        Map.entry(
            Situation.RATE_LIMITED_WITH_HINT,
            limited
                .header("ratelimit", "\"api\";r=0;t=55")
                .header("ratelimit-policy", "\"fixed window\";\"api\";q=500;w=300")
                .waits(Duration.ofSeconds(55))),
        Map.entry(Situation.RATE_LIMITED, limited),
        Map.entry(
            Situation.OUT_OF_CREDIT,
            error(
                402,
                "You have exceeded your monthly included credits for Inference Providers. Subscribe"
                    + " to PRO")),
        Map.entry(Situation.SERVER_ERROR, error(500, "Internal Server Error")),
        Map.entry(
            Situation.OVERLOADED,
            Answer.of(503, "{\"error\":\"Model x is currently loading\",\"estimated_time\":20.0}")
                .waits(Duration.ofSeconds(20))),
        Map.entry(
            Situation.INVALID_IMAGE,
            Answer.of(
                400,
                "{\"error\":{\"message\":\"cannot identify image file <_io.BytesIO object at"
                    + " 0x7f>\",\"type\":\"BadRequestError\",\"param\":null,\"code\":400}}")),
        Map.entry(Situation.IMAGE_LIMIT, error(413, "Payload too large")));
  }

  @Test
  void sendsTheRequestInFull() {
    answer(reply(goodText()).toResponse());
    Captioner captioner = captioner();

    captioner.caption(request(captioner));

    CaptionPrompt prompt = CaptionPrompt.of(request(captioner));
    server()
        .verify(
            1,
            postRequestedFor(urlEqualTo("/v1/chat/completions"))
                .withHeader("Authorization", equalTo("Bearer " + KEY.reveal()))
                .withHeader("X-HF-Bill-To", equalTo("acme"))
                .withHeader("Content-Type", equalTo("application/json"))
                .withoutHeader("X-Scale-Up-Timeout")
                .withRequestBody(
                    equalToJson(
                        """
                        {"model": "google/gemma-4-31B-it:fastest",
                         "messages": [
                           {"role": "system", "content": %s},
                           {"role": "user", "content": [
                             {"type": "text", "text": %s},
                             {"type": "image_url",
                              "image_url": {"url": "data:image/jpeg;base64,/9j/2Q=="}}]}],
                         "response_format": {"type": "json_schema", "json_schema":
                           {"name": "captions", "strict": true, "schema": %s}},
                         "max_tokens": 1000}
                        """
                            .formatted(
                                Answers.quoted(prompt.system()),
                                Answers.quoted(prompt.user()),
                                ReplySchema.text()))));
  }

  @Test
  void goesWithoutTheSchemaOnceItIsRefused() {
    Captioner captioner = captioner();
    answer(error(422, "response_format: json_schema is not available").toResponse());
    CaptionException e =
        catchThrowableOfType(CaptionException.class, () -> captioner.caption(request(captioner)));
    assertThat(e.reason()).isEqualTo(Reason.INTERNAL);
    server().resetAll();
    answer(reply(goodText()).toResponse());

    captioner.caption(request(captioner));

    String body = server().getAllServeEvents().get(0).getRequest().getBodyAsString();
    assertThat(Json.read(body).orElseThrow().has("response_format")).isFalse();
  }

  @Test
  void asksADedicatedEndpointToWaitUntilItHasStarted() {
    answer(reply(goodText()).toResponse());
    try (Captioner captioner =
        HuggingFaceCaptioner.chat("tgi", KEY)
            .endpoint(URI.create(server().baseUrl()))
            .scaleUpTimeout(Duration.ofSeconds(90))
            .build()) {
      captioner.caption(request(captioner));
    }
    server()
        .verify(
            1,
            postRequestedFor(urlEqualTo("/v1/chat/completions"))
                .withHeader("X-Scale-Up-Timeout", equalTo("90"))
                .withoutHeader("X-HF-Bill-To"));
  }

  private static Answer error(int status, String message) {
    return Answer.of(status, Answers.error(message));
  }
}
