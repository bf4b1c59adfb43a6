package dev.cutline.anthropic;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import dev.cutline.Captioner;
import dev.cutline.Reason;
import dev.cutline.Secret;
import dev.cutline.httptest.Answer;
import dev.cutline.httptest.HttpCaptionerContract;
import dev.cutline.httptest.Situation;
import dev.cutline.prompt.CaptionPrompt;
import dev.cutline.prompt.ReplySchema;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnthropicContractTest extends HttpCaptionerContract {
  @Override
  protected Captioner newCaptioner(URI address, Secret key) {
    return AnthropicCaptioner.builder("claude-asked", key).endpoint(address).build();
  }

  @Override
  protected Answer reply(String text) {
    return message(
            "end_turn",
            "{\"type\":\"thinking\",\"thinking\":\"{ hm }\",\"signature\":\"x\"},{\"type\":\"text\",\"text\":"
                + Messages.quoted(text)
                + "}")
        .uses(1_630, 42);
  }

  @Override
  protected String repliedModel() {
    return "claude-haiku-5-5-20261001";
  }

  @Override
  protected Map<Situation, Answer> failures() {
    Answer limited = error(429, "rate_limit_error", "This request would exceed your rate limit.");
    return Map.ofEntries(
        Map.entry(
            Situation.REFUSED,
            Answer.of(
                    200, Messages.message("refusal", "").replace("\"stop_sequence\":null", REFUSAL))
                .uses(1_630, 42)),
        Map.entry(
            Situation.TRUNCATED,
            message("max_tokens", "{\"type\":\"text\",\"text\":\"{\\\"concise\\\":\\\"Red b\"}")
                .uses(1_630, 42)),
        Map.entry(Situation.WRONG_KEY, error(401, "authentication_error", "invalid x-api-key")),
        Map.entry(
            Situation.FORBIDDEN,
            error(403, "permission_error", "Your API key may not use this resource")),
        Map.entry(Situation.UNKNOWN_MODEL, error(404, "not_found_error", "model: claude-asked")),
        Map.entry(
            Situation.WRONG_PARAMETER,
            error(400, "invalid_request_error", "temperature: Extra inputs are not permitted")),
        Map.entry(
            Situation.RATE_LIMITED_WITH_HINT,
            limited.header("retry-after", "7").waits(Duration.ofSeconds(7))),
        Map.entry(Situation.RATE_LIMITED, limited),
        Map.entry(Situation.OUT_OF_CREDIT, spendLimit()),
        Map.entry(Situation.SERVER_ERROR, error(500, "api_error", "Internal server error")),
        Map.entry(Situation.OVERLOADED, error(529, "overloaded_error", "Overloaded")),
        Map.entry(
            Situation.INVALID_IMAGE,
            error(400, "invalid_request_error", "Could not process image")),
        Map.entry(
            Situation.IMAGE_LIMIT,
            error(
                400,
                "invalid_request_error",
                "messages.0.content.0.image.source.base64: image exceeds 5 MB maximum: 7167852 bytes"
                    + " > 5242880 bytes")));
  }

  private static final String REFUSAL =
      "\"stop_sequence\":null,\"stop_details\":{\"type\":\"refusal\",\"category\":\"general_harms\","
          + "\"explanation\":\"Not this one.\"}";

  @Test
  void sendsTheRequestInFull() {
    answer(reply(goodText()).toResponse());
    Captioner captioner = captioner();

    captioner.caption(request(captioner));

    CaptionPrompt prompt = CaptionPrompt.of(request(captioner));
    server()
        .verify(
            1,
            postRequestedFor(urlEqualTo("/v1/messages"))
                .withHeader("x-api-key", equalTo(KEY.reveal()))
                .withHeader("anthropic-version", equalTo("2023-06-01"))
                .withHeader("content-type", equalTo("application/json"))
                .withoutHeader("Authorization")
                .withRequestBody(
                    equalToJson(
                        """
                        {"model": "claude-asked",
                         "max_tokens": 2000,
                         "system": %s,
                         "messages": [{"role": "user", "content": [
                           {"type": "image", "source":
                             {"type": "base64", "media_type": "image/jpeg", "data": "/9j/2Q=="}},
                           {"type": "text", "text": %s}]}],
                         "output_config": {"format": {"type": "json_schema", "schema": %s}}}
                        """
                            .formatted(
                                Messages.quoted(prompt.system()),
                                Messages.quoted(prompt.user()),
                                ReplySchema.text()))));
  }

  private static Answer message(String stopReason, String blocks) {
    return Answer.of(200, Messages.message(stopReason, blocks));
  }

  private static Answer error(int status, String type, String message) {
    return Answer.of(status, Messages.error(type, message));
  }

  private static Answer spendLimit() {
    return Answer.of(
            429,
            "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"Spend limit\","
                + "\"details\":{\"error_code\":\"enforced_spend_limit_reached\"}}}")
        .means(Reason.UNAVAILABLE);
  }
}
