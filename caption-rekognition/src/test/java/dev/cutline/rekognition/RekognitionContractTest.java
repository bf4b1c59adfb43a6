package dev.cutline.rekognition;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Label;
import dev.cutline.Reason;
import dev.cutline.Secret;
import dev.cutline.aws.AwsSettings;
import dev.cutline.httptest.Answer;
import dev.cutline.httptest.HttpCaptionerContract;
import dev.cutline.httptest.Situation;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RekognitionContractTest extends HttpCaptionerContract {
  @Override
  protected Captioner newCaptioner(URI address, Secret key) {
    return RekognitionCaptioner.of(
        AwsSettings.builder("eu-west-1")
            .endpoint(address)
            .keys(Secret.of("AKIDEXAMPLE"), key, null)
            .build());
  }

  /** No model writes here: what a test takes for a text is the answer itself. */
  @Override
  protected Answer reply(String text) {
    return Answer.of(200, text);
  }

  @Override
  protected String goodText() {
    return Wire.LABELS;
  }

  @Override
  protected boolean sendsItsKey() {
    return false;
  }

  @Override
  protected String repliedModel() {
    return "rekognition-labels-2";
  }

  @Override
  protected Map<Situation, Answer> failures() {
    Answer limited = Wire.error(400, "ProvisionedThroughputExceededException", "Rate exceeded");
    return Map.of(
        Situation.WRONG_KEY,
        Wire.error(400, "UnrecognizedClientException", "The security token is invalid."),
        Situation.FORBIDDEN,
        Wire.error(400, "AccessDeniedException", "not authorized to perform DetectLabels"),
        Situation.WRONG_PARAMETER,
        Wire.error(400, "InvalidParameterException", "Request has invalid parameters"),
        // Never seen with Rekognition, and yet heeded should it come.
        Situation.RATE_LIMITED_WITH_HINT,
        limited.header("Retry-After", "7").waits(Duration.ofSeconds(7)),
        Situation.RATE_LIMITED,
        Wire.error(500, "ThrottlingException", "Rate exceeded"),
        Situation.SERVER_ERROR,
        Wire.error(500, "InternalServerError", "Internal server error"),
        Situation.OVERLOADED,
        Wire.error(503, "ServiceUnavailable", "Service unavailable"),
        Situation.INVALID_IMAGE,
        Wire.error(400, "InvalidImageFormatException", "Request has invalid image format"),
        Situation.IMAGE_LIMIT,
        Wire.error(400, "ImageTooLargeException", "Image too large"));
  }

  @Override
  protected Set<Situation> neverSignalled() {
    return Set.of(
        Situation.REFUSED, Situation.TRUNCATED, Situation.UNKNOWN_MODEL, Situation.OUT_OF_CREDIT);
  }

  @Test
  void sendsTheRequestInFullAndSigned() {
    answer(reply(goodText()).toResponse());
    Captioner captioner = captioner();

    captioner.caption(request(captioner));

    server()
        .verify(
            1,
            postRequestedFor(urlEqualTo("/"))
                .withHeader("X-Amz-Target", equalTo("RekognitionService.DetectLabels"))
                .withHeader("Content-Type", equalTo("application/x-amz-json-1.1"))
                .withHeader(
                    "Authorization",
                    matching(
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\\d{8}/eu-west-1/rekognition/.*"))
                .withHeader("User-Agent", matching("aws-sdk-java/.* cutline/.*"))
                .withRequestBody(
                    equalToJson(
                        """
                        {"Image": {"Bytes": "/9j/2Q=="}, "MaxLabels": 15, "MinConfidence": 75.0,
                         "Features": ["GENERAL_LABELS"]}""")));
  }

  @Test
  void writesLabelsDownAndSaysThatNoModelDid() {
    answer(reply(goodText()).toResponse());
    Captioner captioner = captioner();

    CaptionReply reply = captioner.caption(request(captioner));

    assertThat(reply.text(CaptionStyle.CONCISE)).hasValue("Bicycle, brick, wall, shadow");
    assertThat(captioner.capabilities().isModel()).isFalse();
    assertThat(captioner.capabilities().languages()).containsExactly("en");
    assertThat(reply.promptVersion()).isEmpty();
  }

  @Test
  void usesTheLabelsThatAreThereAndAsksNobody() {
    Captioner captioner = captioner();

    CaptionReply reply =
        captioner.caption(
            CaptionRequest.builder(ImageData.of(new byte[] {1}, ImageFormat.JPEG, 1, 1))
                .styles(Set.of(CaptionStyle.ALT))
                .labels(List.of(Label.of("Lighthouse", 0.9)))
                .build());

    assertThat(reply.text(CaptionStyle.ALT)).hasValue("Lighthouse");
    assertThat(server().getAllServeEvents()).isEmpty();
  }

  @Test
  void speaksEnglishOnly() {
    Captioner captioner = captioner();
    CaptionRequest german =
        CaptionRequest.builder(ImageData.of(new byte[] {1}, ImageFormat.JPEG, 1, 1))
            .language("de")
            .build();

    CaptionException e =
        catchThrowableOfType(CaptionException.class, () -> captioner.caption(german));

    assertThat(e.reason()).isEqualTo(Reason.MISCONFIGURED);
    assertThat(server().getAllServeEvents()).isEmpty();
  }
}
