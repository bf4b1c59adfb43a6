package dev.cutline.prompt.chat;

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
import dev.cutline.prompt.Tokens;

/** Maps requests to the body of {@code POST /v1/chat/completions}, and its answers to replies. */
public final class ChatMapper {
  private static final int EXCERPT = 120;

  private ChatMapper() {}

  /** Returns the body that asks for the captions of one picture. */
  public static ObjectNode request(CaptionRequest request, ChatOptions options) {
    CaptionPrompt prompt = CaptionPrompt.of(request);
    ObjectNode body = Json.object().put("model", options.model());
    ArrayNode messages = body.putArray("messages");
    messages.addObject().put("role", "system").put("content", prompt.system());
    ArrayNode content = messages.addObject().put("role", "user").putArray("content");
    content.addObject().put("type", "text").put("text", prompt.user());
    ObjectNode image = content.addObject().put("type", "image_url").putObject("image_url");
    image.put("url", dataUri(request.image()));
    options.detail().ifPresent(detail -> image.put("detail", detail));
    if (options.jsonSchema()) {
      ObjectNode format =
          body.putObject("response_format").put("type", "json_schema").putObject("json_schema");
      format.put("name", ReplySchema.NAME).put("strict", true).set("schema", ReplySchema.json());
    }
    options.reasoningEffort().ifPresent(effort -> body.put("reasoning_effort", effort));
    options.temperature().ifPresent(temperature -> body.put("temperature", temperature));
    return body.put(options.maxTokensField().wireName(), options.maxTokens());
  }

  /**
   * Returns the reply that a successful answer holds.
   *
   * @param body the answer; that it holds no {@code error} has been seen to
   * @param askedModel the model named if the server names none
   * @throws CaptionException {@link Reason#REFUSED} or {@link Reason#MALFORMED_REPLY}, both with
   *     the tokens used; {@link Reason#INTERNAL} if the server says that it failed on the way
   */
  public static CaptionReply reply(JsonNode body, CaptionRequest request, String askedModel) {
    Usage usage = usage(body.path("usage"));
    JsonNode choice = body.path("choices").path(0);
    JsonNode message = choice.path("message");
    String refusal = ReplyParser.textOf(message.path("refusal"));
    if (!refusal.isBlank()) {
      throw ReplyParser.refused(refusal, usage);
    }
    String finish = choice.path("finish_reason").asText("");
    switch (finish) {
      case "content_filter" ->
          throw ReplyParser.failure(
              Reason.REFUSED, "the server's content filter stopped the answer", usage);
      case "length" -> throw ReplyParser.cutOff(usage);
      case "error" -> {
        String problem = ReplyParser.textOf(choice.path("error").path("message"));
        String told = "the server failed while it answered: " + OneLine.of(problem, EXCERPT);
        throw ReplyParser.failure(Reason.INTERNAL, told, usage);
      }
      case "abort", "repetition" ->
          throw ReplyParser.failure(
              Reason.MALFORMED_REPLY, "the server broke the answer off: " + finish, usage);
      default -> {
        String text = ReplyParser.textOf(message.path("content"));
        return ReplyParser.parse(text, request, body, askedModel, usage);
      }
    }
  }

  /** Returns the tokens of a {@code usage} object; what is missing or makes no sense is 0. */
  public static Usage usage(JsonNode usage) {
    return new Usage(Tokens.in(usage, "prompt_tokens"), Tokens.in(usage, "completion_tokens"));
  }

  private static String dataUri(ImageData image) {
    return "data:" + image.format().mediaType() + ";base64," + image.toBase64();
  }
}
