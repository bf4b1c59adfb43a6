package dev.cutline.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionException;
import dev.cutline.Reason;
import dev.cutline.http.ErrorTable.Row;
import dev.cutline.http.HttpReply;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnthropicErrorsTest {
  private record Case(int status, String type, String message, Reason reason) {
    HttpReply reply() {
      return HttpReply.of(status, Map.of(), Messages.error(type, message));
    }
  }

  private static final String INVALID = "invalid_request_error";

  private static final List<Case> CASES =
      List.of(
          new Case(400, INVALID, "temperature: Extra inputs", Reason.MISCONFIGURED),
          new Case(400, INVALID, "output_config: not supported here", Reason.MISCONFIGURED),
          new Case(400, INVALID, "max_tokens: 400000 > 64000", Reason.MISCONFIGURED),
          new Case(400, INVALID, "Your credit balance is too low", Reason.UNAVAILABLE),
          new Case(400, INVALID, "image exceeds 5 MB maximum: 7 > 5", Reason.IMAGE_LIMIT),
          new Case(400, INVALID, "image dimensions exceed max: 8000", Reason.IMAGE_LIMIT),
          new Case(400, INVALID, "the request exceeds the maximum", Reason.IMAGE_LIMIT),
          new Case(400, INVALID, "prompt is too long: 207368 tokens", Reason.IMAGE_LIMIT),
          new Case(400, INVALID, "Could not process image", Reason.INVALID_IMAGE),
          new Case(
              400,
              INVALID,
              "Image does not match the provided media type image/png",
              Reason.INVALID_IMAGE),
          new Case(400, INVALID, "Unsupported or corrupt image", Reason.INVALID_IMAGE),
          new Case(401, "authentication_error", "invalid x-api-key", Reason.UNAUTHORIZED),
          new Case(402, "billing_error", "payment required", Reason.UNAVAILABLE),
          new Case(403, "permission_error", "not allowed", Reason.UNAUTHORIZED),
          new Case(404, "not_found_error", "model: x", Reason.MISCONFIGURED),
          new Case(409, "conflict_error", "conflict", Reason.INTERNAL),
          new Case(413, "request_too_large", "too large", Reason.IMAGE_LIMIT),
          new Case(429, "rate_limit_error", "slow down", Reason.RATE_LIMITED),
          new Case(429, "enforced_spend_limit_reached", "no more", Reason.UNAVAILABLE),
          new Case(500, "api_error", "broken", Reason.INTERNAL),
          new Case(503, "unknown_error", "down", Reason.UNAVAILABLE),
          new Case(504, "timeout_error", "too slow", Reason.TIMEOUT),
          new Case(529, "overloaded_error", "overloaded", Reason.UNAVAILABLE),
          // What reaches us through a gateway that answers with a status of its own.
          new Case(502, "overloaded_error", "overloaded", Reason.UNAVAILABLE));

  @Test
  void knowsEveryFailureOfTheDocumentation() {
    assertThat(CASES)
        .allSatisfy(
            failure -> {
              CaptionException e = AnthropicErrors.TABLE.failure(failure.reply()).orElseThrow();
              assertThat(e.reason()).isEqualTo(failure.reason());
              assertThat(e)
                  .hasMessage(
                      "Anthropic answered "
                          + failure.status()
                          + " "
                          + failure.type()
                          + ": "
                          + failure.message());
            });
  }

  @Test
  void hasNoRowThatNothingMeets() {
    Set<Row> met = new HashSet<>();
    CASES.forEach(failure -> AnthropicErrors.TABLE.match(failure.reply()).ifPresent(met::add));

    assertThat(met).containsExactlyInAnyOrderElementsOf(AnthropicErrors.TABLE.rows());
  }
}
