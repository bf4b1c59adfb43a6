package dev.cutline.openai;

import dev.cutline.httptest.Answer;
import dev.cutline.httptest.Situation;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

class LlamaCppContractTest extends ChatContract {
  @Override
  Dialect dialect() {
    return Dialect.LLAMACPP;
  }

  @Override
  Map<Situation, Answer> ownFailures() {
    return Map.ofEntries(
        Map.entry(Situation.WRONG_KEY, numbered(401, "authentication_error", "Invalid API Key")),
        Map.entry(Situation.UNKNOWN_MODEL, numbered(404, "not_found_error", "File Not Found")),
        Map.entry(
            Situation.WRONG_PARAMETER,
            numbered(
                500,
                "server_error",
                "image input is not supported - hint: you may need to provide the mmproj")),
        Map.entry(
            Situation.RATE_LIMITED_WITH_HINT,
            Answer.of(429, "").header("Retry-After", "1").waits(Duration.ofSeconds(1))),
        Map.entry(Situation.RATE_LIMITED, Answer.of(429, "")),
        Map.entry(Situation.SERVER_ERROR, numbered(500, "server_error", "slot failed")),
        Map.entry(Situation.OVERLOADED, numbered(503, "unavailable_error", "Loading model")),
        Map.entry(
            Situation.INVALID_IMAGE,
            numbered(400, "invalid_request_error", "Failed to load image or audio file")),
        Map.entry(
            Situation.IMAGE_LIMIT,
            numbered(
                400,
                "exceed_context_size_error",
                "request (9412 tokens) exceeds the available context size")));
  }

  @Override
  protected Set<Situation> neverSignalled() {
    return Set.of(Situation.REFUSED, Situation.FORBIDDEN, Situation.OUT_OF_CREDIT);
  }
}
