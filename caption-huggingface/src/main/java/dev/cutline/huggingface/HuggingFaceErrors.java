package dev.cutline.huggingface;

import dev.cutline.Reason;
import dev.cutline.http.ErrorTable;

/**
 * What the failures of the router, of the providers behind it and of dedicated endpoints mean; what
 * is not named here, the status alone tells.
 */
final class HuggingFaceErrors {
  static final ErrorTable TABLE =
      ErrorTable.of("Hugging Face")
          .codes(Reason.MISCONFIGURED, "model_not_supported")
          .codes(Reason.REFUSED, "content_filter", "content_policy_violation")
          .codes(Reason.RATE_LIMITED, "overloaded")
          .text(0, "not a multimodal|does not support image", Reason.MISCONFIGURED)
          .text(
              0,
              "cannot identify image|invalid image|unsupported image"
                  + "|(could not|failed to|unable to) (process|decode|load|open) (the |this )?image",
              Reason.INVALID_IMAGE)
          .text(
              0,
              "context (length|window)|maximum model length|`?inputs`? tokens"
                  + "|(image|payload|body).{0,80}(too large|exceeds)",
              Reason.IMAGE_LIMIT)
          // How text-generation-inference says that a generation failed on the way.
          .status(424, Reason.INTERNAL)
          .build();

  private HuggingFaceErrors() {}
}
