package dev.cutline.rekognition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionException;
import dev.cutline.Reason;
import dev.cutline.aws.AwsErrors.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.rekognition.model.RekognitionException;

class RekognitionErrorsTest {
  private record Case(int status, String code, String message, Reason reason) {
    AwsServiceException failure() {
      return RekognitionException.builder()
          .statusCode(status)
          .message(message)
          .awsErrorDetails(
              AwsErrorDetails.builder()
                  .errorCode(code)
                  .errorMessage(message)
                  .sdkHttpResponse(SdkHttpResponse.builder().statusCode(status).build())
                  .build())
          .build();
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case(400, "InvalidImageFormatException", "no image", Reason.INVALID_IMAGE),
          new Case(400, "ImageTooLargeException", "too large", Reason.IMAGE_LIMIT),
          new Case(
              400,
              "InvalidParameterException",
              "The image is below the minimum dimension of 80 pixels",
              Reason.IMAGE_LIMIT),
          new Case(400, "InvalidParameterException", "invalid parameters", Reason.MISCONFIGURED),
          new Case(400, "ProvisionedThroughputExceededException", "slow", Reason.RATE_LIMITED),
          new Case(500, "ThrottlingException", "slow", Reason.RATE_LIMITED),
          new Case(500, "InternalServerError", "broken", Reason.INTERNAL),
          new Case(400, "AccessDeniedException", "no", Reason.UNAUTHORIZED),
          new Case(400, "ExpiredTokenException", "old", Reason.UNAUTHORIZED),
          new Case(503, "ServiceUnavailable", "down", Reason.UNAVAILABLE));

  @Test
  void knowsWhatEachFailureMeansWhateverItsStatus() {
    assertThat(CASES)
        .allSatisfy(
            failure -> {
              CaptionException e =
                  RekognitionErrors.TABLE.toException(failure.failure(), UnaryOperator.identity());
              assertThat(e.reason()).as(failure.toString()).isEqualTo(failure.reason());
              assertThat(e).hasMessageContaining(failure.code());
            });
  }

  @Test
  void hasNoRowThatNothingMeets() {
    Set<Row> met = new HashSet<>();
    CASES.forEach(c -> RekognitionErrors.TABLE.match(c.failure()).ifPresent(met::add));

    assertThat(met).containsExactlyInAnyOrderElementsOf(RekognitionErrors.TABLE.rows());
  }
}
