package dev.cutline.bedrock;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.sun.net.httpserver.HttpServer;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import dev.cutline.Secret;
import dev.cutline.Settings;
import dev.cutline.aws.AwsErrors.Row;
import dev.cutline.aws.AwsSettings;
import dev.cutline.httptest.Answer;
import dev.cutline.prompt.ReplySchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;

class BedrockCaptionerTest {
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
  void resetServer() {
    SERVER.resetAll();
  }

  private static BedrockCaptioner.Builder builder(String model) {
    return builder(model, URI.create(SERVER.baseUrl()));
  }

  private static BedrockCaptioner.Builder builder(String model, URI address) {
    return BedrockCaptioner.builder(
        model,
        AwsSettings.builder("eu-central-1")
            .endpoint(address)
            .keys(Secret.of("AKIDEXAMPLE"), Secret.of("secret-of-nobody"), null)
            .build());
  }

  private static void answer(Answer answer) {
    SERVER.stubFor(any(anyUrl()).willReturn(answer.toResponse()));
  }

  private static CaptionException failure(Captioner captioner) {
    return catchThrowableOfType(CaptionException.class, () -> captioner.caption(REQUEST));
  }

  @Test
  void signsWhereNoApiKeyIsSet() {
    answer(Converse.message("end_turn", Converse.text(CAPTIONS)));
    try (Captioner captioner = builder("m").build()) {
      captioner.caption(REQUEST);
    }

    SERVER.verify(
        postRequestedFor(anyUrl())
            .withHeader(
                "Authorization",
                matching(
                    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\\d{8}/eu-central-1/bedrock/.*")));
  }

  @Test
  void offersOneToolThatANovaHasToUseAndTakesItsInput() {
    answer(
        Converse.message(
            "tool_use",
            Converse.thought()
                + ","
                + Converse.text("I will use the tool.")
                + ","
                + Converse.toolUse("another", "{}")
                + ","
                + Converse.toolUse(ConverseMapper.TOOL, CAPTIONS)));
    CaptionReply reply;
    try (Captioner captioner = builder("eu.amazon.nova-2-lite-v1:0").build()) {
      reply = captioner.caption(REQUEST);
    }

    assertThat(reply.text(CaptionStyle.CONCISE)).hasValue("A red box");
    SERVER.verify(
        postRequestedFor(anyUrl())
            .withRequestBody(
                matchingJsonPath(
                    "$.toolConfig",
                    equalToJson(
                        """
                        {"tools": [{"toolSpec": {"name": "emit_captions",
                           "description": "Takes the captions of the picture",
                           "inputSchema": {"json": %s}}}],
                         "toolChoice": {"tool": {"name": "emit_captions"}}}
                        """
                            .formatted(ReplySchema.text()))))
            .withRequestBody(matchingJsonPath("$[?(!(@.outputConfig))]")));
  }

  @Test
  void asksALlamaByThePromptAlone() {
    answer(Converse.message("end_turn", Converse.text(CAPTIONS)));
    try (Captioner captioner = builder("us.meta.llama4-scout-17b-instruct-v1:0").build()) {
      captioner.caption(REQUEST);
    }

    SERVER.verify(
        postRequestedFor(anyUrl())
            .withRequestBody(matchingJsonPath("$[?(!(@.outputConfig) && !(@.toolConfig))]")));
  }

  @Test
  void remembersWhatAModelRefusesUntilThePromptAloneIsLeft() {
    SERVER.stubFor(
        post(anyUrl())
            .willReturn(Converse.message("end_turn", Converse.text(CAPTIONS)).toResponse()));
    SERVER.stubFor(
        post(anyUrl())
            .withRequestBody(matchingJsonPath("$.toolConfig"))
            .willReturn(
                Converse.error(400, "ValidationException", "This model doesn't support tool use.")
                    .toResponse()));
    SERVER.stubFor(
        post(anyUrl())
            .withRequestBody(matchingJsonPath("$.outputConfig"))
            .willReturn(
                Converse.error(
                        400,
                        "ValidationException",
                        "outputConfig.textFormat: structured output is not supported")
                    .toResponse()));
    try (Captioner captioner = builder("some.new-model").build()) {
      CaptionException first = failure(captioner);
      CaptionException second = failure(captioner);
      CaptionReply third = captioner.caption(REQUEST);
      captioner.caption(REQUEST);

      assertThat(first.reason()).isEqualTo(Reason.INTERNAL);
      assertThat(first).hasMessageContaining("outputConfig").hasMessageEndingWith("goes without");
      assertThat(second.reason()).isEqualTo(Reason.INTERNAL);
      assertThat(third.text(CaptionStyle.ALT)).hasValue("A box");
    }
    assertThat(SERVER.getAllServeEvents()).as("one attempt a call").hasSize(4);
  }

  @Test
  void learnsWhatAModelRefusesHoweverLateItNamesIt() {
    SERVER.stubFor(
        post(anyUrl())
            .willReturn(Converse.message("end_turn", Converse.text(CAPTIONS)).toResponse()));
    SERVER.stubFor(
        post(anyUrl())
            .withRequestBody(matchingJsonPath("$.outputConfig"))
            .willReturn(
                Converse.error(
                        400,
                        "ValidationException",
                        "It is not so. ".repeat(30) + "outputConfig is not supported")
                    .toResponse()));
    try (Captioner captioner = builder("some.new-model").build()) {
      assertThat(failure(captioner).reason()).isEqualTo(Reason.INTERNAL);
      assertThat(captioner.caption(REQUEST).text(CaptionStyle.ALT)).hasValue("A box");
    }
  }

  @Test
  void keepsAStrategyThatWasSetWhateverTheServerSays() {
    answer(Converse.error(400, "ValidationException", "outputConfig is not supported"));
    try (Captioner captioner = builder("m").strategy(Strategy.NATIVE_SCHEMA).build()) {
      assertThat(failure(captioner).reason()).isEqualTo(Reason.MISCONFIGURED);
      assertThat(failure(captioner).reason()).isEqualTo(Reason.MISCONFIGURED);
    }

    SERVER.verify(
        2, postRequestedFor(anyUrl()).withRequestBody(matchingJsonPath("$.outputConfig")));
  }

  @Test
  void learnsOneThingFromManyRefusalsAtOnce() throws Exception {
    CyclicBarrier bothAreUnderWay = new CyclicBarrier(2);
    List<String> asked = new CopyOnWriteArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          asked.add(body);
          if (body.contains("outputConfig")) {
            await(bothAreUnderWay);
          }
          byte[] refusal = "{\"message\":\"outputConfig is not supported\"}".getBytes(UTF_8);
          exchange.getResponseHeaders().add("x-amzn-ErrorType", "ValidationException");
          exchange.sendResponseHeaders(400, refusal.length);
          exchange.getResponseBody().write(refusal);
          exchange.close();
        });
    server.start();
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (Captioner captioner = builder("some.new-model", address).build()) {
      Future<CaptionException> other = threads.submit(() -> failure(captioner));
      assertThat(failure(captioner).reason()).isEqualTo(Reason.INTERNAL);
      assertThat(other.get(60, TimeUnit.SECONDS).reason()).isEqualTo(Reason.INTERNAL);
      failure(captioner);
    } finally {
      server.stop(0);
      threads.shutdown();
    }
    assertThat(asked).hasSize(3);
    assertThat(asked.get(2)).as("the tool, not the prompt alone").contains("toolConfig");
  }

  private static void await(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IOException(e);
    }
  }

