package dev.cutline.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.cutline.cli.Cli.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is set or spent wrong in the clouds, each told in one line with what to do. */
class CloudTroubleTest {
  private static final WireMockServer SERVER =
      new WireMockServer(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

  @TempDir private Path folder;

  private Cli cli;

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.stop();
  }

  @BeforeEach
  void hideWhatThisMachineKnowsOfAws() {
    SERVER.resetAll();
    System.setProperty("aws.configFile", folder.resolve("config").toString());
    System.setProperty("aws.sharedCredentialsFile", folder.resolve("credentials").toString());
    cli = new Cli(folder.resolve("home"));
  }

  @AfterEach
  void showIt() {
    System.clearProperty("aws.configFile");
    System.clearProperty("aws.sharedCredentialsFile");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bedrock", "sagemaker", "rekognition"})
  void asksForARegionThatIsMissing(String type) {
    Run run =
        caption(
            "cutline.providers=" + type,
            "cutline.provider.bedrock.model=m",
            "cutline.provider.sagemaker.endpoint-name=e");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines().filter(line -> line.contains("region")))
        .singleElement()
        .asString()
        .contains("cutline.provider." + type + ".region: is missing: set it, for example to")
        .contains("or the environment variable AWS_REGION");
    assertThat(SERVER.getAllServeEvents()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Unknown, without a profile, retired, not allowed yet.
        "400 | ValidationException | The provided model identifier is invalid. | MISCONFIGURED"
            + " | check model, and whether this region has it",
        "404 | ResourceNotFoundException | Could not resolve the foundation model | MISCONFIGURED"
            + " | check model, and whether this region has it",
        "400 | ValidationException | Invocation of model ID m with on-demand throughput isn't"
            + " supported. | MISCONFIGURED | set model to an inference profile",
        "404 | ResourceNotFoundException | This model version has reached the end of its life."
            + " | MISCONFIGURED | this model is retired, set model to its successor",
        "403 | AccessDeniedException | You don't have access to the model | UNAUTHORIZED"
            + " | allow bedrock:InvokeModel on the model",
        // Quotas of the day and of the account.
        "429 | ThrottlingException | Too many tokens per day, please wait | UNAVAILABLE"
            + " | the quota of the day is used up, have it raised in Service Quotas",
        "400 | ServiceQuotaExceededException | no more | UNAVAILABLE"
            + " | have the quota raised in Service Quotas",
        // Keys.
        "403 | UnrecognizedClientException | The security token is invalid. | UNAUTHORIZED"
            + " | check access-key, secret-key and session-token, or the profile",
        "403 | ExpiredTokenException | The security token has expired | UNAUTHORIZED"
            + " | sign in again or set a new session-token",
      })
  void saysOfAModelOfBedrockWhatToDo(
      int status, String code, String message, String reason, String advice) {
    fail(status, code, message);

    assertOneLine(
        caption(
            "cutline.providers=bedrock",
            "cutline.provider.bedrock.model=m",
            "cutline.provider.bedrock.region=eu-west-1",
            "cutline.provider.bedrock.access-key=AKIDEXAMPLE",
            "cutline.provider.bedrock.secret-key=secret-of-nobody",
            "cutline.provider.bedrock.endpoint=" + SERVER.baseUrl()),
        reason,
        "Bedrock answered " + status + " " + code,
        advice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | ValidationError | Endpoint blip of account 123456789012 not found. | MISCONFIGURED"
            + " | check endpoint-name and region, or deploy it",
        "400 | ValidationError | Endpoint blip is not InService | UNAVAILABLE"
            + " | wait until the endpoint is InService, or start it",
        "400 | ThrottlingException | Rate exceeded | RATE_LIMITED"
            + " | ask less often or have the quota raised",
        "403 | AccessDeniedException | no | UNAUTHORIZED"
            + " | allow the action in the IAM policy of the caller",
      })
  void saysOfAnEndpointOfSageMakerWhatToDo(
      int status, String code, String message, String reason, String advice) {
    fail(status, code, message);

    assertOneLine(
        caption(
            "cutline.providers=sagemaker",
            "cutline.provider.sagemaker.endpoint-name=blip",
            "cutline.provider.sagemaker.region=eu-west-1",
            "cutline.provider.sagemaker.compose=true",
            "cutline.provider.sagemaker.access-key=AKIDEXAMPLE",
            "cutline.provider.sagemaker.secret-key=secret-of-nobody",
            "cutline.provider.sagemaker.endpoint=" + SERVER.baseUrl()),
        reason,
        "SageMaker answered " + status + " " + code,
        advice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | NOT_FOUND | models/m is not found for API version v1beta | | MISCONFIGURED"
            + " | check the settings of the rung",
        "400 | INVALID_ARGUMENT | API key not valid. | | UNAUTHORIZED"
            + " | check the API key of the rung",
        "429 | RESOURCE_EXHAUSTED | You exceeded your current quota. | RequestsPerDay | UNAVAILABLE"
            + " | the quota of the day, until midnight in California",
      })
  void saysOfAModelOfGoogleWhatToDo(
      int status, String code, String message, String quota, String reason, String advice) {
    String details =
        quota == null
            ? ""
            : ",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\","
                + "\"violations\":[{\"quotaId\":\""
                + quota
                + "\"}]}]";
    SERVER.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withBody(
                        "{\"error\":{\"code\":%d,\"status\":\"%s\",\"message\":\"%s\"%s}}"
                            .formatted(status, code, message, details))));

    assertOneLine(
        caption(
            "cutline.providers=gemini",
            "cutline.provider.gemini.model=m",
            "cutline.provider.gemini.api-key=key-of-nobody",
            "cutline.provider.gemini.endpoint=" + SERVER.baseUrl()),
        reason,
        "Gemini answered " + status + " " + code,
        advice);
  }

  @Test
  void tellsWhoSignsInBySsoToSignIn() throws Exception {
    Files.writeString(
        folder.resolve("config"),
        """
        [profile work]
        sso_session = corp
        sso_account_id = 123456789012
        sso_role_name = captions
        region = eu-west-1

        [sso-session corp]
        sso_region = eu-west-1
        sso_start_url = https://corp.example/start
        """);

    assertOneLine(
        caption(
            "cutline.providers=bedrock",
            "cutline.provider.bedrock.model=m",
            "cutline.provider.bedrock.profile=work",
            "cutline.provider.bedrock.endpoint=" + SERVER.baseUrl()),
        "UNAUTHORIZED",
        "Bedrock: ",
        "SSO");
    assertThat(SERVER.getAllServeEvents()).isEmpty();
  }

  private Run caption(String... settings) {
    List<String> arguments = new ArrayList<>(List.of("caption", Photos.of("cat.jpg")));
    for (String setting : settings) {
      Collections.addAll(arguments, "--set", setting);
    }
    return cli.run(arguments.toArray(String[]::new));
  }

  private static void assertOneLine(Run run, String reason, String beginning, String advice) {
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    assertThat(run.err().lines().filter(line -> line.contains("cat.jpg: ")))
        .singleElement()
        .asString()
        .contains("cat.jpg: " + reason + ": ")
        .contains(beginning)
        .contains(advice);
    assertThat(run.err())
        .doesNotContain("Exception:")
        .doesNotContain("\tat ")
        .doesNotContain("secret-of-nobody")
        .doesNotContain("key-of-nobody");
    JsonNode error = run.json().get(0).get("error");
    assertThat(error.get("reason").asText()).isEqualTo(reason);
    assertThat(error.get("message").asText()).contains(beginning);
  }

  private static void fail(int status, String code, String message) {
    SERVER.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withHeader("x-amzn-ErrorType", code)
                    .withBody(
                        "{\"message\":\"%s\",\"Message\":\"%s\"}".formatted(message, message))));
  }
}
