package dev.cutline.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Label;
import dev.cutline.Reason;
import dev.cutline.prompt.Json;
import dev.cutline.prompt.OneLine;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Reads what models of the task image-to-text (BLIP, ViT-GPT2, GIT) answer, {@code
 * [{"generated_text": "…"}]}, and makes the other styles of it by rule. Nothing is added that
 * neither the model nor the label detector saw. Static, no I/O.
 */
final class TaskMapper {
  /**
   * Stands in {@link CaptionReply#promptVersion()} of a reply in which a text was made by rule: no
   * prompt was used.
   */
  static final String COMPOSED = "composed-1";

  private static final int EXCERPT = 120;
  private static final int MAX_LABELS = 3;

  private TaskMapper() {}

  /**
   * Returns the reply to a request.
   *
   * @param model the server names none
   * @throws CaptionException {@link Reason#MALFORMED_REPLY} if there is no text or more than one
   */
  static CaptionReply reply(JsonNode body, CaptionRequest request, String model) {
    JsonNode answer = body;
    // One picture in a list of one, and some containers put that into a list of batches.
    while (answer.isArray() && answer.size() == 1) {
      answer = answer.path(0);
    }
    String text = answer.path("generated_text").asText("").strip();
    if (text.isEmpty()) {
      throw new CaptionException(
          Reason.MALFORMED_REPLY,
          "no generated_text of one picture: " + OneLine.of(Json.text(body), EXCERPT));
    }
    CaptionReply.Builder reply = CaptionReply.builder(model);
    for (CaptionStyle style : request.styles()) {
      if (style == CaptionStyle.CONCISE) {
        reply.text(style, text);
      } else {
        reply.text(style, composed(style, text, request.labels())).promptVersion(COMPOSED);
      }
    }
    return reply.build();
  }

  private static String composed(CaptionStyle style, String text, List<Label> labels) {
    String sentence = sentence(text);
    String seen = style == CaptionStyle.CREATIVE ? unsaid(text, labels) : "";
    return seen.isEmpty() ? sentence : sentence + " Also seen: " + seen + ".";
  }

  private static String sentence(String text) {
    int first = text.codePointAt(0);
    String capital =
        Character.toString(first).toUpperCase(Locale.ROOT)
            + text.substring(Character.charCount(first));
    return capital.matches("(?s).*[.!?]") ? capital : capital + ".";
  }

  /** The surest labels that the caption does not name already. */
  private static String unsaid(String text, List<Label> labels) {
    String said = text.toLowerCase(Locale.ROOT);
    return labels.stream()
        .map(label -> label.name().toLowerCase(Locale.ROOT))
        .filter(name -> !said.contains(name))
        .limit(MAX_LABELS)
        .collect(Collectors.joining(", "));
  }
}