  @Test
  void letsNoVariableOfTheEnvironmentDecideHowItSigns() {
    answer(Converse.message("end_turn", Converse.text(CAPTIONS)));
    System.setProperty("aws.bearerTokenBedrock", "key-of-somebody-else");
    try (Captioner captioner = builder("m").build()) {
      captioner.caption(REQUEST);
    } finally {
      System.clearProperty("aws.bearerTokenBedrock");
    }

    SERVER.verify(
        postRequestedFor(anyUrl()).withHeader("Authorization", matching("AWS4-HMAC-SHA256 .*")));
  }

  @Test
  void hasNothingToLearnWhereThePromptAloneAsks() {
    answer(Converse.error(400, "ValidationException", "tools and output_config, no"));
    try (Captioner captioner = builder("us.meta.llama4-scout-17b-instruct-v1:0").build()) {
      assertThat(failure(captioner).reason()).isEqualTo(Reason.MISCONFIGURED);
    }
  }

  @Test
  void startsAsTheFamilyOfTheModelIsKnownToAnswer() {
    assertThat(Strategy.usual("anthropic.claude-3-5-sonnet-20240620-v1:0"))
        .isEqualTo(Strategy.FORCED_TOOL);
    assertThat(Strategy.usual("us.anthropic.claude-haiku-5-5")).isEqualTo(Strategy.NATIVE_SCHEMA);
    assertThat(Strategy.usual("EU.AMAZON.NOVA-2-LITE-V1:0")).isEqualTo(Strategy.FORCED_TOOL);
    assertThat(Strategy.usual("qwen.qwen3-vl-235b-a22b")).isEqualTo(Strategy.NATIVE_SCHEMA);
  }

