package dev.cutline.bedrock;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okXml;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.cutline.Settings;
import dev.cutline.spi.Diagnosis;
import dev.cutline.spi.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is found out about a model without asking it anything. */
class BedrockDiagnosisTest {
  private static final WireMockServer SERVER =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private static final String PROFILE = "eu.amazon.nova-2-lite-v1:0";
  private static final String MODEL = "amazon.nova-2-lite-v1:0";

  private final List<Finding> found = new ArrayList<>();
  private final Diagnosis diagnosis = Diagnosis.of("rung bedrock", found::add);

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.stop();
  }

  @BeforeEach
  void reset() {
    SERVER.resetAll();
    SERVER.stubFor(
        post("/")
            .willReturn(
                okXml(
                    "<GetCallerIdentityResponse><GetCallerIdentityResult>"
                        + "<Arn>arn:aws:iam::123456789012:user/ada</Arn><UserId>A</UserId>"
                        + "<Account>123456789012</Account></GetCallerIdentityResult>"
                        + "</GetCallerIdentityResponse>")));
  }

  @Test
  void looksUpTheProfileAndItsModel() {
    profile("ACTIVE");
    model("[\"TEXT\",\"IMAGE\"]", "ACTIVE");
    diagnose(PROFILE, Map.of());

    assertThat(lines())
        .containsExactly(
            "OK credentials: arn:aws:iam::123456789012:user/ada, by access-key of the settings",
            "OK rung bedrock: inference profile " + PROFILE + " is active",
            "OK rung bedrock: model " + MODEL + " is there and reads pictures");
    SERVER.verify(
        getRequestedFor(urlEqualTo("/inference-profiles/eu.amazon.nova-2-lite-v1%3A0"))
            .withHeader("Authorization", containing("/eu-central-1/bedrock/aws4_request")));
  }

  @Test
  void tellsOfAModelThatReadsNoPicturesOrIsNearItsEnd() {
    model("[\"TEXT\"]", "ACTIVE");
    diagnose(MODEL, Map.of());
    assertThat(lines())
        .last()
        .isEqualTo(
            "FAIL rung bedrock: model " + MODEL + " reads no pictures; set a model that does");

    model("[\"TEXT\",\"IMAGE\"]", "LEGACY");
    diagnose(MODEL, Map.of());
    assertThat(lines())
        .last()
        .isEqualTo(
            "WARN rung bedrock: model "
                + MODEL
                + " is near its end of life; set model to its successor");
  }

  @Test
  void tellsOfAModelThatIsUnknown() {
    for (String code : List.of("ResourceNotFoundException", "ValidationException")) {
      fail(code.startsWith("R") ? 404 : 400, code);
      diagnose(MODEL, Map.of());
      assertThat(lines())
          .last()
          .isEqualTo(
              "FAIL rung bedrock: Bedrock knows no model "
                  + MODEL
                  + " in eu-central-1; check model, and whether this region has it");
    }
  }

  @Test
  void whoMayNotLookIsToldButMayGoOn() {
    fail(403, "AccessDeniedException");
    diagnose(MODEL, Map.of());
    assertThat(lines())
        .last()
        .asString()
        .startsWith("WARN rung bedrock: whether there is a model " + MODEL + " could not be read")
        .endsWith("allow bedrock:GetFoundationModel to have it looked at");
    assertThat(diagnosis.hasFailed()).isFalse();
  }

  @Test
  void knowsWhatACaptionNeeds() {
    profile("ACTIVE");
    model("[\"IMAGE\"]", "ACTIVE");
    diagnose(PROFILE, Map.of("guardrail", "gr-1", "guardrail-version", "1"));
    assertThat(diagnosis.needed())
        .contains(
            "{\"Effect\":\"Allow\",\"Action\":[\"bedrock:InvokeModel\",\"bedrock:ApplyGuardrail\"],"
                + "\"Resource\":[\"arn:aws:bedrock:eu-central-1:123456789012:inference-profile/"
                + PROFILE
                + "\",\"arn:aws:bedrock:*::foundation-model/"
                + MODEL
                + "\",\"arn:aws:bedrock:eu-central-1:123456789012:guardrail/gr-1\"]}");
  }

  @Test
  void looksNothingUpWhereItWouldAskTheWrongServer() {
    diagnose(PROFILE, Map.of("endpoint", SERVER.baseUrl(), "control-endpoint", ""));
    assertThat(lines())
        .last()
        .isEqualTo(
            "OK rung bedrock: model "
                + PROFILE
                + " was not looked up, because an endpoint is set and no control-endpoint");
    SERVER.verify(0, getRequestedFor(anyUrl()));
  }

  @Test
  void anApiKeyIsShownToNobody() {
    Map<String, String> settings = new HashMap<>();
    settings.put("model", MODEL);
    settings.put("region", "eu-central-1");
    settings.put("api-key", "bedrock-key-1");
    new BedrockCaptionProvider().diagnose(Settings.of(settings), diagnosis);

    assertThat(lines().get(0)).isEqualTo("OK credentials: a Bedrock API key");
    assertThat(lines().toString()).doesNotContain("bedrock-key-1");
    SERVER.verify(0, anyRequestedFor(anyUrl()));
  }

  private void diagnose(String model, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("model", model);
    settings.put("region", "eu-central-1");
    settings.put("access-key", "AKIDEXAMPLE");
    settings.put("secret-key", "s");
    settings.put("sts-endpoint", SERVER.baseUrl());
    settings.put("control-endpoint", SERVER.baseUrl());
    settings.putAll(more);
    new BedrockCaptionProvider().validate(Settings.of(settings));
    new BedrockCaptionProvider().diagnose(Settings.of(settings), diagnosis);
  }

  private List<String> lines() {
    return found.stream().map(Finding::toString).toList();
  }

  private static void profile(String status) {
    SERVER.stubFor(
        get(urlEqualTo("/inference-profiles/eu.amazon.nova-2-lite-v1%3A0"))
            .willReturn(okJson("{\"status\":\"" + status + "\"}")));
  }

  private static void model(String modalities, String status) {
    SERVER.stubFor(
        get(urlEqualTo("/foundation-models/amazon.nova-2-lite-v1%3A0"))
            .willReturn(
                okJson(
                    "{\"modelDetails\":{\"inputModalities\":"
                        + modalities
                        + ",\"modelLifecycle\":{\"status\":\""
                        + status
                        + "\"}}}")));
  }

  private static void fail(int status, String code) {
    SERVER.stubFor(
        get(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withHeader("x-amzn-ErrorType", code + ":http://internal.amazon.com/")
                    .withBody("{\"message\":\"no\"}")));
  }
}
