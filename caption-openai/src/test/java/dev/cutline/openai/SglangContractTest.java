package dev.cutline.openai;

import dev.cutline.httptest.Answer;
import dev.cutline.httptest.Situation;
import dev.cutline.prompt.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

class SglangContractTest extends ChatContract {
  @Override
  Dialect dialect() {
    return Dialect.SGLANG;
  }

  @Override
  Map<Situation, Answer> ownFailures() {
    return Map.ofEntries(
        Map.entry(Situation.WRONG_KEY, flat(401, "Unauthorized")),
        Map.entry(Situation.UNKNOWN_MODEL, flat(404, "The model `x` does not exist.")),
        Map.entry(Situation.WRONG_PARAMETER, flat(400, "x is not a multimodal model")),
        Map.entry(
            Situation.RATE_LIMITED_WITH_HINT,
            flat(429, "busy").header("Retry-After", "1").waits(Duration.ofSeconds(1))),
        Map.entry(Situation.RATE_LIMITED, flat(429, "busy")),
        Map.entry(Situation.SERVER_ERROR, flat(500, "scheduler died")),
        Map.entry(Situation.OVERLOADED, flat(503, "The request queue is full.")),
        Map.entry(
            Situation.INVALID_IMAGE,
            flat(400, "cannot identify image file <_io.BytesIO object at 0x7f>")),
        Map.entry(
            Situation.IMAGE_LIMIT,
            flat(400, "The input is longer than the model's context length")));
  }

  @Override
  protected Set<Situation> neverSignalled() {
    return Set.of(Situation.REFUSED, Situation.FORBIDDEN, Situation.OUT_OF_CREDIT);
  }

  /** Here nothing stands around message and code. */
  private static Answer flat(int status, String message) {
    return Answer.of(
        status,
        Json.text(
            Json.object().put("object", "error").put("message", message).put("code", status)));
  }
}
