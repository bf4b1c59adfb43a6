package dev.cutline.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.ImageData;
import dev.cutline.Reason;
import dev.cutline.Usage;
import dev.cutline.prompt.CaptionPrompt;
import dev.cutline.prompt.Json;
import dev.cutline.prompt.OneLine;
import dev.cutline.prompt.ReplyParser;
import dev.cutline.prompt.ReplySchema;

/**
 * Maps requests to the body of {@code POST /v1/messages}, and its answers to replies. Static, no
 * I/O.
 */
final class MessagesMapper {
  private static final int EXCERPT = 120;

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
   * @throws CaptionException {@link Reason#REFUSED} or {@link Reason#MALFORMED_REPLY}, both with
   *     the tokens used
   */
  static CaptionReply reply(JsonNode body, CaptionRequest request, String askedModel) {
    Usage usage = usage(body.path("usage"));
    switch (body.path("stop_reason").asText("")) {
      case "refusal" -> throw failure(Reason.REFUSED, refusal(body.path("stop_details")), usage);
      case "max_tokens", "model_context_window_exceeded" ->
          throw failure(Reason.MALFORMED_REPLY, cutOff(usage), usage);
      default -> {
        String model = body.path("model").asText("");
        return ReplyParser.parse(text(body), request, model.isBlank() ? askedModel : model, usage);
      }
    }
  }

  /**
   * Returns the texts of an answer; thoughts and whatever else a model writes stand beside them.
   */
  private static String text(JsonNode body) {
    StringBuilder text = new StringBuilder();
    for (JsonNode block : body.path("content")) {
      if ("text".equals(block.path("type").asText(""))) {
        text.append(block.path("text").asText(""));
      }
    }
    return text.toString();
  }

  /** Input read from or written to a cache is counted apart, and paid for. */
  private static Usage usage(JsonNode usage) {
    return new Usage(
        tokens(usage, "input_tokens")
            + tokens(usage, "cache_creation_input_tokens")
            + tokens(usage, "cache_read_input_tokens"),
        tokens(usage, "output_tokens"));
  }

  private static long tokens(JsonNode usage, String field) {
    return Math.max(0, usage.path(field).asLong(0));
  }

  private static String refusal(JsonNode details) {
    String category = details.path("category").asText("");
    String explanation = OneLine.of(details.path("explanation").asText(""), EXCERPT);
    return "the model refused"
        + (category.isBlank() ? "" : " (" + OneLine.of(category, 40) + ")")
        + (explanation.isBlank() ? "" : ": " + explanation);
  }

  private static String cutOff(Usage usage) {
    return "the answer was cut off after %d tokens; a model that thinks first needs more max-tokens"
        .formatted(usage.outputTokens());
  }

  private static CaptionException failure(Reason reason, String message, Usage usage) {
    return CaptionException.builder(reason, message).usage(usage).build();
  }
}
