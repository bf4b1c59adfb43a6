package dev.cutline.prompt.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import dev.cutline.prompt.CaptionPrompt;
import dev.cutline.prompt.Json;
import dev.cutline.prompt.ReplySchema;
import dev.cutline.prompt.Requests;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatMapperTest {
  private static final String CAPTIONS =
      "{\\\"concise\\\":\\\"Red bicycle\\\",\\\"creative\\\":\\\"It waits.\\\",\\\"alt\\\":\\\"A bicycle\\\",\\\"decorative\\\":false}";

  private final CaptionRequest request = Requests.builder().build();

  @Test
  void writesTheSmallestRequest() {
    CaptionPrompt prompt = CaptionPrompt.of(request);

    assertThat(ChatMapper.request(request, ChatOptions.builder("m").jsonSchema(false).build()))
        .isEqualTo(
            json(
                """
                {"model":"m","messages":[
                  {"role":"system","content":%s},
                  {"role":"user","content":[
                    {"type":"text","text":%s},
                    {"type":"image_url","image_url":{"url":"data:image/jpeg;base64,/9j/2Q=="}}]}],
                 "max_tokens":400}"""
                    .formatted(quoted(prompt.system()), quoted(prompt.user()))));
  }

  @Test
  void writesEveryOption() {
    ChatOptions options =
        ChatOptions.builder("m")
            .maxTokens(1_000)
            .maxTokensField(ChatOptions.MaxTokensField.MAX_COMPLETION_TOKENS)
            .detail("low")
            .temperature(new BigDecimal("0.2"))
            .reasoningEffort("none")
            .build();

    JsonNode body = ChatMapper.request(request, options);

    assertThat(body.at("/messages/1/content/1/image_url/detail").textValue()).isEqualTo("low");
    assertThat(body.path("response_format"))
        .isEqualTo(
            json(
                "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"captions\",\"strict\":true,\"schema\":%s}}"
                    .formatted(ReplySchema.text())));
    assertThat(body.path("reasoning_effort").textValue()).isEqualTo("none");
    assertThat(body.path("temperature").decimalValue()).isEqualByComparingTo("0.2");
    assertThat(body.path("max_completion_tokens").intValue()).isEqualTo(1_000);
    assertThat(body.has("max_tokens")).isFalse();
  }

  @Test
  void namesTheFormatOfThePicture() {
    ImageData png = ImageData.of(new byte[] {1}, ImageFormat.PNG, 1, 1);

    JsonNode body =
        ChatMapper.request(CaptionRequest.builder(png).build(), ChatOptions.builder("m").build());

    assertThat(body.at("/messages/1/content/1/image_url/url").textValue())
        .isEqualTo("data:image/png;base64,AQ==");
  }

  @Test
  void readsAReply() {
    CaptionReply reply = reply("stop", "\"content\":\"" + CAPTIONS + "\"");

    assertThat(reply.text(CaptionStyle.CONCISE)).contains("Red bicycle");
    assertThat(reply.model()).isEqualTo("answering");
    assertThat(reply.usage()).isEqualTo(new Usage(150, 35));
    assertThat(reply.promptVersion()).contains(CaptionPrompt.VERSION);
  }

  @Test
  void readsATextInParts() {
    String content =
        "\"content\":[{\"type\":\"thinking\",\"text\":\"hm\"},{\"type\":\"text\",\"text\":\"%s\"},{\"type\":\"text\",\"text\":\"%s\"}]"
            .formatted(CAPTIONS.substring(0, 20), CAPTIONS.substring(20));

    assertThat(reply("stop", content).text(CaptionStyle.ALT)).contains("A bicycle");
  }

  @Test
  void doesWithoutFinishReasonModelAndUsage() {
    JsonNode body = json("{\"choices\":[{\"message\":{\"content\":\"" + CAPTIONS + "\"}}]}");

    CaptionReply reply = ChatMapper.reply(body, request, "asked");

    assertThat(reply.model()).isEqualTo("asked");
    assertThat(reply.usage()).isEqualTo(Usage.NONE);
  }

  @Test
  void takesNoSenselessUsage() {
    assertThat(ChatMapper.usage(json("{\"prompt_tokens\":-5,\"completion_tokens\":\"many\"}")))
        .isEqualTo(Usage.NONE);
    assertThat(ChatMapper.usage(json("null"))).isEqualTo(Usage.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stop           | \"content\":null,\"refusal\":\"I will not.\"     | REFUSED         | the model refused: I will not.",
        "content_filter | \"content\":\"I\"                                | REFUSED         | content filter",
        "length         | \"content\":\"{\\\"concise\\\":\\\"Re\"          | MALFORMED_REPLY | cut off after 35 tokens",
        "abort          | \"content\":\"{\"                                | MALFORMED_REPLY | abort",
        "repetition     | \"content\":\"{\"                                | MALFORMED_REPLY | repetition",
        "stop           | \"content\":null                                 | MALFORMED_REPLY | an empty answer",
        "stop           | \"content\":\"\"                                 | MALFORMED_REPLY | an empty answer",
        "stop           | \"content\":7                                    | MALFORMED_REPLY | an empty answer",
        "stop           | \"content\":\"I see a bicycle\"                  | MALFORMED_REPLY | I see a bicycle",
        "tool_calls     | \"content\":null,\"tool_calls\":[]               | MALFORMED_REPLY | an empty answer",
        "function_call  | \"content\":null                                 | MALFORMED_REPLY | an empty answer",
        "error          | \"content\":\"\"                                 | INTERNAL        | failed while it answered",
      })
  void saysWhyThereAreNoCaptions(String finish, String message, Reason reason, String words) {
    CaptionException e = catchThrowableOfType(CaptionException.class, () -> reply(finish, message));

    assertThat(e.reason()).isEqualTo(reason);
    assertThat(e).hasMessageContaining(words);
    assertThat(e.usage()).as("it is billed").isEqualTo(new Usage(150, 35));
  }

  @Test
  void survivesAnAnswerWithoutChoices() {
    for (String body :
        new String[] {
          "{}", "[]", "1", "{\"choices\":[]}", "{\"choices\":{}}", "{\"choices\":[[]]}"
        }) {
      CaptionException e =
          catchThrowableOfType(
              CaptionException.class, () -> ChatMapper.reply(json(body), request, "asked"));
      assertThat(e.reason()).isEqualTo(Reason.MALFORMED_REPLY);
    }
  }

  @Test
  void refusesAnAnswerWithoutTokens() {
    assertThatThrownBy(() -> ChatOptions.builder("m").maxTokens(0)).hasMessageContaining("0");
  }

  private CaptionReply reply(String finish, String message) {
    String body =
        "{\"model\":\"answering\",\"choices\":[{\"finish_reason\":\"%s\",\"message\":{%s}}],\"usage\":{\"prompt_tokens\":150,\"completion_tokens\":35}}"
            .formatted(finish, message);
    return ChatMapper.reply(json(body), request, "asked");
  }

  private static JsonNode json(String text) {
    return Json.read(text).orElseThrow(() -> new AssertionError("not JSON: " + text));
  }

  private static String quoted(String text) {
    return Json.text(Json.object().put("t", text).path("t"));
  }
}
