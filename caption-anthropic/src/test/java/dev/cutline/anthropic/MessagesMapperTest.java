package dev.cutline.anthropic;

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
import dev.cutline.anthropic.AnthropicCaptioner.Thinking;
import dev.cutline.prompt.Json;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesMapperTest {
  private static final CaptionRequest REQUEST =
      CaptionRequest.builder(ImageData.of(new byte[] {1, 2, 3}, ImageFormat.WEBP, 3, 4))
          .styles(Set.of(CaptionStyle.CONCISE))
          .build();

  private static final String GOOD =
      "{\"type\":\"text\",\"text\":\"{\\\"concise\\\":\\\"A red box\\\"}\"}";

  @Test
  void sendsNoSchemaAndWhatWasSetOnPurpose() {
    JsonNode body =
        MessagesMapper.request(
            REQUEST, new MessagesOptions("claude-x", 50, false, "low", Thinking.DISABLED));

    assertThat(body.path("model").asText()).isEqualTo("claude-x");
    assertThat(body.path("max_tokens").asInt()).isEqualTo(50);
    assertThat(body.path("output_config")).isEqualTo(Json.object().put("effort", "low"));
    assertThat(body.path("thinking")).isEqualTo(Json.object().put("type", "disabled"));
    assertThat(body.at("/messages/0/content/0/source/media_type").asText()).isEqualTo("image/webp");
    assertThat(body.at("/messages/0/content/0/source/data").asText()).isEqualTo("AQID");
    assertThat(body.has("temperature")).isFalse();
  }

  @Test
  void sendsSchemaAndEffortTogether() {
    JsonNode body =
        MessagesMapper.request(
            REQUEST, new MessagesOptions("claude-x", 50, true, "medium", Thinking.ADAPTIVE));

    assertThat(body.at("/output_config/format/type").asText()).isEqualTo("json_schema");
    assertThat(body.at("/output_config/effort").asText()).isEqualTo("medium");
    assertThat(body.at("/thinking/type").asText()).isEqualTo("adaptive");
  }

  @ParameterizedTest
  @ValueSource(strings = {"end_turn", "stop_sequence", "pause_turn", "something_new"})
  void readsTheTextWhateverElseStandsThere(String stopReason) {
    CaptionReply reply =
        reply(
            stopReason,
            "{\"type\":\"redacted_thinking\",\"data\":\"x\"},{\"type\":\"tool_use\",\"input\":{}},"
                + GOOD);

    assertThat(reply.text(CaptionStyle.CONCISE)).hasValue("A red box");
    assertThat(reply.model()).isEqualTo("claude-haiku-5-5-20261001");
    assertThat(reply.usage()).isEqualTo(new Usage(1_630, 42));
  }

  @Test
  void joinsATextThatComesInSeveralBlocks() {
    CaptionReply reply =
        reply(
            "end_turn",
            "{\"type\":\"text\",\"text\":\"{\\\"concise\\\":\"},{\"type\":\"text\",\"text\":\"\\\"A box\\\"}\"}");

    assertThat(reply.text(CaptionStyle.CONCISE)).hasValue("A box");
  }

  @Test
  void namesTheModelAskedWhereTheServerNamesNone() {
    JsonNode body = json("{\"content\":[" + GOOD + "],\"stop_reason\":\"end_turn\"}");

    CaptionReply reply = MessagesMapper.reply(body, REQUEST, "claude-asked");

    assertThat(reply.model()).isEqualTo("claude-asked");
    assertThat(reply.usage()).isEqualTo(Usage.NONE);
  }

  @Test
  void tellsWhyTheModelRefused() {
    JsonNode body =
        json(
            """
            {"content": [], "stop_reason": "refusal", "usage": {"input_tokens": 9, "output_tokens": 1},
             "stop_details": {"type": "refusal", "category": "bio", "explanation": "No.\\nNever."}}
            """);

    CaptionException e = failure(body);

    assertThat(e.reason()).isEqualTo(Reason.REFUSED);
    assertThat(e).hasMessage("the model refused: No. Never. (bio)");
    assertThat(e.usage()).isEqualTo(new Usage(9, 1));
  }

  @Test
  void refusesEvenIfThereIsATextAndNoDetails() {
    CaptionException e = failure(json(Messages.message("refusal", GOOD)));

    assertThat(e.reason()).isEqualTo(Reason.REFUSED);
    assertThat(e).hasMessage("the model refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_tokens", "model_context_window_exceeded"})
  void doesNotTrustAnAnswerThatWasCutOff(String stopReason) {
    CaptionException e = failure(json(Messages.message(stopReason, GOOD)));

    assertThat(e.reason()).isEqualTo(Reason.MALFORMED_REPLY);
    assertThat(e)
        .hasMessageContaining("cut off after 42 tokens")
        .hasMessageContaining("max-tokens");
    assertThat(e.usage()).isEqualTo(new Usage(1_630, 42));
  }

  @Test
  void callsAnAnswerWithoutTextMalformed() {
    CaptionException e = failure(json(Messages.message("end_turn", "{\"type\":\"thinking\"}")));

    assertThat(e.reason()).isEqualTo(Reason.MALFORMED_REPLY);
    assertThat(e.usage()).isEqualTo(new Usage(1_630, 42));
  }

  private static CaptionReply reply(String stopReason, String blocks) {
    return MessagesMapper.reply(
        json(Messages.message(stopReason, blocks)), REQUEST, "claude-asked");
  }

  private static CaptionException failure(JsonNode body) {
    return catchThrowableOfType(
        CaptionException.class, () -> MessagesMapper.reply(body, REQUEST, "claude-asked"));
  }

  private static JsonNode json(String text) {
    return Json.read(text).orElseThrow();
  }
}
