package dev.cutline.rekognition;

import dev.cutline.Reason;
import dev.cutline.aws.AwsErrors;

/**
 * What the failures of Rekognition mean; what is not named here, all services of AWS have. The
 * status says little: most of them are 400.
 */
final class RekognitionErrors {
  static final AwsErrors TABLE =
      AwsErrors.of("Rekognition")
          .code("InvalidImageFormatException", Reason.INVALID_IMAGE)
          .code("ImageTooLargeException", Reason.IMAGE_LIMIT)
          .text(
              "InvalidParameterException",
              "(minimum|smaller|less).{0,60}(pixel|dimension)|(pixel|dimension).{0,60}minimum",
              Reason.IMAGE_LIMIT,
              "Rekognition takes no picture with a side below 80 pixels")
          .code("ProvisionedThroughputExceededException", Reason.RATE_LIMITED)
          .code("ThrottlingException", Reason.RATE_LIMITED)
          .code("InternalServerError", Reason.INTERNAL)
          .text(
              "AccessDeniedException",
              "",
              Reason.UNAUTHORIZED,
              "allow rekognition:DetectLabels, and rekognition:DetectModerationLabels for"
                  + " moderation, in the IAM policy of the caller")
          .build();

  private RekognitionErrors() {}
}
