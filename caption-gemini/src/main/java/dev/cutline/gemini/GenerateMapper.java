package dev.cutline.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Reason;
import dev.cutline.Usage;
import dev.cutline.prompt.CaptionPrompt;
import dev.cutline.prompt.Json;
import dev.cutline.prompt.OneLine;
import dev.cutline.prompt.ReplyParser;
import dev.cutline.prompt.ReplySchema;
import dev.cutline.prompt.Tokens;
import java.util.Locale;
import java.util.Map;

/**
 * Maps requests to the body of {@code generateContent}, and its answers to replies. Static, no I/O.
 */
final class GenerateMapper {
  private GenerateMapper() {}

  /** Returns the body that asks for the captions of one picture. */
  static ObjectNode request(CaptionRequest request, GenerateOptions options) {
    CaptionPrompt prompt = CaptionPrompt.of(request);
    ObjectNode body = Json.object();
    body.putObject("systemInstruction").putArray("parts").addObject().put("text", prompt.system());
    ArrayNode parts = body.putArray("contents").addObject().put("role", "user").putArray("parts");
    parts
        .addObject()
        .putObject("inlineData")
        .put("mimeType", request.image().format().mediaType())
        .put("data", request.image().toBase64());
    parts.addObject().put("text", prompt.user());
    addConfig(body.putObject("generationConfig"), options);
    return body;
  }

  private static void addConfig(ObjectNode config, GenerateOptions options) {
    config.put("maxOutputTokens", options.maxTokens());
    if (options.jsonSchema()) {
      config.put("responseMimeType", "application/json");
      config.set("responseSchema", openApi(ReplySchema.json()));
    }
    if (options.mediaResolution() != null) {
      config.put("mediaResolution", "MEDIA_RESOLUTION_" + options.mediaResolution().name());
    }
    if (options.thinkingLevel() != null) {
      config
          .putObject("thinkingConfig")
          .put("thinkingLevel", options.thinkingLevel().toUpperCase(Locale.ROOT));
    }
    if (options.thinkingBudget() != null) {
      config.putObject("thinkingConfig").put("thinkingBudget", options.thinkingBudget());
    }
  }

  /**
   * Turns an object's schema into what Google takes: its types are in capitals, it refuses {@code
   * additionalProperties}, and the order of the properties is said apart.
   */
  private static ObjectNode openApi(ObjectNode schema) {
    schema.remove("additionalProperties");
    capitalize(schema);
    ArrayNode order = schema.putArray("propertyOrdering");
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      capitalize((ObjectNode) property.getValue());
      order.add(property.getKey());
    }
    return schema;
  }

  private static void capitalize(ObjectNode schema) {
    schema.put("type", schema.path("type").asText().toUpperCase(Locale.ROOT));
  }

  /**
   * Returns the reply that an answer holds.
   *
   * @param body the answer; that it holds no {@code error} has been seen to
   * @param askedModel the model named if the server names none
   * @throws dev.cutline.CaptionException {@code REFUSED}, {@code MALFORMED_REPLY}, or {@code
   *     INTERNAL} where the same question may be answered the next time, with the tokens used
   */
  static CaptionReply reply(JsonNode body, CaptionRequest request, String askedModel) {
    Usage usage = usage(body.path("usageMetadata"));
    JsonNode feedback = body.path("promptFeedback");
    String blocked = feedback.path("blockReason").asText("");
    if (!blocked.isBlank()) {
      String words = feedback.path("blockReasonMessage").asText("");
      throw ReplyParser.refused(why(blocked, words, feedback), usage);
    }
    JsonNode candidate = body.path("candidates").path(0);
    String finish = candidate.path("finishReason").asText("");
    String words = candidate.path("finishMessage").asText("");
    switch (finish) {
      case "SAFETY",
          "PROHIBITED_CONTENT",
          "BLOCKLIST",
          "SPII",
          "IMAGE_SAFETY",
          "IMAGE_PROHIBITED_CONTENT" ->
          throw ReplyParser.refused(why(finish, words, candidate), usage);
      case "RECITATION", "IMAGE_RECITATION" ->
          // What was to be said stood too close to somebody's text: the next answer has other
          // words.
          throw ReplyParser.failure(
              Reason.INTERNAL, "the answer was held back as a quotation: " + finish, usage);
      case "MAX_TOKENS" -> throw ReplyParser.cutOff(usage);
      default -> {
        String text = text(candidate);
        if (text.isBlank() && !finish.isBlank() && !finish.equals("STOP")) {
          String ended = OneLine.of(why(finish, words, candidate), 120);
          throw ReplyParser.failure(
              Reason.MALFORMED_REPLY, "the answer ended without a text: " + ended, usage);
        }
        String model = body.path("modelVersion").asText("");
        return ReplyParser.parse(text, request, model.isBlank() ? askedModel : model, usage);
      }
    }
  }

  /** Returns what the model wrote, without what it thought. */
  private static String text(JsonNode candidate) {
    StringBuilder text = new StringBuilder();
    for (JsonNode part : candidate.path("content").path("parts")) {
      if (!part.path("thought").asBoolean(false)) {
        text.append(part.path("text").asText(""));
      }
    }
    return text.toString();
  }

  /** Thoughts are counted apart, and paid for as output. */
  private static Usage usage(JsonNode usage) {
    return new Usage(
        Tokens.in(usage, "promptTokenCount"),
        Tokens.in(usage, "candidatesTokenCount") + Tokens.in(usage, "thoughtsTokenCount"));
  }

  /** Returns the code of a block, with what else was said of it: words, or the categories. */
  private static String why(String code, String words, JsonNode rated) {
    StringBuilder why = new StringBuilder(code);
    if (!words.isBlank()) {
      return why.append(": ").append(words).toString();
    }
    for (JsonNode rating : rated.path("safetyRatings")) {
      if (rating.path("blocked").asBoolean(false)) {
        why.append(' ').append(rating.path("category").asText(""));
      }
    }
    return why.toString();
  }
}
