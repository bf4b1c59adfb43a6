package dev.cutline.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionStyle;
import dev.cutline.Reason;
import dev.cutline.prompt.Json;
import dev.cutline.prompt.OneLine;

/**
 * Reads what models of the task image-to-text (BLIP, ViT-GPT2, GIT) answer: {@code
 * [{"generated_text": "…"}]}. Static, no I/O.
 */
final class TaskMapper {
  private static final int EXCERPT = 120;

  private TaskMapper() {}

  /**
   * Returns the reply with the one caption that such a model writes, as it wrote it.
   *
   * @param model the server names none
   * @throws CaptionException {@link Reason#MALFORMED_REPLY} if there is no text or more than one
   */
  static CaptionReply reply(JsonNode body, String model) {
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
    return CaptionReply.builder(model).text(CaptionStyle.CONCISE, text).build();
  }
}
