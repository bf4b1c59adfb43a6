package dev.cutline.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.ImageData;
import dev.cutline.Usage;
import dev.cutline.prompt.CaptionPrompt;
import dev.cutline.prompt.Json;
import dev.cutline.prompt.ReplyParser;
import dev.cutline.prompt.ReplySchema;
import dev.cutline.prompt.Tokens;

/**
 * Maps requests to the body of {@code POST /v1/messages}, and its answers to replies. Static, no
 * I/O.
 */
final class MessagesMapper {
  private MessagesMapper() {}

  /** Returns the body that asks for the captions of one picture. */
  static ObjectNode request(CaptionRequest request, MessagesOptions options) {
    CaptionPrompt prompt = CaptionPrompt.of(request);
    ObjectNode body =
        Json.object()
            .put("model", options.model())
            .put("max_tokens", options.maxTokens())
            .put("system", prompt.system());
    ArrayNode content =
        body.putArray("messages").addObject().put("role", "user").putArray("content");
    addImage(content, request.image());
    content.addObject().put("type", "text").put("text", prompt.user());
    if (options.jsonSchema()) {
      body.withObject("/output_config/format")
          .put("type", "json_schema")
          .set("schema", ReplySchema.json());
    }
    if (options.effort() != null) {
      body.withObject("/output_config").put("effort", options.effort());
    }
    if (options.thinking() != null) {
      body.putObject("thinking").put("type", options.thinking().wireName());
    }
    return body;
  }

  private static void addImage(ArrayNode content, ImageData image) {
    content
        .addObject()
        .put("type", "image")
        .putObject("source")
        .put("type", "base64")
        .put("media_type", image.format().mediaType())
        .put("data", image.toBase64());
  }

  /**
   * Returns the reply that a message holds.
   *
   * @param body the answer; that it holds no {@code error} has been seen to
   * @param askedModel the model named if the server names none
   * @throws dev.cutline.CaptionException {@code REFUSED} or {@code MALFORMED_REPLY}, both with the
   *     tokens used
   */
  static CaptionReply reply(JsonNode body, CaptionRequest request, String askedModel) {
    Usage usage = usage(body.path("usage"));
    switch (body.path("stop_reason").asText("")) {
      case "refusal" -> throw ReplyParser.refused(refusal(body.path("stop_details")), usage);
      case "max_tokens", "model_context_window_exceeded" -> throw ReplyParser.cutOff(usage);
      default -> {
        String text = ReplyParser.textOf(body.path("content"));
        return ReplyParser.parse(text, request, body, askedModel, usage);
      }
    }
  }

  /** Input read from or written to a cache is counted apart, and paid for. */
  private static Usage usage(JsonNode usage) {
    return new Usage(
        Tokens.in(usage, "input_tokens")
            + Tokens.in(usage, "cache_creation_input_tokens")
            + Tokens.in(usage, "cache_read_input_tokens"),
        Tokens.in(usage, "output_tokens"));
  }

  private static String refusal(JsonNode details) {
    String category = details.path("category").asText("");
    String explanation = details.path("explanation").asText("");
    return category.isBlank() || explanation.isBlank()
        ? category + explanation
        : explanation + " (" + category + ")";
  }
}
