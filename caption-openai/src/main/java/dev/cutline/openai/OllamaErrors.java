package dev.cutline.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.CaptionException;
import dev.cutline.Reason;
import dev.cutline.http.ErrorTable;
import dev.cutline.http.HttpReply;
import dev.cutline.prompt.Json;
import java.util.Map;

/** What Ollama's failures mean. It has no codes: {@code error} is a text, so the words decide. */
final class OllamaErrors {
  static final ErrorTable TABLE =
      ErrorTable.of("Ollama")
          .text(
              0,
              "does not support (vision|image)|missing data required for image",
              Reason.MISCONFIGURED)
          .text(
              0,
              "image: unknown format|invalid image|failed to (load|decode|process) image",
              Reason.INVALID_IMAGE)
          .text(0, "context (length|size|window)", Reason.IMAGE_LIMIT)
          .text(503, "server busy|maximum pending requests", Reason.RATE_LIMITED)
          .status(502, Reason.UNAVAILABLE)
          .build();

  private OllamaErrors() {}

  /**
   * Returns the body of a good answer.
   *
   * @throws CaptionException as {@link ErrorTable#body} does; also for an answer of several lines
   *     that ends in an error, as servers send that stream all the same
   */
  static JsonNode body(HttpReply reply) {
    if (reply.isSuccess() && reply.json().isEmpty() && !reply.isCut()) {
      for (String line : reply.text().lines().toList()) {
        if (Json.read(line).filter(value -> value.has("error")).isPresent()) {
          return TABLE.body(HttpReply.of(reply.status(), Map.of(), line));
        }
      }
    }
    return TABLE.body(reply);
  }
}
