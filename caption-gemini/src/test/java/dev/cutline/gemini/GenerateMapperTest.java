package dev.cutline.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import dev.cutline.Usage;
import dev.cutline.gemini.GeminiCaptioner.MediaResolution;
import dev.cutline.prompt.Json;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateMapperTest {
  private static final CaptionRequest REQUEST =
      CaptionRequest.builder(ImageData.of(new byte[] {1, 2, 3}, ImageFormat.WEBP, 3, 4))
          .styles(Set.of(CaptionStyle.CONCISE))
          .build();

  private static final String GOOD = Answers.part("{\"concise\":\"A red box\"}");

  private static final Usage USED = new Usage(1_290, 231);

  @Test
  void sendsNoSchemaAndWhatWasSetOnPurpose() {
    JsonNode body =
        GenerateMapper.request(
            REQUEST, new GenerateOptions("m", 50, false, "minimal", null, MediaResolution.MEDIUM));

    assertThat(body.path("generationConfig"))
        .isEqualTo(
            json(
                """
                {"maxOutputTokens": 50, "mediaResolution": "MEDIA_RESOLUTION_MEDIUM",
                 "thinkingConfig": {"thinkingLevel": "MINIMAL"}}"""));
    assertThat(body.at("/contents/0/parts/0/inlineData"))
        .isEqualTo(json("{\"mimeType\":\"image/webp\",\"data\":\"AQID\"}"));
    assertThat(body.has("model")).isFalse();
  }

  @Test
  void sendsTheBudgetThatOlderModelsKnow() {
    JsonNode body =
        GenerateMapper.request(REQUEST, new GenerateOptions("m", 50, true, null, 0, null));

    assertThat(body.at("/generationConfig/thinkingConfig"))
        .isEqualTo(json("{\"thinkingBudget\":0}"));
    assertThat(body.at("/generationConfig/responseSchema/type").asText()).isEqualTo("OBJECT");
    assertThat(body.at("/generationConfig/responseSchema").has("additionalProperties")).isFalse();
    assertThat(body.at("/generationConfig").has("mediaResolution")).isFalse();
  }

  @Test
  void writesLevelsTheSameInAnyLocale() {
    java.util.Locale before = java.util.Locale.getDefault();
    try {
      java.util.Locale.setDefault(java.util.Locale.forLanguageTag("tr-TR"));
      JsonNode body =
          GenerateMapper.request(
              REQUEST, new GenerateOptions("m", 50, true, "minimal", null, null));
      assertThat(body.at("/generationConfig/thinkingConfig/thinkingLevel").asText())
          .isEqualTo("MINIMAL");
      assertThat(body.at("/generationConfig/responseSchema/properties/alt/type").asText())
          .isEqualTo("STRING");
    } finally {
      java.util.Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"STOP", "", "FINISH_REASON_UNSPECIFIED", "SOMETHING_NEW"})
  void readsTheTextWithoutTheThoughts(String finishReason) {
    CaptionReply reply =
        reply(
            Answers.candidate(
                finishReason, Answers.thought("{\"concise\":\"A draft\"}") + "," + GOOD));

    assertThat(reply.text(CaptionStyle.CONCISE)).hasValue("A red box");
    assertThat(reply.model()).isEqualTo("gemini-3.5-flash-lite");
  }

  @Test
  void countsThoughtsAsOutputBecauseTheyAreBilledAsSuch() {
    assertThat(reply(Answers.candidate("STOP", GOOD)).usage()).isEqualTo(USED);
  }

  @Test
  void joinsATextThatComesInSeveralParts() {
    CaptionReply reply =
        reply(
            Answers.candidate(
                "STOP",
                Answers.part("{\"concise\":")
                    + ",{\"functionCall\":{}},"
                    + Answers.part("\"A box\"}")));

    assertThat(reply.text(CaptionStyle.CONCISE)).hasValue("A box");
  }

  @Test
  void namesTheModelAskedWhereTheServerNamesNone() {
    CaptionReply reply = reply("{\"candidates\":[{\"content\":{\"parts\":[" + GOOD + "]}}]}");

    assertThat(reply.model()).isEqualTo("gemini-asked");
    assertThat(reply.usage()).isEqualTo(Usage.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "IMAGE_SAFETY"})
  void callsABlockedPictureRefused(String blockReason) {
    CaptionException e =
        failure(
            """
            {"promptFeedback": {"blockReason": "%s", "safetyRatings": [
               {"category": "HARM_CATEGORY_HARASSMENT", "probability": "LOW"},
               {"category": "HARM_CATEGORY_DANGEROUS_CONTENT", "blocked": true}]},
             "usageMetadata": {"promptTokenCount": 290, "totalTokenCount": 290}}"""
                .formatted(blockReason));

    assertThat(e.reason()).isEqualTo(Reason.REFUSED);
    assertThat(e)
        .hasMessage("the model refused: " + blockReason + " HARM_CATEGORY_DANGEROUS_CONTENT");
    assertThat(e.usage()).isEqualTo(new Usage(290, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SAFETY",
        "PROHIBITED_CONTENT",
        "BLOCKLIST",
        "SPII",
        "IMAGE_SAFETY",
        "IMAGE_PROHIBITED_CONTENT"
      })
  void callsABlockedAnswerRefusedEvenIfThereIsAText(String finishReason) {
    CaptionException e = failure(Answers.candidate(finishReason, GOOD));

    assertThat(e.reason()).isEqualTo(Reason.REFUSED);
    assertThat(e).hasMessage("the model refused: " + finishReason);
    assertThat(e.usage()).isEqualTo(USED);
  }

  @Test
  void saysWhatTheServerSaysOfABlock() {
    assertThat(
            failure(
                """
                {"candidates": [{"finishReason": "SPII", "finishMessage": "Too\\npersonal."}]}"""))
        .hasMessage("the model refused: SPII: Too personal.");
    assertThat(
            failure(
                """
                {"promptFeedback": {"blockReason": "OTHER", "blockReasonMessage": "No."}}"""))
        .hasMessage("the model refused: OTHER: No.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RECITATION", "IMAGE_RECITATION"})
  void asksOnceMoreAfterAQuotation(String finishReason) {
    CaptionException e = failure(Answers.candidate(finishReason, ""));

    assertThat(e.reason()).isEqualTo(Reason.INTERNAL);
    assertThat(e).hasMessageContaining(finishReason);
    assertThat(e.usage()).isEqualTo(USED);
  }

  @Test
  void doesNotTrustAnAnswerThatWasCutOff() {
    CaptionException e = failure(Answers.candidate("MAX_TOKENS", GOOD));

    assertThat(e.reason()).isEqualTo(Reason.MALFORMED_REPLY);
    assertThat(e)
        .hasMessageContaining("cut off after 231 tokens")
        .hasMessageContaining("max-tokens");
    assertThat(e.usage()).isEqualTo(USED);
  }

  @Test
  void saysHowAnAnswerWithoutTextEnded() {
    CaptionException e = failure(Answers.candidate("LANGUAGE", Answers.thought("Hm.")));

    assertThat(e.reason()).isEqualTo(Reason.MALFORMED_REPLY);
    assertThat(e).hasMessage("the answer ended without a text: LANGUAGE");
    assertThat(e.usage()).isEqualTo(USED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"candidates\":[]}",
        "{\"candidates\":{}}",
        "{\"candidates\":[null]}",
        "{\"candidates\":[{\"finishReason\":\"STOP\"}]}",
        "{\"candidates\":[{\"finishReason\":7,\"content\":{\"parts\":\"x\"}}]}",
        "{\"candidates\":[{\"finishReason\":\"STOP\",\"content\":{\"parts\":[7,{\"text\":null}]}}]}",
        "[]"
      })
  void callsAnAnswerWithoutTextMalformed(String body) {
    assertThat(failure(body).reason()).isEqualTo(Reason.MALFORMED_REPLY);
  }

  private static CaptionReply reply(String body) {
    return GenerateMapper.reply(json(body), REQUEST, "gemini-asked");
  }

  private static CaptionException failure(String body) {
    return catchThrowableOfType(CaptionException.class, () -> reply(body));
  }

  private static JsonNode json(String text) {
    return Json.read(text).orElseThrow();
  }
}
