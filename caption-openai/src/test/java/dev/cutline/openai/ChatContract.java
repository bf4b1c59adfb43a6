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
import java.util.EnumMap;
import java.util.Map;

/** The answers that all servers of chat completions share; each dialect's test brings the rest. */
abstract class ChatContract extends HttpCaptionerContract {
  private static final String USAGE =
      "\"usage\":{\"prompt_tokens\":150,\"completion_tokens\":35,\"total_tokens\":185}";

  abstract Dialect dialect();

  abstract Map<Situation, Answer> ownFailures();

  @Override
  protected Captioner newCaptioner(URI address, Secret key) {
    URI endpoint = dialect() == Dialect.AZURE ? address : URI.create(address + "/v1");
    return OpenAiCaptioner.builder(dialect(), "asked-model").endpoint(endpoint).apiKey(key).build();
  }

  @Override
  protected String repliedModel() {
    return "answering-model-2026";
  }

  @Override
  protected Answer reply(String text) {
    return completion("stop", "\"content\":" + Json.text(Json.object().put("t", text).path("t")))
        .uses(150, 35);
  }

  @Override
  protected final Map<Situation, Answer> failures() {
    Map<Situation, Answer> failures = new EnumMap<>(Situation.class);
    failures.put(
        Situation.TRUNCATED,
        completion("length", "\"content\":\"{\\\"concise\\\":\\\"Red b\"").uses(150, 35));
    failures.putAll(ownFailures());
    return failures;
  }

  /**
   * Returns a successful answer whose one choice has this reason to end and these fields of a
   * message.
   */
  static Answer completion(String finishReason, String messageFields) {
    return Answer.of(
        200,
        "{\"id\":\"chatcmpl-abc\",\"object\":\"chat.completion\",\"created\":1795132800,\"model\":\"answering-model-2026\","
            + "\"choices\":[{\"index\":0,\"finish_reason\":\""
            + finishReason
            + "\",\"message\":{\"role\":\"assistant\","
            + messageFields
            + "}}],"
            + USAGE
            + "}");
  }

  /** Returns a failure as OpenAI words it. */
  static Answer error(int status, String code, String type, String message) {
    return Answer.of(
        status,
        Json.text(
            Json.object()
                .set(
                    "error",
                    Json.object()
                        .put("message", message)
                        .put("type", type)
                        .putNull("param")
                        .put("code", code))));
  }

  /** Returns a failure whose code repeats the status, as vLLM, llama.cpp and OpenRouter word it. */
  static Answer numbered(int status, String type, String message) {
    return Answer.of(
        status,
        Json.text(
            Json.object()
                .set(
                    "error",
                    Json.object().put("message", message).put("type", type).put("code", status))));
  }

  static Answer refusal() {
    return completion("stop", "\"content\":null,\"refusal\":\"I can't help with that.\"")
        .uses(150, 35);
  }

  static Answer filtered() {
    return completion("content_filter", "\"content\":\"\"").uses(150, 35).means(Reason.REFUSED);
  }

  static Answer withHint(Answer answer) {
    return answer
        .header("retry-after-ms", "1500")
        .header("retry-after", "2")
        .waits(Duration.ofMillis(1_500));
  }
}
