package dev.cutline.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Reason;
import dev.cutline.Usage;
import dev.cutline.prompt.CaptionPrompt;
import dev.cutline.prompt.Json;
import dev.cutline.prompt.ReplyParser;
import dev.cutline.prompt.ReplySchema;

/** Maps requests to the body of {@code POST /api/chat}, and its answers to replies. */
final class OllamaMapper {
  private OllamaMapper() {}

  static ObjectNode request(CaptionRequest request, OllamaOptions options) {
    CaptionPrompt prompt = CaptionPrompt.of(request);
    ObjectNode body = Json.object().put("model", options.model());
    ArrayNode messages = body.putArray("messages");
    messages.addObject().put("role", "system").put("content", prompt.system());
    ObjectNode user = messages.addObject().put("role", "user").put("content", prompt.user());
    user.putArray("images").add(request.image().toBase64());
    if (options.jsonSchema()) {
      body.set("format", ReplySchema.json());
    }
    body.put("stream", false);
    if (options.think() != null) {
      body.put("think", options.think());
    }
    if (options.keepAlive() != null) {
      body.put("keep_alive", options.keepAlive().toSeconds() + "s");
    }
    ObjectNode parameters = body.putObject("options").put("num_predict", options.maxTokens());
    if (options.contextTokens() != null) {
      parameters.put("num_ctx", options.contextTokens());
    }
    if (options.temperature() != null) {
      parameters.put("temperature", options.temperature());
    }
    return body;
  }

  static CaptionReply reply(JsonNode body, CaptionRequest request, String askedModel) {
    Usage usage = new Usage(tokens(body, "prompt_eval_count"), tokens(body, "eval_count"));
    if ("length".equals(body.path("done_reason").asText(""))) {
      throw CaptionException.builder(
              Reason.MALFORMED_REPLY,
              "the answer was cut off after %d tokens; a model that thinks first needs more max-tokens or think=false"
                  .formatted(usage.outputTokens()))
          .usage(usage)
          .build();
    }
    String text = body.path("message").path("content").asText("");
    return ReplyParser.parse(text, request, body.path("model").asText(askedModel), usage);
  }

  private static long tokens(JsonNode body, String field) {
    return Math.max(0, body.path(field).asLong(0));
  }
}
