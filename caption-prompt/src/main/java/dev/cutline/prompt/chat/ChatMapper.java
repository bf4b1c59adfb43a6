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
    String finish = choice.path("finish_reason").asText("");
    String refusal = text(message.path("refusal"));
    if (!refusal.isBlank()) {
      throw failure(Reason.REFUSED, "the model refused: " + OneLine.of(refusal, EXCERPT), usage);
    }
    String text = text(message.path("content"));
    switch (finish) {
      case "content_filter" ->
          throw failure(Reason.REFUSED, "the server's content filter stopped the answer", usage);
      case "length" -> throw failure(Reason.MALFORMED_REPLY, cutOff(usage), usage);
      case "error" -> {
        String problem = text(choice.path("error").path("message"));
        throw failure(
            Reason.INTERNAL,
            "the server failed while it answered: " + OneLine.of(problem, EXCERPT),
            usage);
      }
      case "abort", "repetition" ->
          throw failure(
              Reason.MALFORMED_REPLY, "the server broke the answer off: " + finish, usage);
      default -> {
        String model = body.path("model").asText("");
        return ReplyParser.parse(text, request, model.isBlank() ? askedModel : model, usage);
      }
    }
  }

  /** Returns the tokens of a {@code usage} object; what is missing or makes no sense is 0. */
  public static Usage usage(JsonNode usage) {
    return new Usage(tokens(usage, "prompt_tokens"), tokens(usage, "completion_tokens"));
  }

  private static long tokens(JsonNode usage, String field) {
    return Math.max(0, usage.path(field).asLong(0));
  }

  /** Returns a text, or the texts of the parts that some servers split it into. */
  private static String text(JsonNode content) {
    if (!content.isArray()) {
      return content.isTextual() ? content.textValue() : "";
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      if ("text".equals(part.path("type").asText(""))) {
        text.append(part.path("text").asText(""));
      }
    }
    return text.toString();
  }

  private static String cutOff(Usage usage) {
    return "the answer was cut off after %d tokens; a model that thinks first needs more max-tokens"
        .formatted(usage.outputTokens());
  }

  private static String dataUri(ImageData image) {
    return "data:" + image.format().mediaType() + ";base64," + image.toBase64();
  }

  private static CaptionException failure(Reason reason, String message, Usage usage) {
    return CaptionException.builder(reason, message).usage(usage).build();
  }
}
