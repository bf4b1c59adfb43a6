package dev.cutline.openai;

import dev.cutline.httptest.Answer;
import dev.cutline.httptest.Situation;
import dev.cutline.prompt.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

class LmStudioContractTest extends ChatContract {
  @Override
  Dialect dialect() {
    return Dialect.LMSTUDIO;
  }

  @Override
  Map<Situation, Answer> ownFailures() {
    return Map.ofEntries(
        Map.entry(Situation.WRONG_KEY, said(401, "Invalid API token")),
        Map.entry(Situation.UNKNOWN_MODEL, said(404, "Model \"x\" not found")),
        Map.entry(
            Situation.WRONG_PARAMETER,
            said(400, "Model does not support images. Please use a model that does.")),
        Map.entry(
            Situation.RATE_LIMITED_WITH_HINT,
            said(429, "busy").header("Retry-After", "1").waits(Duration.ofSeconds(1))),
        Map.entry(Situation.RATE_LIMITED, said(429, "busy")),
        Map.entry(
            Situation.SERVER_ERROR,
            said(500, "The model has crashed without additional information.")),
        Map.entry(Situation.OVERLOADED, said(503, "Model is loading")),
        Map.entry(Situation.INVALID_IMAGE, said(400, "Failed to load image or audio file")),
        Map.entry(
            Situation.IMAGE_LIMIT,
            said(400, "The number of tokens to keep is greater than the context length")));
  }

  @Override
  protected Set<Situation> neverSignalled() {
    return Set.of(Situation.REFUSED, Situation.FORBIDDEN, Situation.OUT_OF_CREDIT);
  }

  /** Here {@code error} is a text. */
  private static Answer said(int status, String message) {
    return Answer.of(status, Json.text(Json.object().put("error", message)));
  }
}
