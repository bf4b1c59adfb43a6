package dev.cutline.sagemaker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.binaryEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
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
import dev.cutline.aws.AwsErrors;
import dev.cutline.aws.AwsErrors.Row;
import dev.cutline.httptest.Answer;
import dev.cutline.prompt.chat.ChatOptions;
import dev.cutline.tck.CaptionerContract;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sagemakerruntime.model.SageMakerRuntimeException;

/** Endpoints whose model writes one caption. */
class SageMakerCaptionerTest extends CaptionerContract {
  private static final WireMockServer SERVER =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private static final Secret KEY = Secret.of("secret-of-nobody-0123456789");
  private static final CaptionRequest REQUEST =
      CaptionRequest.builder(ImageData.of(new byte[] {1, 2, 3}, ImageFormat.PNG, 3, 4)).build();

  @BeforeAll
  static void startServer() {
    SERVER.start();
  }

  @AfterAll
  static void stopServer() {
    SERVER.stop();
  }

  @BeforeEach
  void resetServer() {
    SERVER.resetAll();
  }

  @Override
  protected Captioner open() {
    answer(Endpoint.caption("a red bicycle leaning against a brick wall"));
    return builder().build();
  }

  @Override
  protected List<String> secrets() {
    return List.of(KEY.reveal());
  }

  private static SageMakerCaptioner.Builder builder() {
    return SageMakerCaptioner.builder("blip", Endpoint.settings(URI.create(SERVER.baseUrl()), KEY));
  }

  private static void answer(Answer answer) {
    SERVER.stubFor(any(anyUrl()).willReturn(answer.toResponse()));
  }

  private static CaptionException failure(Captioner captioner) {
    return catchThrowableOfType(CaptionException.class, () -> captioner.caption(REQUEST));
  }

  @Test
  void sendsTheBytesOfThePicture() {
    try (Captioner captioner = open()) {
      CaptionReply reply = captioner.caption(REQUEST);

      assertThat(reply.text(CaptionStyle.CONCISE))
          .hasValue("a red bicycle leaning against a brick wall");
      assertThat(reply.promptVersion()).isEmpty();
      assertThat(reply.model()).isEqualTo("blip");
    }
    SERVER.verify(
        postRequestedFor(urlEqualTo("/endpoints/blip/invocations"))
            .withHeader("Content-Type", equalTo("image/png"))
            .withHeader("Accept", equalTo("application/json"))
            .withRequestBody(binaryEqualTo(new byte[] {1, 2, 3})));
  }

  @Test
  void sendsJsonToAComponentWhereThatIsWanted() {
    answer(Endpoint.caption("a box"));
    try (Captioner captioner =
        builder().payload(Payload.HF_JSON_BASE64).component("part-1").build()) {
      captioner.caption(REQUEST);
    }
    SERVER.verify(
        postRequestedFor(anyUrl())
            .withHeader("Content-Type", equalTo("application/json"))
            .withHeader("X-Amzn-SageMaker-Inference-Component", equalTo("part-1"))
            .withRequestBody(equalToJson("{\"inputs\":\"AQID\"}")));
  }

  @Test
  void composesTheOtherStylesOfCaptionAndLabelsAndSaysSo() {
    answer(Endpoint.caption("a red bicycle by a wall"));
    CaptionRequest labelled =
        REQUEST.toBuilder()
            .labels(
                List.of(
                    Label.of("Bicycle", 0.99),
                    Label.of("Brick", 0.9),
                    Label.of("Ivy", 0.8),
                    Label.of("Street", 0.8),
                    Label.of("Lamp", 0.8)))
            .build();
    try (Captioner captioner = builder().compose(true).build()) {
      CaptionReply reply = captioner.caption(labelled);

      assertThat(reply.text(CaptionStyle.CONCISE)).hasValue("a red bicycle by a wall");
      assertThat(reply.text(CaptionStyle.ALT)).hasValue("A red bicycle by a wall.");
      assertThat(reply.text(CaptionStyle.CREATIVE))
          .hasValue("A red bicycle by a wall. Also seen: brick, ivy, street.");
      assertThat(reply.promptVersion()).hasValue("composed-1");
      assertThat(captioner.caption(REQUEST).text(CaptionStyle.CREATIVE))
          .hasValue("A red bicycle by a wall.");
      assertThat(
              captioner
                  .caption(REQUEST.toBuilder().styles(Set.of(CaptionStyle.CONCISE)).build())
                  .promptVersion())
          .as("the model's own words")
          .isEmpty();
    }
  }

