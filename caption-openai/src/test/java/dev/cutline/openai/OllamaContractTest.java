package dev.cutline.openai;

import dev.cutline.Captioner;
import dev.cutline.Reason;
import dev.cutline.Secret;
import dev.cutline.httptest.Answer;
import dev.cutline.httptest.HttpCaptionerContract;
import dev.cutline.httptest.Situation;
import dev.cutline.prompt.Json;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

class OllamaContractTest extends HttpCaptionerContract {
  @Override
  protected Captioner newCaptioner(URI address, Secret key) {
    return OllamaCaptioner.builder("gemma4").endpoint(address).apiKey(key).build();
  }

  @Override
  protected String repliedModel() {
    return "gemma4:latest";
  }

  @Override
  protected Answer reply(String text) {
    return chat(text, "stop").uses(290, 41);
  }

  private static Answer chat(String text, String doneReason) {
    return Answer.of(
        200,
        """
        {"model":"gemma4:latest","created_at":"2026-11-20T12:00:00.000000Z",
         "message":{"role":"assistant","content":%s},"done":true,"done_reason":"%s",
         "total_duration":5191566416,"load_duration":2154458,"prompt_eval_count":290,
         "prompt_eval_duration":383809000,"eval_count":41,"eval_duration":4799921000}"""
            .formatted(Json.text(Json.object().put("t", text).path("t")), doneReason));
  }

  @Override
  protected Map<Situation, Answer> failures() {
    return Map.ofEntries(
        Map.entry(Situation.TRUNCATED, chat("{\"concise\":\"Red", "length").uses(290, 41)),
        Map.entry(Situation.WRONG_KEY, error(401, "unauthorized")),
        Map.entry(Situation.UNKNOWN_MODEL, error(404, "model 'x' not found")),
        Map.entry(Situation.WRONG_PARAMETER, error(400, "\\\"x\\\" does not support vision")),
        Map.entry(
            Situation.RATE_LIMITED_WITH_HINT,
            error(429, "too many requests")
                .header("Retry-After", "3")
                .waits(Duration.ofSeconds(3))),
        Map.entry(
            Situation.RATE_LIMITED,
            error(503, "server busy, please try again.  maximum pending requests exceeded")),
        Map.entry(Situation.SERVER_ERROR, error(500, "model runner has unexpectedly stopped")),
        Map.entry(Situation.OVERLOADED, error(502, "upstream")),
        Map.entry(
            Situation.INVALID_IMAGE,
            error(
                    500,
                    "Failed to create new sequence: failed to process inputs: image: unknown format")
                .means(Reason.INVALID_IMAGE)),
        Map.entry(
            Situation.IMAGE_LIMIT, error(400, "the request exceeds the available context size")));
  }

  @Override
  protected Set<Situation> neverSignalled() {
    return Set.of(Situation.REFUSED, Situation.FORBIDDEN, Situation.OUT_OF_CREDIT);
  }

  private static Answer error(int status, String message) {
    return Answer.of(status, "{\"error\":\"" + message + "\"}");
  }
}
