package dev.cutline.sagemaker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okXml;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found out about an endpoint without asking its model anything. */
class EndpointDiagnosisTest {
  private static final WireMockServer SERVER =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  private final List<Finding> found = new ArrayList<>();
  private final Diagnosis diagnosis = Diagnosis.of("rung sagemaker", found::add);

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
            .withRequestBody(containing("GetCallerIdentity"))
            .willReturn(
                okXml(
                    "<GetCallerIdentityResponse><GetCallerIdentityResult>"
                        + "<Arn>arn:aws:iam::123456789012:user/ada</Arn><UserId>A</UserId>"
                        + "<Account>123456789012</Account></GetCallerIdentityResult>"
                        + "</GetCallerIdentityResponse>")));
  }

  @ParameterizedTest
  @CsvSource({
    "InService, OK",
    "Updating, WARN",
    "RollingBack, WARN",
    "Creating, FAIL",
    "OutOfService, FAIL",
    "Failed, FAIL"
  })
  void tellsWhetherItIsInService(String status, String level) {
    answer(okJson("{\"EndpointName\":\"blip\",\"EndpointStatus\":\"" + status + "\"}"));
    diagnose(Map.of());

    assertThat(lines())
        .last()
        .asString()
        .startsWith(level + " rung sagemaker: endpoint blip is " + status);
    SERVER.verify(
        1,
        postRequestedFor(urlEqualTo("/"))
            .withHeader("X-Amz-Target", equalTo("SageMaker.DescribeEndpoint"))
            .withHeader("Authorization", containing("/us-east-1/sagemaker/aws4_request"))
            .withRequestBody(equalToJson("{\"EndpointName\":\"blip\"}")));
  }

  @Test
  void tellsWhyItFailed() {
    answer(okJson("{\"EndpointStatus\":\"Failed\",\"FailureReason\":\"no\\ncapacity\"}"));
    diagnose(Map.of());
    assertThat(lines())
        .last()
        .isEqualTo(
            "FAIL rung sagemaker: endpoint blip is Failed (no capacity); deploy it anew, then wait");
  }

  @Test
  void tellsOfAnEndpointThatIsUnknown() {
    answer(
        aResponse()
            .withStatus(400)
            .withBody(
                "{\"__type\":\"ValidationException\",\"message\":\"Could not find endpoint\"}"));
    diagnose(Map.of());
    assertThat(lines())
        .last()
        .isEqualTo(
            "FAIL rung sagemaker: SageMaker knows no endpoint blip in us-east-1; check endpoint-name"
                + " and region, or deploy it");
  }

  @Test
  void whoMayNotLookIsToldButMayGoOn() {
    answer(
        aResponse()
            .withStatus(400)
            .withBody("{\"__type\":\"AccessDeniedException\",\"Message\":\"not authorized\"}"));
    diagnose(Map.of());
    assertThat(lines())
        .last()
        .asString()
        .startsWith("WARN rung sagemaker: whether endpoint blip is in service could not be read")
        .contains("(not authorized)")
        .endsWith("allow sagemaker:DescribeEndpoint to have it looked at");
  }

  @Test
  void knowsWhatACaptionNeeds() {
    answer(okJson("{\"EndpointStatus\":\"InService\"}"));
    diagnose(Map.of("inference-component", "part-1"));
    assertThat(diagnosis.needed())
        .contains(
            "{\"Effect\":\"Allow\",\"Action\":[\"sagemaker:InvokeEndpoint\"],\"Resource\":["
                + "\"arn:aws:sagemaker:us-east-1:123456789012:endpoint/blip\","
                + "\"arn:aws:sagemaker:us-east-1:123456789012:inference-component/part-1\"]}");
  }

  @Test
  void looksNothingUpWhereItWouldAskTheWrongServer() {
    diagnose(Map.of("endpoint", SERVER.baseUrl(), "control-endpoint", ""));
    assertThat(lines()).last().asString().startsWith("OK rung sagemaker: endpoint blip was not");
    SERVER.verify(
        0, postRequestedFor(urlEqualTo("/")).withHeader("X-Amz-Target", containing("SageMaker")));
  }

  private void diagnose(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("endpoint-name", "blip");
    settings.put("region", "us-east-1");
    settings.put("access-key", "AKIDEXAMPLE");
    settings.put("secret-key", "s");
    settings.put("sts-endpoint", SERVER.baseUrl());
    settings.put("control-endpoint", SERVER.baseUrl());
    settings.putAll(more);
    new SageMakerCaptionProvider().validate(Settings.of(settings));
    new SageMakerCaptionProvider().diagnose(Settings.of(settings), diagnosis);
  }

  private List<String> lines() {
    return found.stream().map(Finding::toString).toList();
  }

  private static void answer(ResponseDefinitionBuilder answer) {
    SERVER.stubFor(
        post("/")
            .withHeader("X-Amz-Target", equalTo("SageMaker.DescribeEndpoint"))
            .willReturn(answer));
  }
}