  @Test
  void readsAnswersWithAByteOrderMarkAndCallsOnesThatAreNoTextMalformed() {
    answer(Answer.of(200, "\ufeff[{\"generated_text\":\"a box\"}]"));
    try (Captioner captioner = builder().build()) {
      assertThat(captioner.caption(REQUEST).text(CaptionStyle.CONCISE)).hasValue("a box");

      SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withBody(new byte[] {(byte) 0xc3, '('})));
      assertThat(failure(captioner).reason()).isEqualTo(Reason.MALFORMED_REPLY);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "[{\"generated_text\":\" \"}]",
        "[{},{}]",
        "x",
        "null",
        "[{\"generated_text\":\"a box\"},{\"generated_text\":\"a cat\"}]"
      })
  void callsAnAnswerWithoutOneCaptionMalformed(String body) {
    answer(Answer.of(200, body));
    try (Captioner captioner = builder().build()) {
      assertThat(failure(captioner).reason()).isEqualTo(Reason.MALFORMED_REPLY);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, cannot identify image file <_io.BytesIO>, INVALID_IMAGE",
    "400, PIL.UnidentifiedImageError, INVALID_IMAGE",
    "400, Truncated File Read, INVALID_IMAGE",
    "400, image file is truncated (3 bytes not processed), INVALID_IMAGE",
    "400, CUDA out of memory. Tried to allocate 2 GiB, UNAVAILABLE",
    "0, Your invocation timed out while waiting for a response from container, TIMEOUT",
    "429, '{\"error_type\":\"overloaded\"}', RATE_LIMITED",
    "400, something else, INTERNAL",
    "400, the history was truncated, INTERNAL",
    "422, something else, MISCONFIGURED",
    "401, no, MISCONFIGURED",
    "403, no, MISCONFIGURED",
    "404, no, MISCONFIGURED",
    "413, no, IMAGE_LIMIT",
    "429, no, RATE_LIMITED",
    "499, no, MISCONFIGURED",
    "500, no, INTERNAL",
    "503, no, UNAVAILABLE",
  })
  void knowsWhatAFailureOfTheContainerMeans(int status, String message, Reason reason) {
    answer(Endpoint.modelError(status, message));
    try (Captioner captioner = builder().build()) {
      assertThat(failure(captioner).reason()).isEqualTo(reason);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "429, ModelNotReadyException, loading, INTERNAL",
    "530, InternalDependencyException, failed, INTERNAL",
    "500, InternalFailure, failed, INTERNAL",
    "503, ServiceUnavailable, busy, UNAVAILABLE",
    "400, ValidationError, Endpoint x of account 1 not found., MISCONFIGURED",
    "400, ValidationError, Endpoint x is not InService, UNAVAILABLE",
    "400, ValidationError, body size exceeds 6 MB, IMAGE_LIMIT",
    "400, ValidationError, something else, MISCONFIGURED",
    "400, ThrottlingException, slow, RATE_LIMITED",
    "403, AccessDeniedException, no, UNAUTHORIZED",
  })
  void knowsWhatAFailureOfSageMakerMeans(int status, String code, String text, Reason reason) {
    answer(Endpoint.error(status, code, text));
    try (Captioner captioner = builder().build()) {
      assertThat(failure(captioner).reason()).isEqualTo(reason);
    }
  }

  @Test
  void readsACaptionInAListOfBatches() {
    answer(Answer.of(200, "[[{\"generated_text\":\"a box\"}]]"));
    try (Captioner captioner = builder().build()) {
      assertThat(captioner.caption(REQUEST).text(CaptionStyle.CONCISE)).hasValue("a box");
    }
  }

  @Test
  void takesAFailureOfTheContainerWithoutAStatusForOneOfTheServer() {
    answer(Answer.of(424, "{\"Message\":\"it is gone\"}").header("x-amzn-ErrorType", "ModelError"));
    try (Captioner captioner = builder().build()) {
      assertThat(failure(captioner).reason()).isEqualTo(Reason.INTERNAL);
    }
  }

  @Test
  void showsTheSecretKeyInNoMessage() {
    try (Captioner captioner = builder().build()) {
      answer(Endpoint.error(403, "SignatureDoesNotMatch", "not by " + KEY.reveal()));
      assertThat(failure(captioner)).hasMessageContaining("not by ***");

      answer(Endpoint.modelError(500, "not by " + KEY.reveal()));
      assertThat(failure(captioner)).hasMessageContaining("not by ***");
    }
  }

  @Test
  void hasNoRowThatNothingMeets() {
    assertAllMet(
        SageMakerErrors.TABLE,
        failure("ModelNotReadyException", "x"),
        failure("InternalDependencyException", "x"),
        failure("InternalFailure", "x"),
        failure("ServiceUnavailable", "x"),
        failure("ValidationError", "is not InService"),
        failure("ValidationError", "Endpoint x not found"),
        failure("ValidationError", "body exceeds"));
    assertAllMet(
        SageMakerErrors.CONTAINER,
        failure("ModelError", "timed out"),
        failure("ModelError", "cannot identify image"),
        failure("ModelError", "out of memory"),
        failure("ModelError", "\"error_type\":\"overloaded\""));
  }

  private static void assertAllMet(AwsErrors table, SageMakerRuntimeException... failures) {
    Set<Row> met = new HashSet<>();
    for (SageMakerRuntimeException failure : failures) {
      table.match(failure).ifPresent(met::add);
    }
    assertThat(met).containsExactlyInAnyOrderElementsOf(table.rows());
  }

  private static SageMakerRuntimeException failure(String code, String message) {
    return (SageMakerRuntimeException)
        SageMakerRuntimeException.builder()
            .statusCode(400)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
            .build();
  }

  @Test
  void leavesTheSchemaOutOnceAChatContainerHasRefusedIt() {
    answer(Endpoint.modelError(400, "response_format is not supported"));
    try (Captioner captioner =
        builder().payload(Payload.OPENAI_CHAT).chat(ChatOptions.builder("qwen").build()).build()) {
      assertThat(failure(captioner).reason()).isEqualTo(Reason.INTERNAL);
      answer(
          Endpoint.chat(
              "stop", "{\"concise\":\"A box\",\"creative\":\"A box waits.\",\"alt\":\"A box\"}"));

      assertThat(captioner.caption(REQUEST).text(CaptionStyle.CONCISE)).hasValue("A box");
    }
    SERVER.verify(
        1, postRequestedFor(anyUrl()).withRequestBody(matchingJsonPath("$.response_format")));
    assertThat(SERVER.getAllServeEvents()).hasSize(2);
  }
}
