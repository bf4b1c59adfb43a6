package dev.cutline.sagemaker;

import dev.cutline.Secret;
import dev.cutline.aws.AwsSettings;
import dev.cutline.httptest.Answer;
import dev.cutline.prompt.Json;
import java.net.URI;

/** Answers as endpoints of SageMaker give them on the wire. */
final class Endpoint {
  private Endpoint() {}

  static AwsSettings settings(URI address, Secret secretKey) {
    return AwsSettings.builder("us-east-1")
        .endpoint(address)
        .keys(Secret.of("AKIDEXAMPLE"), secretKey, null)
        .build();
  }

  /** Returns a chat completion that ended for this reason. */
  static Answer chat(String finish, String text) {
    return Answer.of(
            200,
            """
            {"id":"c-1","model":"qwen","choices":[{"index":0,"finish_reason":"%s",
             "message":{"role":"assistant","content":%s}}],
             "usage":{"prompt_tokens":300,"completion_tokens":40}}"""
                .formatted(finish, quoted(text)))
        .uses(300, 40);
  }

  static Answer caption(String text) {
    return Answer.of(200, "[{\"generated_text\":" + quoted(text) + "}]");
  }

  /** Returns a failure of SageMaker itself. */
  static Answer error(int status, String name, String message) {
    return Answer.of(status, "{\"Message\":" + quoted(message) + "}")
        .header("x-amzn-ErrorType", name);
  }

  /** Returns a failure of the container. */
  static Answer modelError(int status, String message) {
    String words =
        "Received "
            + (status >= 400 && status <= 499 ? "client" : "server")
            + " error ("
            + status
            + ") from model with message \""
            + message
            + "\".";
    return Answer.of(
            424,
            Json.text(
                Json.object()
                    .put("Message", words)
                    .put("OriginalStatusCode", status)
                    .put("OriginalMessage", message)
                    .put("LogStreamArn", "arn:aws:logs:us-east-1:1:log-group:/aws/x")))
        .header("x-amzn-ErrorType", "ModelError");
  }

  private static String quoted(String text) {
    return Json.text(Json.object().textNode(text));
  }
}
