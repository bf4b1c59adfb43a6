package dev.cutline.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Reason;
import dev.cutline.Usage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the text of a model into the captions that were asked for. The text is JSON by {@link
 * ReplySchema}; a code fence, words or a {@code <think>} block around one JSON object are
 * tolerated. What is not an answer to the request is {@link Reason#MALFORMED_REPLY}: no or several
 * objects, a cut-off one, a key twice, a wrong type, a text missing. Lengths, languages and
 * refusals in words are judged by caption-core, which gets what is no object with the exception.
 */
public final class ReplyParser {
  private static final int EXCERPT = 120;
  private static final String FENCE = "```";
  private static final String END_OF_THOUGHT = "</think>";

  private ReplyParser() {}

  /**
   * Returns the reply that a model's text holds, its prompt version set.
   *
   * <p>{@code decorative} counts only if the alt text was asked for and is empty: a text is of more
   * use than none.
   *
   * @param text what the model wrote
   * @param body the whole answer, whose {@code model} names the model that answered
   * @param askedModel the model that is named if the answer names none
   * @param usage of the call; it stands in the exception too, because a useless answer is billed
   * @throws CaptionException {@link Reason#MALFORMED_REPLY} with the beginning of the text
   */
  public static CaptionReply parse(
      String text, CaptionRequest request, JsonNode body, String askedModel, Usage usage) {
    String model = body.path("model").asText("");
    return parse(text, request, model.isBlank() ? askedModel : model, usage);
  }

  /**
   * Like {@link #parse(String, CaptionRequest, JsonNode, String, Usage)}.
   *
   * @param model as the server named it
   */
  public static CaptionReply parse(String text, CaptionRequest request, String model, Usage usage) {
    JsonNode answer = find(text).orElse(null);
    if (answer == null) {
      throw malformed("not the JSON object that was asked for", text)
          .usage(usage)
          .answer(withoutThought(text))
          .build();
    }
    CaptionReply.Builder reply =
        CaptionReply.builder(model).promptVersion(CaptionPrompt.VERSION).usage(usage);
    boolean decorative =
        request.styles().contains(CaptionStyle.ALT) && decorative(answer, text, usage);
    for (CaptionStyle style : request.styles()) {
      String caption = caption(answer, style, text, usage);
      if (caption != null) {
        decorative &= style != CaptionStyle.ALT;
        reply.text(style, caption);
      } else if (style == CaptionStyle.ALT && decorative) {
        reply.text(style, "");
      } else {
        throw malformed("no text for " + style.id(), text).usage(usage).build();
      }
    }
    return reply.decorative(decorative).build();
  }

  /**
   * Returns a text, or the texts of the blocks of type {@code text} that it is split into; thoughts
   * and whatever else a model writes stand in blocks of other types.
   */
  public static String textOf(JsonNode content) {
    if (!content.isArray()) {
      return content.isTextual() ? content.textValue() : "";
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode block : content) {
      if ("text".equals(block.path("type").asText(""))) {
        text.append(block.path("text").asText(""));
      }
    }
    return text.toString();
  }

  /** Returns what to throw for an answer that ended before its end because of its length. */
  public static CaptionException cutOff(Usage usage) {
    return failure(
        Reason.MALFORMED_REPLY,
        "the answer was cut off after %d tokens; a model that thinks first needs more max-tokens"
            .formatted(usage.outputTokens()),
        usage);
  }

  /**
   * Returns what to throw for an answer that refuses.
   *
   * @param words of the model or its server; may be blank
   */
  public static CaptionException refused(String words, Usage usage) {
    String excerpt = OneLine.of(words, EXCERPT);
    return failure(
        Reason.REFUSED, "the model refused" + (excerpt.isEmpty() ? "" : ": " + excerpt), usage);
  }

  /** Returns what to throw for an answer that is of no use and was paid for all the same. */
  public static CaptionException failure(Reason reason, String message, Usage usage) {
    return CaptionException.builder(reason, message).usage(usage).build();
  }

  private static boolean decorative(JsonNode answer, String text, Usage usage) {
    JsonNode value = answer.path("decorative");
    if (value.isBoolean() || value.isNull() || value.isMissingNode()) {
      return value.booleanValue();
    }
    throw malformed("decorative is neither true nor false", text).usage(usage).build();
  }

  private static @Nullable String caption(
      JsonNode answer, CaptionStyle style, String text, Usage usage) {
    JsonNode value = answer.path(style.id());
    if (value.isTextual()) {
      return value.textValue().isBlank() ? null : value.textValue();
    }
    if (value.isNull() || value.isMissingNode()) {
      return null;
    }
    throw malformed(style.id() + " is not a text", text).usage(usage).build();
  }

  private static Optional<JsonNode> find(String text) {
    Optional<JsonNode> whole = object(text);
    if (whole.isPresent()) {
      return whole;
    }
    String answer = withoutThought(text);
    return object(inFence(answer)).or(() -> object(firstObject(answer)));
  }

  private static Optional<JsonNode> object(String text) {
    return Json.read(text).filter(JsonNode::isObject);
  }

  /**
   * Returns what follows the thoughts; nothing if they do not end: what stands there is a draft.
   */
  private static String withoutThought(String text) {
    String stripped = text.strip();
    if (!stripped.startsWith("<think>")) {
      return stripped;
    }
    int end = stripped.indexOf(END_OF_THOUGHT);
    return end < 0 ? "" : stripped.substring(end + END_OF_THOUGHT.length());
  }

  private static String inFence(String text) {
    int start = text.indexOf(FENCE);
    int end = text.lastIndexOf(FENCE);
    if (start < 0 || end < start + FENCE.length()) {
      return "";
    }
    String inside = text.substring(start + FENCE.length(), end);
    int lineEnd = inside.indexOf('\n');
    // The rest of the line that opens a fence names the language.
    return lineEnd < 0 || inside.substring(0, lineEnd).contains("{")
        ? inside
        : inside.substring(lineEnd);
  }

  /**
   * Returns the first object of a text, or an empty one if braces follow it: then nobody knows
   * which was meant.
   */
  private static String firstObject(String text) {
    int start = text.indexOf('{');
    if (start < 0) {
      return "";
    }
    String rest = text.substring(start);
    int length = Json.firstValueLength(rest);
    if (length < 0 || rest.indexOf('{', length) >= 0 || rest.indexOf('}', length) >= 0) {
      return "";
    }
    return rest.substring(0, length);
  }

  private static CaptionException.Builder malformed(String problem, String text) {
    String excerpt = text.isBlank() ? "an empty answer" : OneLine.of(text, EXCERPT);
    return CaptionException.builder(Reason.MALFORMED_REPLY, problem + ": " + excerpt);
  }
}
