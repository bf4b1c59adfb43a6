package dev.cutline.sagemaker;

import dev.cutline.Reason;
import dev.cutline.aws.AwsErrors;

/** What the failures of SageMaker endpoints mean; what is not named here, all services have. */
final class SageMakerErrors {
  /** What SageMaker itself says. */
  static final AwsErrors TABLE =
      AwsErrors.of("SageMaker")
          .code("ModelNotReadyException", Reason.INTERNAL)
          .code("InternalDependencyException", Reason.INTERNAL)
          .code("InternalFailure", Reason.INTERNAL)
          .code("ServiceUnavailable", Reason.UNAVAILABLE)
          .text(
              "",
              "not in service|not InService",
              Reason.UNAVAILABLE,
              "wait until the endpoint is InService, or start it")
          .text(
              "ValidationError",
              "endpoint .{0,200}not found",
              Reason.MISCONFIGURED,
              "check endpoint-name and region, or deploy it")
          .text(
              "ValidationError",
              "body.{0,80}(exceed|less than|too large)|payload.{0,80}(exceed|too large)",
              Reason.IMAGE_LIMIT,
              "set max-bytes or max-long-edge lower")
          .build();

  /** What the container says, whose code is always ModelError; most tell it by its words alone. */
  static final AwsErrors CONTAINER =
      AwsErrors.of("SageMaker")
          .text("", "timed out", Reason.TIMEOUT, "a larger instance answers sooner")
          .text(
              "",
              "cannot identify image|UnidentifiedImageError|image file is truncated|Truncated File Read",
              Reason.INVALID_IMAGE,
              "")
          .text(
              "",
              "out of memory",
              Reason.UNAVAILABLE,
              "use a larger instance or fewer calls at once (max-concurrency)")
          .text("", "\"?error_type\"?\\W{1,5}overloaded", Reason.RATE_LIMITED, "")
          .build();

  private SageMakerErrors() {}

  /**
   * Returns what a container's own status means where its words say nothing. A Hugging Face
   * container answers 400 to whatever fails, perhaps with this one picture only: a chain must not
   * take the endpoint for misconfigured because of it.
   */
  static Reason ofStatus(int status, Payload payload) {
    return switch (status) {
      case 400 -> payload == Payload.OPENAI_CHAT ? Reason.MISCONFIGURED : Reason.INTERNAL;
      case 401, 403, 404 -> Reason.MISCONFIGURED;
      case 413 -> Reason.IMAGE_LIMIT;
      case 429 -> Reason.RATE_LIMITED;
      case 503 -> Reason.UNAVAILABLE;
      default -> status >= 400 && status <= 499 ? Reason.MISCONFIGURED : Reason.INTERNAL;
    };
  }
}
