package dev.cutline.anthropic;

import dev.cutline.prompt.Json;

/** Answers as Anthropic writes them. */
final class Messages {
  private Messages() {}

  /** Returns a message that stopped for this reason, with these blocks. */
  static String message(String stopReason, String blocks) {
    return """
        {"id":"msg_01","type":"message","role":"assistant","model":"claude-haiku-5-5-20261001",
         "content":[%s],"stop_reason":"%s","stop_sequence":null,
         "usage":{"input_tokens":1600,"output_tokens":42,"cache_creation_input_tokens":20,
                  "cache_read_input_tokens":10,"service_tier":"standard"}}"""
        .formatted(blocks, stopReason);
  }

  /** Returns the body of a failure. */
  static String error(String type, String message) {
    return Json.text(
        Json.object()
            .put("type", "error")
            .put("request_id", "req_011CZuM2Vx9E")
            .set("error", Json.object().put("type", type).put("message", message)));
  }

  static String quoted(String text) {
    return Json.text(Json.object().textNode(text));
  }
}