  @Test
  void namesFormatsAlikeInAnyLocale() {
    CaptionRequest gif =
        CaptionRequest.builder(ImageData.of(new byte[] {1}, ImageFormat.GIF, 1, 1)).build();
    ConverseOptions options = new ConverseOptions("m", 10, null, null, Map.of());
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      ConverseRequest request = ConverseMapper.request(gif, options, Strategy.PROMPT_ONLY);
      assertThat(request.messages().get(0).content().get(0).image().formatAsString())
          .isEqualTo("gif");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void sendsWhatStandsInTheSettings() {
    answer(Converse.message("end_turn", Converse.text(CAPTIONS)));
    Map<String, String> settings =
        Map.of(
            "model", "m",
            "region", "eu-west-1",
            "endpoint", SERVER.baseUrl(),
            "api-key", "bedrock-key-1",
            "strategy", "prompt-only",
            "max-tokens", "300",
            "temperature", "0.25",
            "guardrail", "gr-1",
            "guardrail-version", "3",
            "metadata", "tenant = t1, team=x");
    try (Captioner captioner = new BedrockCaptionProvider().create(Settings.of(settings))) {
      captioner.caption(REQUEST);
    }

    SERVER.verify(
        postRequestedFor(anyUrl())
            .withRequestBody(
                equalToJson(
                    """
                    {"inferenceConfig": {"maxTokens": 300, "temperature": 0.25},
                     "guardrailConfig": {"guardrailIdentifier": "gr-1", "guardrailVersion": "3"},
                     "requestMetadata": {"tenant": "t1", "team": "x"}}
                    """,
                    true,
                    true)));
  }

  @Test
  void sendsWhatWasSetOnPurpose() {
    answer(Converse.message("end_turn", Converse.text(CAPTIONS)));
    try (Captioner captioner =
        builder("m")
            .strategy(Strategy.PROMPT_ONLY)
            .maxTokens(55)
            .temperature(new BigDecimal("0.5"))
            .guardrail("gr-1", "DRAFT")
            .metadata(Map.of("tenant", "t1"))
            .build()) {
      captioner.caption(REQUEST);
    }

    SERVER.verify(
        postRequestedFor(anyUrl())
            .withRequestBody(
                equalToJson(
                    """
                    {"inferenceConfig": {"maxTokens": 55, "temperature": 0.5},
                     "guardrailConfig": {"guardrailIdentifier": "gr-1", "guardrailVersion": "DRAFT"},
                     "requestMetadata": {"tenant": "t1"}}
                    """,
                    true,
                    true))
            .withRequestBody(
                matchingJsonPath(
                    "$.messages[0].content[0].image",
                    equalToJson("{\"format\":\"webp\",\"source\":{\"bytes\":\"AQID\"}}"))));
  }

  @ParameterizedTest
  @CsvSource({
    "guardrail_intervened, REFUSED",
    "content_filtered, REFUSED",
    "refusal, REFUSED",
    "something_new, REFUSED",
    "max_tokens, MALFORMED_REPLY",
    "model_context_window_exceeded, MALFORMED_REPLY",
    "malformed_model_output, MALFORMED_REPLY",
    "malformed_tool_use, MALFORMED_REPLY",
    "end_turn, MALFORMED_REPLY"
  })
  void knowsWhatEachStopReasonMeansWithAnAnswerThatIsNoJson(String stop, Reason reason) {
    answer(Converse.message(stop, Converse.text("I would rather not.")));
    try (Captioner captioner = builder("m").build()) {
      CaptionException e = failure(captioner);

      assertThat(e.reason()).isEqualTo(reason);
      assertThat(e.usage().inputTokens()).as("billed all the same").isEqualTo(1_630);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"end_turn", "stop_sequence", "tool_use", "something_new"})
  void takesAGoodAnswerWhateverEndedIt(String stop) {
    answer(Converse.message(stop, Converse.text(CAPTIONS)));
    try (Captioner captioner = builder("m").build()) {
      assertThat(captioner.caption(REQUEST).text(CaptionStyle.CONCISE)).hasValue("A red box");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"guardrail_intervened", "content_filtered", "refusal"})
  void takesNoCaptionsFromAnAnswerThatWasHeldBack(String stop) {
    answer(Converse.message(stop, Converse.text(CAPTIONS)));
    try (Captioner captioner = builder("m").build()) {
      assertThat(failure(captioner).reason()).isEqualTo(Reason.REFUSED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, MISCONFIGURED",
    "499, MISCONFIGURED",
    "399, INTERNAL",
    "null, INTERNAL",
    "408, TIMEOUT",
    "413, IMAGE_LIMIT",
    "429, RATE_LIMITED",
    "500, INTERNAL",
    "503, INTERNAL"
  })
  void takesAFailureOfTheModelByItsOwnStatus(String status, Reason reason) {
    answer(modelError(status));
    try (Captioner captioner = builder("m").build()) {
      assertThat(failure(captioner).reason()).isEqualTo(reason);
    }
  }

  private static Answer modelError(String originalStatus) {
    return Answer.of(
            424,
            "{\"message\":\"it failed\",\"originalStatusCode\":"
                + originalStatus
                + ",\"resourceName\":\"m\"}")
        .header("x-amzn-ErrorType", "ModelErrorException");
  }

  private record Case(int status, String code, String message, Reason reason, String advice) {
    BedrockRuntimeException exception() {
      return (BedrockRuntimeException)
          BedrockRuntimeException.builder()
              .statusCode(status)
              .awsErrorDetails(
                  AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
              .build();
    }
  }

  private static final String INVALID = "ValidationException";

  private static final List<Case> CASES =
      List.of(
          new Case(429, "ModelNotReadyException", "loading", Reason.INTERNAL, "loading"),
          new Case(408, "ModelTimeoutException", "too slow", Reason.TIMEOUT, "too slow"),
          new Case(424, "ModelErrorException", "failed", Reason.INTERNAL, "failed"),
          new Case(500, "InternalServerException", "failed", Reason.INTERNAL, "failed"),
          new Case(
              429,
              "ThrottlingException",
              "Too many tokens per day, please wait before trying again.",
              Reason.UNAVAILABLE,
              "quota of the day"),
          new Case(
              400, "ServiceQuotaExceededException", "quota", Reason.UNAVAILABLE, "Service Quotas"),
          new Case(403, "MPAgreementBeingCreated", "pending", Reason.UNAVAILABLE, "wait some"),
          new Case(404, "FTUFormNotFilled", "form", Reason.MISCONFIGURED, "use case form"),
          new Case(
              404,
              "ResourceNotFoundException",
              "This model version has reached the end of its life.",
              Reason.MISCONFIGURED,
              "set model to its successor"),
          new Case(
              400,
              INVALID,
              "Invocation of model ID m with on-demand throughput isn\u2019t supported.",
              Reason.MISCONFIGURED,
              "inference profile"),
          new Case(
              400,
              INVALID,
              "The provided model identifier is invalid.",
              Reason.MISCONFIGURED,
              "whether this region has it"),
          new Case(
              404,
              "ResourceNotFoundException",
              "This model is no longer supported.",
              Reason.MISCONFIGURED,
              "set model to its successor"),
          new Case(
              404,
              "ResourceNotFoundException",
              "Access denied. This Model is marked by provider as Legacy",
              Reason.MISCONFIGURED,
              "set model to its successor"),
          new Case(400, INVALID, "image exceeds 5 MB maximum", Reason.IMAGE_LIMIT, "max-long-edge"),
          new Case(
              400,
              INVALID,
              "At least one of the dimensions exceed the limit of 8000 pixels",
              Reason.IMAGE_LIMIT,
              "max-long-edge"),
          new Case(
              400, INVALID, "Input is too long for this model", Reason.IMAGE_LIMIT, "max-bytes"),
          new Case(400, INVALID, "Could not process image", Reason.INVALID_IMAGE, "process"),
          new Case(
              400,
              INVALID,
              "The image does not match the provided media type image/jpeg",
              Reason.INVALID_IMAGE,
              "media type"),
          new Case(
              400, INVALID, "Unsupported or corrupt image", Reason.INVALID_IMAGE, "corrupt image"),
          new Case(403, "AccessDeniedException", "no", Reason.UNAUTHORIZED, "bedrock:InvokeModel"),
          new Case(404, "ResourceNotFoundException", "none", Reason.MISCONFIGURED, "check model"));

  @Test
  void saysInOneLineWhatIsWrongAndWhatToDo() {
    assertThat(CASES)
        .allSatisfy(
            failure -> {
              CaptionException e =
                  BedrockErrors.TABLE.toException(failure.exception(), text -> text);
              assertThat(e.reason()).isEqualTo(failure.reason());
              assertThat(e)
                  .hasMessageStartingWith(
                      "Bedrock answered " + failure.status() + " " + failure.code())
                  .hasMessageContaining(failure.advice());
            });
  }

  @Test
  void hasNoRowThatNothingMeets() {
    Set<Row> met = new HashSet<>();
    CASES.forEach(failure -> BedrockErrors.TABLE.match(failure.exception()).ifPresent(met::add));

    assertThat(met).containsExactlyInAnyOrderElementsOf(BedrockErrors.TABLE.rows());
  }

  @Test
  void showsTheSecretKeyInNoMessage() {
    answer(Converse.error(403, "SignatureDoesNotMatch", "not by secret-of-nobody"));
    try (Captioner captioner = builder("m").build()) {
      assertThat(failure(captioner)).hasMessageContaining("not by ***");
    }
  }
}
