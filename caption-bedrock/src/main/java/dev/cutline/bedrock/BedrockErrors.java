package dev.cutline.bedrock;

import dev.cutline.Reason;
import dev.cutline.aws.AwsErrors;
import org.jspecify.annotations.Nullable;

/** What the failures of Bedrock mean; what is not named here, all services of AWS have. */
final class BedrockErrors {
  private static final String INVALID = "ValidationException";

  static final AwsErrors TABLE =
      AwsErrors.of("Bedrock")
          // 429 like throttling, and yet no limit: the model is being loaded.
          .code("ModelNotReadyException", Reason.INTERNAL)
          .code("ModelTimeoutException", Reason.TIMEOUT)
          .code("ModelErrorException", Reason.INTERNAL)
          .code("InternalServerException", Reason.INTERNAL)
          // "Too many tokens per day": the seconds that a rate limit is waited for do not help.
          .text(
              "ThrottlingException",
              "per day",
              Reason.UNAVAILABLE,
              "the quota of the day is used up, have it raised in Service Quotas")
          .text(
              "ServiceQuotaExceededException",
              "",
              Reason.UNAVAILABLE,
              "have the quota raised in Service Quotas")
          .text(
              "MPAgreementBeingCreated",
              "",
              Reason.UNAVAILABLE,
              "the subscription is being set up, wait some minutes")
          .text(
              "FTUFormNotFilled",
              "",
              Reason.MISCONFIGURED,
              "fill in the use case form of this vendor in the Bedrock console")
          .text(
              "",
              "end of (its )?life|no longer (available|supported)|(model|version).{0,40}(retired|legacy)",
              Reason.MISCONFIGURED,
              "this model is retired, set model to its successor")
          .text(
              INVALID,
              "on-demand throughput",
              Reason.MISCONFIGURED,
              "set model to an inference profile: the id with us., eu. or global. before it")
          .text(
              INVALID,
              "model identifier is invalid",
              Reason.MISCONFIGURED,
              "check model, and whether this region has it")
          .text(
              INVALID,
              "image.{0,60}exceed|exceed.{0,60}(pixel|image|size)|input is too long",
              Reason.IMAGE_LIMIT,
              "set max-long-edge or max-bytes lower")
          .text(
              INVALID,
              "could not process image|does not match the provided media type"
                  + "|(unsupported|invalid|corrupt)[a-z ]{0,20} image",
              Reason.INVALID_IMAGE,
              "")
          .text(
              "AccessDeniedException",
              "",
              Reason.UNAUTHORIZED,
              "allow bedrock:InvokeModel on the model and its inference profile, and access to the"
                  + " model in the Bedrock console")
          .text(
              "ResourceNotFoundException",
              "",
              Reason.MISCONFIGURED,
              "check model, and whether this region has it")
          .build();

  private BedrockErrors() {}

  /** Returns what the status means that the model itself has answered with, null: none. */
  static Reason ofModel(@Nullable Integer status) {
    if (status == null || status < 400 || status > 499) {
      return Reason.INTERNAL;
    }
    return switch (status) {
      case 408 -> Reason.TIMEOUT;
      case 413 -> Reason.IMAGE_LIMIT;
      case 429 -> Reason.RATE_LIMITED;
      default -> Reason.MISCONFIGURED;
    };
  }
}
