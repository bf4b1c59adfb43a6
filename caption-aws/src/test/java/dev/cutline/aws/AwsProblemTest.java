package dev.cutline.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.cutline.CaptionException;
import dev.cutline.Reason;
import dev.cutline.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class AwsProblemTest {
  private static final AwsErrors ERRORS = AwsErrors.of("Secrets").build();

  @RegisterExtension static final AwsServer AWS = new AwsServer();

  private SdkException failure() {
    return failure(AWS.settings().build());
  }

  private static SdkException failure(AwsSettings settings) {
    try (AwsClients clients = AwsClients.of(settings)) {
      return catchThrowableOfType(SdkException.class, () -> AwsServer.ask(clients));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, ThrottlingException, Rate exceeded, THROTTLED",
    "400, ProvisionedThroughputExceededException, slow, THROTTLED",
    "503, SlowDown, Please reduce your request rate., THROTTLED",
    "429, '', too many, THROTTLED",
    "400, ExpiredTokenException, The security token is expired, EXPIRED_CREDENTIALS",
    "403, ExpiredToken, The provided token has expired., EXPIRED_CREDENTIALS",
    "403, AccessDenied, The security token included in the request is expired,"
        + " EXPIRED_CREDENTIALS",
    "403, InvalidClientTokenId, no, UNKNOWN_CREDENTIALS",
    "400, UnrecognizedClientException, no, UNKNOWN_CREDENTIALS",
    "403, InvalidAccessKeyId, no, UNKNOWN_CREDENTIALS",
    "403, SignatureDoesNotMatch, no, UNKNOWN_CREDENTIALS",
    "403, InvalidSignatureException, no, UNKNOWN_CREDENTIALS",
    "403, IncompleteSignature, no, UNKNOWN_CREDENTIALS",
    "403, MissingAuthenticationToken, no, UNKNOWN_CREDENTIALS",
    "403, InvalidSignatureException, Signature expired: 1 is now earlier than 2, CLOCK_SKEW",
    "403, RequestTimeTooSkewed, no, CLOCK_SKEW",
    "403, RequestInTheFuture, no, CLOCK_SKEW",
    "403, AccessDenied, Access Denied, ACCESS_DENIED",
    "400, AccessDeniedException, is not authorized to perform: s3:PutObject, ACCESS_DENIED",
    "403, AccessDenied, is not authorized to perform: kms:Decrypt on resource, KMS_DENIED",
    "400, KMSAccessDeniedException, no, KMS_DENIED",
    "400, KMS.DisabledException, no, KMS_UNUSABLE",
    "400, KMSNotFoundException, no, KMS_UNUSABLE",
    "301, PermanentRedirect, elsewhere, WRONG_REGION",
    "301, '', elsewhere, WRONG_REGION",
    "400, AuthorizationHeaderMalformed, expecting 'eu-west-1', WRONG_REGION",
    "400, IllegalLocationConstraintException, no, WRONG_REGION",
    "404, NoSuchBucket, no, NOT_FOUND",
    "400, ResourceNotFoundException, no, NOT_FOUND",
    "404, '', no, NOT_FOUND",
    "413, '', no, TOO_LARGE",
    "400, ValidationException, no, BAD_REQUEST",
    "302, '', no, BAD_REQUEST",
    "401, '', no, ACCESS_DENIED",
    "408, '', no, TIMEOUT",
    "409, '', no, SERVER_FAULT",
    "500, InternalFailure, no, SERVER_FAULT",
    "400, ServiceUnavailableException, no, SERVICE_DOWN",
    "503, '', no, SERVICE_DOWN",
  })
  void knowsWhatAnAnswerMeansAndSaysWhatToDo(
      int status, String code, String message, AwsProblem problem) {
    AWS.fail(status, code, message);
    SdkException e = failure();

    assertThat(AwsProblem.of(e)).isEqualTo(problem);
    CaptionException forChains = ERRORS.toException(e, text -> text);
    assertThat(forChains.reason()).isEqualTo(problem.reason());
    assertThat(forChains)
        .hasMessageStartingWith("Secrets answered " + status)
        .hasMessageContaining(message)
        .hasMessageEndingWith(problem.text() + "; " + problem.advice())
        .hasNoCause();
    StoreException forStores = AwsErrors.toStoreException("reading s", e);
    assertThat(forStores.kind()).isEqualTo(problem.kind());
    assertThat(forStores)
        .hasMessageStartingWith("reading s: " + problem.text())
        .hasMessageEndingWith("; " + problem.advice())
        .hasCause(e);
  }

  @Test
  void knowsAHostThatNobodyKnows() {
    assertTransport(
        failure(AWS.settings().endpoint(URI.create("http://nobody.invalid")).build()),
        AwsProblem.UNKNOWN_HOST);
  }

  @Test
  void knowsAnAddressWhereNobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertTransport(
        failure(AWS.settings().endpoint(URI.create("http://127.0.0.1:" + port)).build()),
        AwsProblem.UNREACHABLE);
  }

  @Test
  void knowsAConnectionThatBreaks() {
    AWS.answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    assertTransport(failure(), AwsProblem.UNREACHABLE);
    AWS.answer(aResponse().withFault(Fault.EMPTY_RESPONSE));
    assertTransport(failure(), AwsProblem.UNREACHABLE);
    AWS.answer(aResponse().withStatus(200).withFault(Fault.MALFORMED_RESPONSE_CHUNK));
    assertTransport(failure(), AwsProblem.UNREACHABLE);
  }

  @Test
  void knowsAServerThatSpeaksNoTls() {
    URI secure = URI.create("https://127.0.0.1:" + AWS.server().port());
    assertTransport(failure(AWS.settings().endpoint(secure).build()), AwsProblem.NO_TLS);
  }

  private static void assertTransport(SdkException e, AwsProblem problem) {
    assertThat(AwsProblem.of(e)).isEqualTo(problem);
    assertThat(ERRORS.toException(e, text -> text))
        .hasMessage("Secrets: " + problem.text() + "; " + problem.advice())
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void knowsAnAnswerThatIsNoJsonAndRepeatsNothingOfIt() {
    AWS.answer(aResponse().withBody("<html>" + AwsServer.SECRET_KEY + "</html>"));
    SdkException e = failure();

    assertThat(AwsProblem.of(e)).isEqualTo(AwsProblem.UNREADABLE_REPLY);
    assertThat(ERRORS.toException(e, text -> text))
        .hasMessageNotContaining(AwsServer.SECRET_KEY)
        .hasNoCause();
  }

  @Test
  void knowsAProfileWithoutCredentials() {
    SdkException e =
        failure(
            AwsSettings.builder("us-east-1")
                .endpoint(AWS.address())
                .profile("cutline-no-such-profile")
                .build());

    assertThat(AwsProblem.of(e)).isEqualTo(AwsProblem.NO_CREDENTIALS);
    assertThat(ERRORS.toException(e, text -> text).reason()).isEqualTo(Reason.UNAUTHORIZED);
    assertThat(AWS.attempts()).isZero();
  }

  @Test
  void knowsWhatTheSdkItselfGivesUp() {
    assertThat(AwsProblem.of(ApiCallTimeoutException.create(5))).isEqualTo(AwsProblem.TIMEOUT);
    assertThat(AwsProblem.of(AbortedException.create("aborted"))).isEqualTo(AwsProblem.ABORTED);
    assertThat(
            AwsProblem.of(SdkClientException.create("stopped", new InterruptedException("by us"))))
        .isEqualTo(AwsProblem.ABORTED);
    assertThat(
            AwsProblem.of(
                SdkClientException.create(
                    "Unable to load region from any of the providers in the chain")))
        .isEqualTo(AwsProblem.MISSING_REGION);
    assertThat(
            AwsProblem.of(
                SdkClientException.create(
                    "The SSO session associated with this profile has expired or is otherwise"
                        + " invalid. To refresh this SSO session run aws sso login with the"
                        + " corresponding profile.")))
        .isEqualTo(AwsProblem.NOT_SIGNED_IN);
    assertThat(AwsProblem.of(SdkClientException.create("something else")))
        .isEqualTo(AwsProblem.SERVER_FAULT);
  }

  @Test
  void knowsACallThatTakesTooLong() {
    AWS.answer(aResponse().withFixedDelay(60_000));
    try (AwsClients clients = AwsClients.of(AWS.settings().build());
        SecretsManagerClient client = clients.forModels(SecretsManagerClient.builder()).build()) {
      SdkException e =
          catchThrowableOfType(
              SdkException.class,
              () ->
                  client.getSecretValue(
                      request ->
                          request
                              .secretId("s")
                              .overrideConfiguration(
                                  config -> config.apiCallTimeout(Duration.ofMillis(100)))));

      assertThat(AwsProblem.of(e)).isEqualTo(AwsProblem.TIMEOUT);
    }
  }

  @Test
  void waitsAsLongAsTheServiceAsksAndNoLongerThanAMinute() {
    AWS.answer(aResponse().withStatus(503).withHeader("Retry-After", "7"));
    assertThat(ERRORS.toException(failure(), text -> text).retryAfter())
        .hasValue(Duration.ofSeconds(7));

    AWS.answer(aResponse().withStatus(429).withHeader("Retry-After", "999999999"));
    assertThat(ERRORS.toException(failure(), text -> text).retryAfter())
        .hasValue(Duration.ofSeconds(60));

    AWS.answer(aResponse().withStatus(429).withHeader("Retry-After", "soon"));
    assertThat(ERRORS.toException(failure(), text -> text).retryAfter()).isEmpty();

    AWS.answer(aResponse().withStatus(500).withHeader("Retry-After", "7"));
    assertThat(ERRORS.toException(failure(), text -> text).retryAfter()).isEmpty();
  }

  @Test
  void makesOneShortLineOfWhatTheServiceSays() {
    AWS.fail(400, "ValidationException", "one\\n two\\u2028" + "x".repeat(1_000));

    assertThat(ERRORS.toException(failure(), text -> text))
        .message()
        .contains("(one two x")
        .contains("…)")
        .doesNotContain("\n")
        .hasSizeLessThan(300);
  }

  @Test
  void judgesByTheFirstRowThatFits() {
    AwsErrors errors =
        AwsErrors.of("Mine")
            .text("ValidationException", "image exceeds", Reason.IMAGE_LIMIT, "send less")
            .code("ValidationException", Reason.REFUSED)
            .build();
    AWS.fail(400, "ValidationException", "The image EXCEEDS 5 MB");
    CaptionException limit = errors.toException(failure(), text -> text);
    AWS.fail(400, "ValidationException", "something else");
    CaptionException other = errors.toException(failure(), text -> text);

    assertThat(limit.reason()).isEqualTo(Reason.IMAGE_LIMIT);
    assertThat(limit)
        .hasMessage("Mine answered 400 ValidationException (The image EXCEEDS 5 MB); send less");
    assertThat(other.reason()).isEqualTo(Reason.REFUSED);
  }
}
