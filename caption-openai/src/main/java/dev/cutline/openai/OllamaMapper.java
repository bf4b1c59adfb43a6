package dev.cutline.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Usage;
import dev.cutline.prompt.CaptionPrompt;
import dev.cutline.prompt.Json;
import dev.cutline.prompt.ReplyParser;
import dev.cutline.prompt.ReplySchema;
import dev.cutline.prompt.Tokens;

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
    Usage usage = new Usage(Tokens.in(body, "prompt_eval_count"), Tokens.in(body, "eval_count"));
    if ("length".equals(body.path("done_reason").asText(""))) {
      throw ReplyParser.cutOff(usage);
    }
    String text = body.path("message").path("content").asText("");
    return ReplyParser.parse(text, request, body, askedModel, usage);
  }
}
