package dev.cutline.e2e;

import dev.cutline.Captioner;
import dev.cutline.Secret;
import dev.cutline.anthropic.AnthropicCaptioner;
import dev.cutline.gemini.GeminiCaptioner;
import dev.cutline.huggingface.HuggingFaceCaptioner;
import dev.cutline.openai.OllamaCaptioner;
import dev.cutline.openai.OpenAiCaptioner;
import dev.cutline.prompt.Json;
import java.net.URI;

/** The providers over HTTP, and how the servers of each write a good answer. */
enum Vendor {
  OPENAI(
      "{\"model\":\"m\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":"
          + "{\"role\":\"assistant\",\"content\":%s}}]}"),
  ANTHROPIC(
      "{\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"stop_reason\":\"end_turn\","
          + "\"content\":[{\"type\":\"text\",\"text\":%s}]}"),
  GEMINI(
      "{\"modelVersion\":\"m\",\"candidates\":[{\"index\":0,\"finishReason\":\"STOP\",\"content\":"
          + "{\"role\":\"model\",\"parts\":[{\"text\":%s}]}}]}"),
  HUGGING_FACE(
      "{\"model\":\"m\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":"
          + "{\"role\":\"assistant\",\"content\":%s}}]}"),
  OLLAMA(
      "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":%s},\"done\":true,"
          + "\"done_reason\":\"stop\"}");

  private final String answer;

  Vendor(String answer) {
    this.answer = answer;
  }

  /** Returns a captioner of a server that belongs to the test. */
  Captioner open(URI address) {
    Secret key = Secret.of("sk-of-a-test");
    return switch (this) {
      case OPENAI -> OpenAiCaptioner.builder("m").endpoint(address).apiKey(key).build();
      case ANTHROPIC -> AnthropicCaptioner.builder("m", key).endpoint(address).build();
      case GEMINI -> GeminiCaptioner.builder("m", key).endpoint(address).build();
      case HUGGING_FACE -> HuggingFaceCaptioner.chat("m", key).endpoint(address).build();
      case OLLAMA -> OllamaCaptioner.builder("m").endpoint(address).apiKey(key).build();
    };
  }

  /** Returns the body of an answer whose model wrote {@code text}. */
  String body(String text) {
    return bodyWith(Json.text(Json.object().textNode(text)));
  }

  /** Returns the body of an answer with this in place of the JSON string of the model. */
  String bodyWith(String json) {
    return answer.formatted(json);
  }
}
