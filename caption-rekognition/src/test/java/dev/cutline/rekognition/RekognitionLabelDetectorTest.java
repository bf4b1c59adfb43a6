package dev.cutline.rekognition;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.cutline.CaptionException;
import dev.cutline.Deadline;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Label;
import dev.cutline.LabelDetector;
import dev.cutline.LabelRequest;
import dev.cutline.Reason;
import dev.cutline.Secret;
import dev.cutline.aws.AwsSettings;
import dev.cutline.httptest.SilentServer;
import dev.cutline.tck.LabelDetectorContract;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RekognitionLabelDetectorTest extends LabelDetectorContract {
  private static final ImageData PICTURE =
      ImageData.of(new byte[] {1, 2, 3}, ImageFormat.JPEG, 100, 100);

  private final WireMockServer server =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private final List<LabelDetector> open = new ArrayList<>();
  private final List<SilentServer> silent = new ArrayList<>();

  @BeforeEach
  void start() {
    server.start();
    answers("DetectLabels", Wire.LABELS);
  }

  @AfterEach
  void stop() throws IOException {
    open.forEach(LabelDetector::close);
    for (SilentServer one : silent) {
      one.close();
    }
    server.stop();
  }

  @Override
  protected LabelDetector open() {
    return newDetector(URI.create(server.baseUrl()), Moderation.OFF);
  }

  @Override
  protected Optional<LabelDetector> openSilent() throws IOException {
    SilentServer one = new SilentServer();
    silent.add(one);
    return Optional.of(newDetector(one.address(), Moderation.OFF));
  }

  @Override
  protected List<String> secrets() {
    return List.of("top-secret-key");
  }

  @Test
  void findsLabelsSurestFirstWithParentsAndBoxesWithinThePicture() {
    List<Label> labels = detector(Moderation.OFF).detect(LabelRequest.builder(PICTURE).build());

    assertThat(labels)
        .extracting(Label::name)
        .containsExactly("Bicycle", "Vehicle", "Brick", "Wall");
    Label bicycle = labels.get(0);
    assertThat(bicycle.confidence()).isBetween(0.9909, 0.9911);
    assertThat(bicycle.parents()).containsExactly("Vehicle", "Transportation");
    assertThat(bicycle.boxes())
        .containsExactly(new Label.Box(0.25, 0.125, 0.5, 0.75), new Label.Box(0, 0.75, 0.25, 0.25));
    assertThat(labels.get(2).parents()).isEmpty();
    assertThat(labels).noneMatch(Label::isConcern);
  }

  @Test
  void asksForWhatIsWantedAndHoldsTheServerToIt() {
    List<Label> labels =
        detector(Moderation.OFF)
            .detect(LabelRequest.builder(PICTURE).maxLabels(3).minConfidence(0.905).build());

    assertThat(labels).extracting(Label::name).containsExactly("Bicycle", "Vehicle", "Brick");
    server.verify(
        1,
        postRequestedFor(urlEqualTo("/"))
            .withHeader("X-Amz-Target", equalTo("RekognitionService.DetectLabels"))
            .withRequestBody(
                equalToJson(
                    """
                    {"Image": {"Bytes": "AQID"}, "MaxLabels": 3, "MinConfidence": 90.5,
                     "Features": ["GENERAL_LABELS"]}""")));
  }

  @Test
  void findsNothingWhereNothingIs() {
    answers("DetectLabels", "{\"Labels\":[],\"LabelModelVersion\":\"3.0\"}");

    assertThat(detector(Moderation.OFF).detect(LabelRequest.builder(PICTURE).build())).isEmpty();
  }

  @Test
  void putsConcernsBesideTheLabelsWhenTheyAreFlagged() {
    answers("DetectModerationLabels", Wire.MODERATION);

    List<Label> labels = detector(Moderation.FLAG).detect(LabelRequest.builder(PICTURE).build());

    assertThat(labels)
        .filteredOn(Label::isConcern)
        .extracting(Label::name)
        .containsExactly("Weapons", "Violence");
    assertThat(labels.get(4).parents()).containsExactly("Violence", Label.MODERATION);
    assertThat(labels.get(5).parents()).containsExactly(Label.MODERATION);
    server.verify(
        postRequestedFor(urlEqualTo("/"))
            .withHeader("X-Amz-Target", equalTo("RekognitionService.DetectModerationLabels"))
            .withRequestBody(
                equalToJson("{\"Image\": {\"Bytes\": \"AQID\"}, \"MinConfidence\": 60.0}")));
  }

  @Test
  void losesNoConcernThoughLabelsCannotBeHad() {
    fails("DetectLabels", 500, "ThrottlingException");
    answers("DetectModerationLabels", Wire.MODERATION);
    List<Label> labels = detector(Moderation.FLAG).detect(LabelRequest.builder(PICTURE).build());
    assertThat(labels).extracting(Label::name).containsExactly("Weapons", "Violence");

    answers("DetectModerationLabels", Wire.HARMLESS);
    CaptionException e = failure(detector(Moderation.FLAG), LabelRequest.builder(PICTURE).build());
    assertThat(e.reason()).isEqualTo(Reason.RATE_LIMITED);
  }

  @Test
  void letsNothingPassThatItBlocksWhenModerationCannotBeAsked() {
    fails("DetectModerationLabels", 503, "ServiceUnavailableException");

    CaptionException e = failure(detector(Moderation.BLOCK), LabelRequest.builder(PICTURE).build());

    assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(detector(Moderation.BLOCK).isGate()).isTrue();
  }

  @Test
  void refusesWhatIsBlockedAndAsksForNoLabels() {
    answers("DetectModerationLabels", Wire.MODERATION);

    CaptionException e = failure(detector(Moderation.BLOCK), LabelRequest.builder(PICTURE).build());

    assertThat(e.reason()).isEqualTo(Reason.REFUSED);
    assertThat(e).hasMessage("blocked by moderation: Weapons, Violence");
    assertThat(server.getAllServeEvents()).hasSize(1);
  }

  @Test
  void letsHarmlessPicturesPass() {
    answers("DetectModerationLabels", Wire.HARMLESS);

    assertThat(detector(Moderation.BLOCK).detect(LabelRequest.builder(PICTURE).build())).hasSize(4);
    assertThat(server.getAllServeEvents()).hasSize(2);
  }

  @Test
  void tellsAFailureByItsReasonAndShowsNoKey() {
    server.stubFor(
        post("/")
            .willReturn(
                aResponse()
                    .withStatus(400)
                    .withBody(
                        "{\"__type\":\"AccessDeniedException\",\"message\":\"no, top-secret-key\"}")));

    CaptionException e = failure(detector(Moderation.OFF), LabelRequest.builder(PICTURE).build());

    assertThat(e.reason()).isEqualTo(Reason.UNAUTHORIZED);
    assertThat(e)
        .hasMessageContaining("rekognition:DetectLabels")
        .hasMessageNotContaining("top-secret-key");
    assertThat(server.getAllServeEvents()).as("attempts").hasSize(1);
  }

  @Test
  void cutsTheConnectionWhenTheDeadlinePasses() throws Exception {
    try (SilentServer silent = new SilentServer()) {
      LabelRequest hasty =
          LabelRequest.builder(PICTURE).deadline(Deadline.after(Duration.ofMillis(300))).build();

      CaptionException e = failure(detector(silent.address(), Moderation.BLOCK), hasty);

      assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(e)
          .as("by us, and not by the client's own patience")
          .hasMessageContaining("within");
      silent.awaitCut();
    }
  }

  @Test
  void takesWhatRekognitionTakes() {
    LabelDetector detector = detector(Moderation.OFF);

    assertThat(detector.capabilities().formats())
        .containsExactlyInAnyOrder(ImageFormat.JPEG, ImageFormat.PNG);
    assertThat(detector.capabilities().maxBytes()).isEqualTo(5 * 1024 * 1024);
    assertThat(detector.capabilities().isPunctual()).isTrue();
    assertThat(detector.toString()).contains("eu-west-1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                RekognitionLabelDetector.builder(AwsSettings.builder("eu-west-1").build())
                    .moderationConfidence(1.5));
  }

  private static CaptionException failure(LabelDetector detector, LabelRequest request) {
    return catchThrowableOfType(CaptionException.class, () -> detector.detect(request));
  }

  private void answers(String operation, String body) {
    server.stubFor(
        post("/")
            .withHeader("X-Amz-Target", equalTo("RekognitionService." + operation))
            .willReturn(aResponse().withStatus(200).withBody(body)));
  }

  private void fails(String operation, int status, String type) {
    server.stubFor(
        post("/")
            .withHeader("X-Amz-Target", equalTo("RekognitionService." + operation))
            .willReturn(Wire.error(status, type, "not now").toResponse()));
  }

  private LabelDetector detector(Moderation moderation) {
    return detector(URI.create(server.baseUrl()), moderation);
  }

  private LabelDetector detector(URI address, Moderation moderation) {
    LabelDetector detector = newDetector(address, moderation);
    open.add(detector);
    return detector;
  }

  private static LabelDetector newDetector(URI address, Moderation moderation) {
    return RekognitionLabelDetector.builder(
            AwsSettings.builder("eu-west-1")
                .endpoint(address)
                .keys(Secret.of("AKIDEXAMPLE"), Secret.of("top-secret-key"), null)
                .build())
        .moderation(moderation)
        .build();
  }
}
