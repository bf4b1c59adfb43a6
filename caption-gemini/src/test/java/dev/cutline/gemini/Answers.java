package dev.cutline.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cutline.prompt.Json;

/** Answers as Google writes them. */
final class Answers {
  private Answers() {}

  /** Returns an answer whose one candidate ended for this reason, with these parts. */
  static String candidate(String finishReason, String parts) {
    return """
        {"candidates": [{"index": 0, "finishReason": "%s",
           "content": {"role": "model", "parts": [%s]},
           "safetyRatings": [
             {"category": "HARM_CATEGORY_HARASSMENT", "probability": "NEGLIGIBLE"}]}],
         "usageMetadata": {"promptTokenCount": 1290, "candidatesTokenCount": 31,
           "thoughtsTokenCount": 200, "totalTokenCount": 1521,
           "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 170},
                                   {"modality": "IMAGE", "tokenCount": 1120}]},
         "modelVersion": "gemini-3.5-flash-lite", "responseId": "abc123"}"""
        .formatted(finishReason, parts);
  }

  static String part(String text) {
    return "{\"text\":" + quoted(text) + "}";
  }

  static String thought(String text) {
    return "{\"thought\":true,\"text\":" + quoted(text) + "}";
  }

  /** Returns the body of a failure, with details as they stand in the list. */
  static String error(int code, String status, String message, String... details) {
    ObjectNode error =
        Json.object().put("code", code).put("message", message).put("status", status);
    if (details.length > 0) {
      ArrayNode list = error.putArray("details");
      for (String detail : details) {
        list.add(Json.read(detail).orElseThrow());
      }
    }
    return Json.text(Json.object().set("error", error));
  }

  static String errorInfo(String reason) {
    return """
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "%s",
         "domain": "googleapis.com",
         "metadata": {"service": "generativelanguage.googleapis.com"}}"""
        .formatted(reason);
  }

  static String quotaFailure(String... quotaIds) {
    ObjectNode failure = Json.object().put("@type", "type.googleapis.com/google.rpc.QuotaFailure");
    ArrayNode violations = failure.putArray("violations");
    for (String id : quotaIds) {
      violations
          .addObject()
          .put("quotaMetric", "generativelanguage.googleapis.com/generate_content_requests")
          .put("quotaId", id)
          .put("quotaValue", "10");
    }
    return Json.text(failure);
  }

  static String retryInfo(String delay) {
    return """
        {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "%s"}"""
        .formatted(delay);
  }

  static String quoted(String text) {
    return Json.text(Json.object().textNode(text));
  }
}
