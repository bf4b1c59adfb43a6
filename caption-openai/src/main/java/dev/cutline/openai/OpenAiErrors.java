package dev.cutline.openai;

import dev.cutline.Reason;
import dev.cutline.http.ErrorTable;

/**
 * What the failures of OpenAI and of the servers that speak like it mean. Their codes do not
 * contradict each other, so one table holds them all; a dialect of its own mind adds rows.
 */
final class OpenAiErrors {
  private OpenAiErrors() {}

  static ErrorTable table(Dialect dialect) {
    ErrorTable.Builder table =
        ErrorTable.of(dialect.vendor())
            .codes(Reason.RATE_LIMITED, "rate_limit_exceeded", "slow_down")
            .codes(
                Reason.UNAVAILABLE,
                "insufficient_quota",
                "credit_balance_exhausted",
                "organization_spend_limit_exceeded",
                "project_spend_limit_exceeded",
                "organization_usage_limit_exceeded",
                "server_is_overloaded",
                "service_unavailable_error")
            .codes(
                Reason.REFUSED,
                "content_filter",
                "content_policy_violation",
                "ResponsibleAIPolicyViolation")
            .codes(
                Reason.MISCONFIGURED,
                "unsupported_country_region_territory",
                "model_not_found",
                "DeploymentNotFound")
            .codes(
                Reason.INVALID_IMAGE,
                "invalid_image_format",
                "image_parse_error",
                "invalid_base64_image",
                "invalid_image")
            .codes(
                Reason.IMAGE_LIMIT,
                "image_too_large",
                "context_length_exceeded",
                "exceed_context_size_error")
            // OpenRouter, whose 403 is otherwise about the key.
            .text(403, "moderat|flagged", Reason.REFUSED)
            .text(400, "content (management )?policy|safety system", Reason.REFUSED)
            // A model without eyes: llama.cpp says so with 500, the others with 400.
            .text(
                0,
                "image input is not supported|not a multimodal|does not support image|at most 0 image",
                Reason.MISCONFIGURED)
            .text(
                400,
                "(unsupported|invalid)[_ ]image|cannot identify image|image is valid"
                    + "|(could not|failed to|unable to) (process|decode|load|parse|open) (the |this |your )?image",
                Reason.INVALID_IMAGE)
            .text(500, "failed to load image", Reason.INVALID_IMAGE)
            .text(400, "context[_ ](length|size|window)|maximum model length", Reason.IMAGE_LIMIT)
            .text(500, "too large to process", Reason.IMAGE_LIMIT)
            .text(400, "max_(completion_)?tokens", Reason.MISCONFIGURED)
            .text(
                400,
                "(image|request|payload).{0,80}(too[_ ]large|exceeds)|(too large|exceeds).{0,80}image",
                Reason.IMAGE_LIMIT);
    if (dialect == Dialect.OPENAI) {
      // Elsewhere it is the model that took too long; OpenAI means the upload, and asks for another
      // try.
      table.status(408, Reason.INTERNAL);
    }
    return table.build();
  }
}
