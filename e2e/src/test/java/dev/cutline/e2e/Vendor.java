package dev.cutline.e2e;

import dev.cutline.Captioner;
import dev.cutline.Secret;
import dev.cutline.anthropic.AnthropicCaptioner;
import dev.cutline.aws.AwsSettings;
import dev.cutline.bedrock.BedrockCaptioner;
import dev.cutline.bedrock.Strategy;
import dev.cutline.gemini.GeminiCaptioner;
import dev.cutline.huggingface.HuggingFaceCaptioner;
import dev.cutline.openai.OllamaCaptioner;
import dev.cutline.openai.OpenAiCaptioner;
import dev.cutline.prompt.Json;
import dev.cutline.rekognition.RekognitionCaptioner;
import dev.cutline.sagemaker.Payload;
import dev.cutline.sagemaker.SageMakerCaptioner;
import java.net.URI;

/**
 * The providers over HTTP, and how the servers of each write a good answer. That of Rekognition
 * names things, of which the text is one.
 */
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
          + "\"done_reason\":\"stop\"}"),
  BEDROCK(
      "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":%s}]}},"
          + "\"stopReason\":\"end_turn\"}"),
  SAGEMAKER(
      "{\"model\":\"m\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":"
          + "{\"role\":\"assistant\",\"content\":%s}}]}"),
  REKOGNITION("{\"Labels\":[{\"Name\":%s,\"Confidence\":99.5}]}");

  static final String CAPTIONS =
      "{\"concise\":\"Red bicycle by a wall\",\"creative\":\"A red bicycle waits for its rider.\","
          + "\"alt\":\"A red bicycle leaning on a brick wall\",\"decorative\":false}";

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
      case BEDROCK ->
          BedrockCaptioner.builder("m", aws(address, key)).strategy(Strategy.PROMPT_ONLY).build();
      case SAGEMAKER ->
          SageMakerCaptioner.builder("m", aws(address, key)).payload(Payload.OPENAI_CHAT).build();
      case REKOGNITION -> RekognitionCaptioner.of(aws(address, key));
      case OLLAMA -> OllamaCaptioner.builder("m").endpoint(address).apiKey(key).build();
    };
  }

  private static AwsSettings aws(URI address, Secret key) {
    return AwsSettings.builder("us-east-1")
        .endpoint(address)
        .keys(Secret.of("AKIDOFATEST"), key, null)
        .build();
  }

  /** Returns the body of an answer that a rung takes. */
  String goodBody() {
    return body(this == REKOGNITION ? "Bicycle" : CAPTIONS);
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
