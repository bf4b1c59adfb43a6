package dev.cutline.openai;

import dev.cutline.httptest.Answer;
import dev.cutline.httptest.Situation;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

class VllmContractTest extends ChatContract {
  @Override
  Dialect dialect() {
    return Dialect.VLLM;
  }

  @Override
  Map<Situation, Answer> ownFailures() {
    return Map.ofEntries(
        Map.entry(Situation.WRONG_KEY, Answer.of(401, "{\"error\":\"Unauthorized\"}")),
        Map.entry(Situation.FORBIDDEN, Answer.of(403, "{\"detail\":\"Forbidden\"}")),
        Map.entry(
            Situation.UNKNOWN_MODEL,
            numbered(404, "NotFoundError", "The model `x` does not exist.")),
        Map.entry(
            Situation.WRONG_PARAMETER,
            numbered(400, "BadRequestError", "x is not a multimodal model")),
        Map.entry(
            Situation.RATE_LIMITED_WITH_HINT,
            Answer.of(429, "{\"message\":\"slow\"}")
                .header("Retry-After", "1")
                .waits(Duration.ofSeconds(1))),
        Map.entry(Situation.RATE_LIMITED, Answer.of(429, "")),
        Map.entry(
            Situation.SERVER_ERROR,
            numbered(500, "InternalServerError", "EngineCore encountered an issue")),
        Map.entry(Situation.OVERLOADED, Answer.of(503, "")),
        Map.entry(
            Situation.INVALID_IMAGE,
            numbered(
                400, "BadRequestError", "cannot identify image file <_io.BytesIO object at 0x7f>")),
        Map.entry(
            Situation.IMAGE_LIMIT,
            numbered(
                400, "BadRequestError", "This model's maximum context length is 4096 tokens.")));
  }

  @Override
  protected Set<Situation> neverSignalled() {
    return Set.of(Situation.REFUSED, Situation.OUT_OF_CREDIT);
  }
}
