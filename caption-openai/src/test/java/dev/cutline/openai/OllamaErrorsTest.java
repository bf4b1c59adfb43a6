package dev.cutline.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.cutline.CaptionException;
import dev.cutline.Reason;
import dev.cutline.http.ErrorTable;
import dev.cutline.http.HttpReply;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OllamaErrorsTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(
            400, "invalid character 'x' looking for beginning of value", Reason.MISCONFIGURED),
        arguments(400, "\\\"llama3\\\" does not support vision", Reason.MISCONFIGURED),
        arguments(500, "this model is missing data required for image input", Reason.MISCONFIGURED),
        arguments(400, "invalid image input", Reason.INVALID_IMAGE),
        arguments(500, "failed to process inputs: image: unknown format", Reason.INVALID_IMAGE),
        arguments(400, "Failed to load image or audio file", Reason.INVALID_IMAGE),
        arguments(400, "exceeds the available context size", Reason.IMAGE_LIMIT),
        arguments(401, "unauthorized", Reason.UNAUTHORIZED),
        arguments(404, "model 'x' not found", Reason.MISCONFIGURED),
        arguments(404, "model \\\"x\\\" not found, try pulling it first", Reason.MISCONFIGURED),
        arguments(429, "slow down", Reason.RATE_LIMITED),
        arguments(499, "client closed", Reason.TIMEOUT),
        arguments(
            500, "llama runner process has terminated: CUDA error: out of memory", Reason.INTERNAL),
        arguments(502, "upstream", Reason.UNAVAILABLE),
        arguments(
            503,
            "server busy, please try again.  maximum pending requests exceeded",
            Reason.RATE_LIMITED),
        arguments(503, "shutting down", Reason.UNAVAILABLE),
        arguments(200, "unexpected EOF", Reason.INTERNAL));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void knowsWhatAFailureMeans(int status, String message, Reason reason) {
    assertThat(failure(status, error(message)).reason()).isEqualTo(reason);
  }

  @Test
  void hasATestForEachRow() {
    Set<ErrorTable.Row> met = new HashSet<>();
    failures()
        .map(Arguments::get)
        .map(failure -> HttpReply.of((int) failure[0], Map.of(), error((String) failure[1])))
        .forEach(reply -> OllamaErrors.TABLE.match(reply).ifPresent(met::add));

    assertThat(met).containsExactlyInAnyOrderElementsOf(OllamaErrors.TABLE.rows());
  }

  @Test
  void findsTheErrorThatEndsAStream() {
    String stream =
        "{\"message\":{\"content\":\"{\\\"conc\"},\"done\":false}\n"
            + error("unexpected EOF")
            + "\n";

    CaptionException e = failure(200, stream);

    assertThat(e.reason()).isEqualTo(Reason.INTERNAL);
    assertThat(e).hasMessageContaining("unexpected EOF");
  }

  @Test
  void callsAStreamWithoutAnErrorMalformed() {
    assertThat(failure(200, "{\"done\":false}\n{\"done\":true}\n").reason())
        .isEqualTo(Reason.MALFORMED_REPLY);
  }

  private static CaptionException failure(int status, String body) {
    return catchThrowableOfType(
        CaptionException.class, () -> OllamaErrors.body(HttpReply.of(status, Map.of(), body)));
  }

  private static String error(String message) {
    return "{\"error\":\"" + message + "\"}";
  }
}
