package dev.cutline.openai;

import dev.cutline.httptest.Answer;
import dev.cutline.httptest.Situation;
import java.time.Duration;
import java.util.Map;

class OpenRouterContractTest extends ChatContract {
  @Override
  Dialect dialect() {
    return Dialect.OPENROUTER;
  }

  @Override
  Map<Situation, Answer> ownFailures() {
    return Map.ofEntries(
        Map.entry(
            Situation.REFUSED,
            numbered(
                403, null, "Your chosen model requires moderation and your input was flagged")),
        Map.entry(Situation.WRONG_KEY, numbered(401, null, "No auth credentials found")),
        Map.entry(Situation.FORBIDDEN, numbered(403, null, "This key may not use this model")),
        Map.entry(Situation.UNKNOWN_MODEL, numbered(404, null, "No endpoints found for x.")),
        Map.entry(Situation.WRONG_PARAMETER, numbered(400, null, "invalid_request")),
        Map.entry(
            Situation.RATE_LIMITED_WITH_HINT,
            numbered(429, null, "Provider returned error")
                .header("Retry-After", "7")
                .waits(Duration.ofSeconds(7))),
        Map.entry(
            Situation.RATE_LIMITED,
            Answer.of(200, "{\"error\":{\"code\":429,\"message\":\"Rate limited\"}}")),
        Map.entry(Situation.OUT_OF_CREDIT, numbered(402, null, "Insufficient credits")),
        Map.entry(
            Situation.SERVER_ERROR,
            Answer.of(200, "{\"error\":{\"code\":502,\"message\":\"Bad upstream\"}}")),
        Map.entry(Situation.OVERLOADED, numbered(503, null, "No provider available")),
        Map.entry(Situation.INVALID_IMAGE, numbered(400, null, "invalid_image")),
        Map.entry(Situation.IMAGE_LIMIT, numbered(400, null, "image_too_large")));
  }
}
