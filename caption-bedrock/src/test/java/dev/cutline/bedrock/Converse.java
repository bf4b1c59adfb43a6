package dev.cutline.bedrock;

import dev.cutline.httptest.Answer;
import dev.cutline.prompt.Json;

/** Answers as Bedrock writes them on the wire. */
final class Converse {
  private Converse() {}

  /** Returns an answer that stopped for this reason, with these blocks. */
  static Answer message(String stopReason, String blocks) {
    return Answer.of(
            200,
            """
            {"output":{"message":{"role":"assistant","content":[%s]}},"stopReason":"%s",
             "usage":{"inputTokens":1600,"outputTokens":42,"totalTokens":1672,
                      "cacheReadInputTokens":10,"cacheWriteInputTokens":20},
             "metrics":{"latencyMs":1843}}"""
                .formatted(blocks, stopReason))
        .uses(1_630, 42);
  }

  static String text(String text) {
    return "{\"text\":" + quoted(text) + "}";
  }

  static String toolUse(String name, String input) {
    return "{\"toolUse\":{\"toolUseId\":\"tooluse_x\",\"name\":\""
        + name
        + "\",\"input\":"
        + input
        + "}}";
  }

  static String thought() {
    return "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"{ hm }\",\"signature\":\"x\"}}}";
  }

  /** Returns a failure; the name comes with a suffix, as the service sends it. */
  static Answer error(int status, String name, String message) {
    return Answer.of(status, Json.text(Json.object().put("message", message)))
        .header("x-amzn-ErrorType", name + ":http://internal.amazon.com/coral/com.amazon.bedrock/");
  }

  static String quoted(String text) {
    return Json.text(Json.object().textNode(text));
  }
}
