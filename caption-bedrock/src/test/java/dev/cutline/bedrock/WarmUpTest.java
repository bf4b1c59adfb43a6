package dev.cutline.bedrock;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Secret;
import dev.cutline.Settings;
import dev.cutline.aws.AwsSettings;
import dev.cutline.httptest.SilentServer;
import dev.cutline.prompt.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WarmUpTest {
  private static final WireMockServer SERVER =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private static final String CAPTIONS =
      "{\"concise\":\"A red box\",\"creative\":\"A red box waits.\",\"alt\":\"A box\",\"decorative\":false}";
  private static final CaptionRequest REQUEST =
      CaptionRequest.builder(ImageData.of(new byte[] {1, 2, 3}, ImageFormat.WEBP, 3, 4)).build();

  @BeforeAll
  static void startServer() {
    SERVER.start();
  }

  @AfterAll
  static void stopServer() {
    SERVER.stop();
  }

  @BeforeEach
  void answerWell() {
    SERVER.resetAll();
    SERVER.stubFor(
        post(anyUrl())
            .willReturn(Converse.message("end_turn", Converse.text(CAPTIONS)).toResponse()));
    SERVER.stubFor(get(anyUrl()).willReturn(aResponse().withBody("{\"asyncInvokeSummaries\":[]}")));
  }

  @Test
  void sendsNothingUnlessAskedTo() {
    try (Captioner captioner = open(WarmUp.OFF)) {
      captioner.caption(REQUEST);
    }
    assertThat(sent()).extracting(LoggedRequest::getMethod).containsExactly(RequestMethod.POST);
  }

  @Test
  void opensAConnectionByAQuestionThatCostsNothing() throws Exception {
    try (Captioner captioner = open(WarmUp.CONNECTION)) {
      awaitRequests(1);
      assertThat(captioner.caption(REQUEST).text(CaptionStyle.CONCISE)).hasValue("A red box");
    }
    assertThat(sent())
        .extracting(each -> each.getMethod() + " " + each.getUrl())
        .containsExactly("GET /async-invoke?maxResults=1", "POST /model/some.new-model/converse");
    assertThat(sent().get(0).getHeader("Authorization"))
        .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/");
  }

  @Test
  void sendsItsKeyWhereThatIsSetInsteadOfASignature() throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("model", "m");
    settings.put("region", "eu-west-1");
    settings.put("endpoint", SERVER.baseUrl());
    settings.put("api-key", "bedrock-key-1");
    settings.put("warm-up", "connection");
    try (Captioner captioner = new BedrockCaptionProvider().create(Settings.of(settings))) {
      awaitRequests(1);
      assertThat(captioner.capabilities().isModel()).isTrue();
    }
    assertThat(sent().get(0).getHeader("Authorization")).isEqualTo("Bearer bedrock-key-1");
  }

  @Test
  void learnsFromTheModelWhatItTakesBeforeTheFirstCaption() throws Exception {
    SERVER.stubFor(
        post(anyUrl())
            .withRequestBody(matchingJsonPath("$.outputConfig"))
            .willReturn(
                Converse.error(400, "ValidationException", "outputConfig is not supported")
                    .toResponse()));
    Map<String, String> log = Map.of("tenant", "t1");
    try (Captioner captioner =
        builder(URI.create(SERVER.baseUrl())).warmUp(WarmUp.MODEL).metadata(log).build()) {
      awaitRequests(2);
      assertThat(captioner.caption(REQUEST).text(CaptionStyle.CONCISE)).hasValue("A red box");
    }

    assertThat(sent()).hasSize(3);
    for (LoggedRequest warmUp : sent().subList(0, 2)) {
      assertThat(Json.read(warmUp.getBodyAsString()).orElseThrow().at("/inferenceConfig"))
          .hasToString("{\"maxTokens\":1}");
      assertThat(warmUp.getBodyAsString()).doesNotContain("image").contains("\"tenant\":\"t1\"");
    }
    assertThat(sent().get(1).getBodyAsString()).contains("toolConfig");
    assertThat(sent().get(2).getBodyAsString()).contains("toolConfig").contains("image");
  }

  @Test
  void asksAModelThatRefusesForAnotherReasonOnceOnly() throws Exception {
    SERVER.stubFor(
        any(anyUrl()).willReturn(Converse.error(403, "AccessDeniedException", "no").toResponse()));
    try (Captioner captioner = open(WarmUp.MODEL)) {
      awaitRequests(1);
      SERVER.stubFor(
          post(anyUrl())
              .willReturn(Converse.message("end_turn", Converse.text(CAPTIONS)).toResponse()));
      assertThat(captioner.caption(REQUEST).text(CaptionStyle.CONCISE)).hasValue("A red box");
    }
    assertThat(sent()).hasSize(2);
    assertThat(sent().get(1).getBodyAsString()).contains("outputConfig").contains("image");
  }

  @ParameterizedTest
  @EnumSource(WarmUp.class)
  void opensThoughThereAreNoCredentials(WarmUp warmUp) {
    AwsSettings nobody =
        AwsSettings.builder("eu-central-1")
            .endpoint(URI.create(SERVER.baseUrl()))
            .profile("cutline-no-such-profile")
            .build();
    try (Captioner captioner = BedrockCaptioner.builder("m", nobody).warmUp(warmUp).build()) {
      assertThat(captioner).hasToString("m of Bedrock in eu-central-1 at " + SERVER.baseUrl());
    }
    assertThat(sent()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = WarmUp.class,
      names = {"CONNECTION", "MODEL"})
  void waitsForNothingAndIsCutAtTheEnd(WarmUp warmUp) throws Exception {
    try (SilentServer silent = new SilentServer()) {
      try (Captioner captioner = builder(silent.address()).warmUp(warmUp).build()) {
        assertThat(captioner.capabilities().isModel()).isTrue();
        silent.awaitRequest();
      }
      silent.awaitCut();
    }
  }

  private static Captioner open(WarmUp warmUp) {
    return builder(URI.create(SERVER.baseUrl())).warmUp(warmUp).build();
  }

  private static BedrockCaptioner.Builder builder(URI address) {
    return BedrockCaptioner.builder(
        "some.new-model",
        AwsSettings.builder("eu-central-1")
            .endpoint(address)
            .keys(Secret.of("AKIDEXAMPLE"), Secret.of("secret-of-nobody"), null)
            .build());
  }

  /** Returns the requests, the first one first. */
  private static List<LoggedRequest> sent() {
    List<LoggedRequest> sent = new ArrayList<>();
    SERVER.getAllServeEvents().forEach(event -> sent.add(0, event.getRequest()));
    return sent;
  }

  private static void awaitRequests(int count) throws InterruptedException {
    for (int i = 0; SERVER.getAllServeEvents().size() < count && i < 1_000; i++) {
      Thread.sleep(10);
    }
    assertThat(SERVER.getAllServeEvents()).hasSize(count);
  }
}
