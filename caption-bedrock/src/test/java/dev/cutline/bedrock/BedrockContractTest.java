package dev.cutline.bedrock;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import dev.cutline.Captioner;
import dev.cutline.Secret;
import dev.cutline.aws.AwsSettings;
import dev.cutline.httptest.Answer;
import dev.cutline.httptest.HttpCaptionerContract;
import dev.cutline.httptest.Situation;
import dev.cutline.prompt.CaptionPrompt;
import dev.cutline.prompt.ReplySchema;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BedrockContractTest extends HttpCaptionerContract {
  private static final String MODEL = "us.anthropic.claude-haiku-4-5-20251001-v1:0";

  @Override
  protected Captioner newCaptioner(URI address, Secret key) {
    return BedrockCaptioner.builder(
            MODEL, AwsSettings.builder("us-east-1").endpoint(address).build())
        .apiKey(key)
        .build();
  }

  @Override
  protected Answer reply(String text) {
    return Converse.message("end_turn", Converse.thought() + "," + Converse.text(text));
  }

  /** Converse does not say which model answered. */
  @Override
  protected String repliedModel() {
    return MODEL;
  }

  @Override
  protected Map<Situation, Answer> failures() {
    Answer limited =
        Converse.error(
            429, "ThrottlingException", "Too many requests, please wait before trying again.");
    return Map.ofEntries(
        Map.entry(
            Situation.REFUSED,
            Converse.message("guardrail_intervened", Converse.text("Sorry, blocked by policy."))),
        Map.entry(
            Situation.TRUNCATED,
            Converse.message("max_tokens", Converse.text("{\"concise\":\"Red b"))),
        Map.entry(
            Situation.WRONG_KEY,
            Converse.error(
                403,
                "UnrecognizedClientException",
                "The security token included in the request is invalid.")),
        Map.entry(
            Situation.FORBIDDEN,
            Converse.error(
                403,
                "AccessDeniedException",
                "You don't have access to the model with the specified model ID.")),
        Map.entry(
            Situation.UNKNOWN_MODEL,
            Converse.error(
                400, "ValidationException", "The provided model identifier is invalid.")),
        Map.entry(
            Situation.WRONG_PARAMETER,
            Converse.error(
                400, "ValidationException", "temperature: Extra inputs are not permitted")),
        // Never seen with Bedrock (PROVIDERS.md), and yet heeded should it come.
        Map.entry(
            Situation.RATE_LIMITED_WITH_HINT,
            limited.header("Retry-After", "7").waits(Duration.ofSeconds(7))),
        Map.entry(Situation.RATE_LIMITED, limited),
        Map.entry(
            Situation.OUT_OF_CREDIT,
            Converse.error(
                400, "ServiceQuotaExceededException", "You have reached the quota of the day.")),
        Map.entry(
            Situation.SERVER_ERROR,
            Converse.error(500, "InternalServerException", "Internal server error")),
        Map.entry(
            Situation.OVERLOADED,
            Converse.error(503, "ServiceUnavailableException", "Too many connections")),
        Map.entry(
            Situation.INVALID_IMAGE,
            Converse.error(400, "ValidationException", "Could not process image")),
        Map.entry(
            Situation.IMAGE_LIMIT,
            Converse.error(
                400,
                "ValidationException",
                "The model returned the following errors: messages.0.content.0.image.source.bytes:"
                    + " image exceeds 5 MB maximum: 7167852 bytes > 5242880 bytes")));
  }

  @Test
  void sendsTheRequestInFullWithASchema() {
    answer(reply(goodText()).toResponse());
    Captioner captioner = captioner();

    captioner.caption(request(captioner));

    CaptionPrompt prompt = CaptionPrompt.of(request(captioner));
    server()
        .verify(
            1,
            postRequestedFor(
                    urlEqualTo("/model/us.anthropic.claude-haiku-4-5-20251001-v1%3A0/converse"))
                .withHeader("Authorization", equalTo("Bearer " + KEY.reveal()))
                .withHeader("User-Agent", matching("aws-sdk-java/.* cutline/.*"))
                .withRequestBody(
                    equalToJson(
                        """
                        {"system": [{"text": %s}],
                         "messages": [{"role": "user", "content": [
                           {"image": {"format": "jpeg", "source": {"bytes": "/9j/2Q=="}}},
                           {"text": %s}]}],
                         "inferenceConfig": {"maxTokens": 1000},
                         "outputConfig": {"textFormat": {"type": "json_schema", "structure":
                           {"jsonSchema": {"name": "captions", "schema": %s}}}}}
                        """
                            .formatted(
                                Converse.quoted(prompt.system()),
                                Converse.quoted(prompt.user()),
                                Converse.quoted(ReplySchema.text())))));
  }
}
