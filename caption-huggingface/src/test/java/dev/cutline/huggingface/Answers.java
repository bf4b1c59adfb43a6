package dev.cutline.huggingface;

import dev.cutline.prompt.Json;

/** Answers as the router, and endpoints, write them. */
final class Answers {
  private Answers() {}

  /** Returns a completion with one choice that ended for this reason. */
  static String completion(String finishReason, String content) {
    return """
        {"id":"chatcmpl-1","object":"chat.completion","created":1795132800,"model":"google/gemma-4-31B-it",
         "choices":[{"index":0,"finish_reason":"%s","message":{"role":"assistant","content":%s}}],
         "usage":{"prompt_tokens":300,"completion_tokens":40,"total_tokens":340}}"""
        .formatted(finishReason, quoted(content));
  }

  /** Returns a failure in the oldest shape: {@code error} is a text. */
  static String error(String message) {
    return Json.text(Json.object().put("error", message));
  }

  static String quoted(String text) {
    return Json.text(Json.object().textNode(text));
  }
}
