package dev.cutline.gemini;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import dev.cutline.Captioner;
import dev.cutline.Secret;
import dev.cutline.Settings;
import dev.cutline.httptest.Answer;
import dev.cutline.httptest.HttpCaptionerContract;
import dev.cutline.httptest.Situation;
import dev.cutline.prompt.CaptionPrompt;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeminiContractTest extends HttpCaptionerContract {
  @Override
  protected Captioner newCaptioner(URI address, Secret key) {
    return GeminiCaptioner.builder("gemini-asked", key).endpoint(address).build();
  }

  @Override
  protected Answer reply(String text) {
    return Answer.of(
            200, Answers.candidate("STOP", Answers.thought("{ hm }") + "," + Answers.part(text)))
        .uses(1_290, 231);
  }

  @Override
  protected String repliedModel() {
    return "gemini-3.5-flash-lite";
  }

  @Override
  protected Map<Situation, Answer> failures() {
    return Map.ofEntries(
        Map.entry(
            Situation.REFUSED,
            Answer.of(
                    200,
                    """
                    {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"},
                     "usageMetadata": {"promptTokenCount": 290, "totalTokenCount": 290},
                     "modelVersion": "gemini-3.5-flash-lite"}""")
                .uses(290, 0)),
        Map.entry(
            Situation.TRUNCATED,
            Answer.of(
                    200,
                    """
                    {"candidates": [{"finishReason": "MAX_TOKENS", "index": 0,
                       "content": {"role": "model"}}],
                     "usageMetadata": {"promptTokenCount": 1290, "thoughtsTokenCount": 3996,
                       "totalTokenCount": 5286}}""")
                .uses(1_290, 3_996)),
        Map.entry(
            Situation.WRONG_KEY,
            error(
                400,
                "INVALID_ARGUMENT",
                "API key not valid. Please pass a valid API key.",
                Answers.errorInfo("API_KEY_INVALID"))),
        Map.entry(
            Situation.FORBIDDEN,
            error(
                403,
                "PERMISSION_DENIED",
                "Requests to this API method are blocked.",
                Answers.errorInfo("API_KEY_SERVICE_BLOCKED"))),
        Map.entry(
            Situation.UNKNOWN_MODEL,
            error(404, "NOT_FOUND", "models/gemini-asked is not found for API version v1beta")),
        Map.entry(
            Situation.WRONG_PARAMETER,
            error(
                400,
                "INVALID_ARGUMENT",
                "Thinking level is not supported for this model.",
                "{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":[]}")),
        Map.entry(
            Situation.RATE_LIMITED_WITH_HINT,
            error(
                    429,
                    "RESOURCE_EXHAUSTED",
                    "You exceeded your current quota. Please retry in 38.9s.",
                    Answers.quotaFailure("GenerateRequestsPerMinutePerProjectPerModel-FreeTier"),
                    Answers.retryInfo("38.9s"))
                .waits(Duration.ofMillis(38_900))),
        Map.entry(
            Situation.RATE_LIMITED,
            error(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).")),
        Map.entry(
            Situation.OUT_OF_CREDIT,
            error(
                429, "RESOURCE_EXHAUSTED", "Your project has exceeded its monthly spending cap.")),
        Map.entry(
            Situation.SERVER_ERROR,
            error(500, "INTERNAL", "An internal error has occurred. Please retry.")),
        Map.entry(
            Situation.OVERLOADED,
            error(503, "UNAVAILABLE", "The model is overloaded. Please try again later.")),
        Map.entry(
            Situation.INVALID_IMAGE,
            error(400, "INVALID_ARGUMENT", "Unable to process input image. Please retry.")),
        Map.entry(
            Situation.IMAGE_LIMIT,
            error(
                400,
                "INVALID_ARGUMENT",
                "Request payload size exceeds the limit: 20971520 bytes.")));
  }

  @Test
  void sendsTheRequestInFullAndTheKeyInAHeader() {
    answer(reply(goodText()).toResponse());
    Captioner captioner = captioner();

    captioner.caption(request(captioner));

    CaptionPrompt prompt = CaptionPrompt.of(request(captioner));
    server()
        .verify(
            1,
            postRequestedFor(urlEqualTo("/v1beta/models/gemini-asked:generateContent"))
                .withHeader("x-goog-api-key", equalTo(KEY.reveal()))
                .withHeader("content-type", equalTo("application/json"))
                .withoutHeader("Authorization")
                .withRequestBody(
                    equalToJson(
                        """
                        {"systemInstruction": {"parts": [{"text": %s}]},
                         "contents": [{"role": "user", "parts": [
                           {"inlineData": {"mimeType": "image/jpeg", "data": "/9j/2Q=="}},
                           {"text": %s}]}],
                         "generationConfig": {
                           "maxOutputTokens": 4000,
                           "responseMimeType": "application/json",
                           "responseSchema": {"type": "OBJECT",
                             "properties": {
                               "concise": {"type": "STRING", "description":
                                 "At most 10 words, plain description"},
                               "creative": {"type": "STRING", "description":
                                 "One or two sentences, evocative"},
                               "alt": {"type": "STRING", "description":
                                 "Alternative text of at most 125 characters; empty if decorative"},
                               "decorative": {"type": "BOOLEAN", "description":
                                 "Whether the picture is decoration only"}},
                             "required": ["concise", "creative", "alt", "decorative"],
                             "propertyOrdering": ["concise", "creative", "alt", "decorative"]}}}
                        """
                            .formatted(
                                Answers.quoted(prompt.system()), Answers.quoted(prompt.user())))));
  }

  @Test
  void sendsTheMostTokensThatAreSet() {
    answer(reply(goodText()).toResponse());
    Settings settings =
        Settings.of(
            Map.of(
                "model",
                "m",
                "api-key",
                KEY.reveal(),
                "endpoint",
                server().baseUrl(),
                "max-tokens",
                "300"));
    try (Captioner captioner = new GeminiCaptionProvider().create(settings)) {
      captioner.caption(request(captioner));
    }

    server()
        .verify(
            1,
            postRequestedFor(urlEqualTo("/v1beta/models/m:generateContent"))
                .withRequestBody(
                    matchingJsonPath("$.generationConfig.maxOutputTokens", equalTo("300"))));
  }

  private static Answer error(int status, String code, String message, String... details) {
    return Answer.of(status, Answers.error(status, code, message, details));
  }
}
