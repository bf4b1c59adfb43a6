package dev.cutline.anthropic;

import dev.cutline.Reason;
import dev.cutline.http.ErrorTable;

/** What the failures of Anthropic mean; what is not named here, the status alone tells. */
final class AnthropicErrors {
  static final ErrorTable TABLE =
      ErrorTable.of("Anthropic")
          .codes(
              Reason.UNAVAILABLE,
              "enforced_spend_limit_reached",
              "billing_error",
              "overloaded_error")
          .codes(Reason.RATE_LIMITED, "rate_limit_error")
          .codes(Reason.UNAUTHORIZED, "authentication_error", "permission_error")
          .codes(Reason.MISCONFIGURED, "not_found_error")
          .codes(Reason.IMAGE_LIMIT, "request_too_large")
          .codes(Reason.INTERNAL, "api_error")
          .codes(Reason.TIMEOUT, "timeout_error")
          .text(400, "credit balance", Reason.UNAVAILABLE)
          .text(
              400,
              "image.{0,80}exceed|exceeds.{0,80}(maximum|limit)|prompt is too long",
              Reason.IMAGE_LIMIT)
          .text(
              400,
              "could not process image|does not match the provided media type"
                  + "|(unsupported|invalid|corrupt)[a-z ]{0,20} image",
              Reason.INVALID_IMAGE)
          .build();

  private AnthropicErrors() {}
}
