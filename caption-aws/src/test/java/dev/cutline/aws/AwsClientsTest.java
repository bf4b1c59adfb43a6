package dev.cutline.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.Cancellation;
import dev.cutline.CaptionException;
import dev.cutline.CaptionRequest;
import dev.cutline.Deadline;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import dev.cutline.httptest.RawServer;
import dev.cutline.httptest.SilentServer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class AwsClientsTest {
  private static final int PATIENCE_SECONDS = 60;

  @TempDir Path folder;
  @RegisterExtension static final AwsServer AWS = new AwsServer();

  private static CaptionRequest.Builder request() {
    return CaptionRequest.builder(ImageData.of(new byte[] {1}, ImageFormat.JPEG, 1, 1));
  }

  @Test
  void signsWithTheKeysThatAreSetAndSaysWhoCalls() {
    AWS.secret("x");
    try (AwsClients clients = AwsClients.of(AWS.settings().build())) {
      assertThat(AwsServer.ask(clients)).isEqualTo("x");
    }

    AWS.server()
        .verify(
            postRequestedFor(urlEqualTo("/"))
                .withHeader(
                    "Authorization",
                    matching("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\\d{8}/eu-central-1/.*"))
                .withHeader("X-Amz-Security-Token", equalTo(AwsServer.SESSION_TOKEN))
                .withHeader("User-Agent", matching("aws-sdk-java/.* cutline/.*")));
  }

  @Test
  void signsWithTheKeysOfAProfile() throws IOException {
    AWS.secret("x");
    Path file =
        Files.writeString(
            folder.resolve("credentials"),
            "[captions]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = s\n");
    System.setProperty("aws.sharedCredentialsFile", file.toString());
    try (AwsClients clients =
        AwsClients.of(
            AwsSettings.builder("us-east-1").endpoint(AWS.address()).profile("captions").build())) {
      AwsServer.ask(clients);
    } finally {
      System.clearProperty("aws.sharedCredentialsFile");
    }

    AWS.server()
        .verify(
            postRequestedFor(urlEqualTo("/"))
                .withHeader("Authorization", containing("Credential=AKIDPROFILE/")));
  }

  @Test
  void assumesARoleOnceAndSignsWithItsKeys() {
    AWS.secret("x");
    AWS.server()
        .stubFor(
            post(urlEqualTo("/"))
                .withRequestBody(containing("Action=AssumeRole"))
                .willReturn(
                    aResponse()
                        .withBody(
                            """
                            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                              <AssumeRoleResult><Credentials>
                                <AccessKeyId>ASIAROLE</AccessKeyId>
                                <SecretAccessKey>r</SecretAccessKey>
                                <SessionToken>role-token</SessionToken>
                                <Expiration>2099-01-01T00:00:00Z</Expiration>
                              </Credentials></AssumeRoleResult>
                            </AssumeRoleResponse>""")));
    AwsSettings settings =
        AWS.settings()
            .roleArn("arn:aws:iam::123456789012:role/captions")
            .roleExternalId("ex-1")
            .stsEndpoint(AWS.address())
            .build();
    try (AwsClients clients = AwsClients.of(settings)) {
      AwsServer.ask(clients);
      AwsServer.ask(clients);
    }

    AWS.server()
        .verify(
            1,
            postRequestedFor(urlEqualTo("/"))
                .withRequestBody(containing("Action=AssumeRole"))
                .withHeader("Authorization", containing("Credential=AKIDEXAMPLE/"))
                .withRequestBody(containing("RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole"))
                .withRequestBody(containing("ExternalId=ex-1"))
                .withRequestBody(containing("RoleSessionName=cutline")));
    AWS.server()
        .verify(
            2,
            postRequestedFor(urlEqualTo("/"))
                .withHeader("X-Amz-Target", equalTo("secretsmanager.GetSecretValue"))
                .withHeader("Authorization", containing("Credential=ASIAROLE/"))
                .withHeader("X-Amz-Security-Token", equalTo("role-token")));
  }

  @Test
  void asksModelsOnceAndStoresThreeTimes() {
    AWS.answer(aResponse().withStatus(503));
    try (AwsClients clients = AwsClients.of(AWS.settings().build())) {
      assertThat(catchThrowable(() -> AwsServer.ask(clients))).isInstanceOf(SdkException.class);
      assertThat(AWS.attempts()).isEqualTo(1);

      try (SecretsManagerClient client =
          clients.forStorage(SecretsManagerClient.builder()).build()) {
        assertThat(catchThrowable(() -> client.getSecretValue(r -> r.secretId("s"))))
            .isInstanceOf(SdkException.class);
      }
      assertThat(AWS.attempts()).isEqualTo(1 + 3);
    }
  }

  @Test
  void returnsWhatTheCallReturnsAndThrowsWhatItThrows() {
    try (AwsClients clients = AwsClients.of(AWS.settings().build())) {
      assertThat(clients.call("Test", request().build(), () -> 42)).isEqualTo(42);
      assertThat(
              catchThrowable(
                  () ->
                      clients.call(
                          "Test",
                          request().build(),
                          () -> {
                            throw new ArithmeticException("on purpose");
                          })))
          .isInstanceOf(ArithmeticException.class);
      assertThat(
              catchThrowable(
                  () ->
                      clients.call(
                          "Test",
                          request().build(),
                          () -> {
                            throw new AssertionError("on purpose");
                          })))
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void keepsTheDeadlineWithASilentServerAndFreesTheConnection() throws Exception {
    try (SilentServer silent = new SilentServer();
        AwsClients clients = AwsClients.of(AWS.settings().endpoint(silent.address()).build())) {
      CaptionException e =
          catchThrowableOfType(
              CaptionException.class,
              () ->
                  clients.call(
                      "Test",
                      Deadline.after(Duration.ofMillis(300)),
                      () -> AwsServer.ask(clients)));

      assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(e).hasMessageContaining("Test: no answer within");
      silent.awaitCut();
    }
  }

  @Test
  void freesTheConnectionWhenCancelled() throws Exception {
    Cancellation cancellation = new Cancellation();
    try (SilentServer silent = new SilentServer();
        AwsClients clients = AwsClients.of(AWS.settings().endpoint(silent.address()).build())) {
      CaptionRequest request = request().cancellation(cancellation).build();
      CompletableFuture<Throwable> failure =
          CompletableFuture.supplyAsync(() -> failureOf(clients, request));
      silent.awaitRequest();

      cancellation.cancel();

      assertThat(failure.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .isInstanceOf(CaptionException.class)
          .hasMessage("Test: cancelled");
      silent.awaitCut();
    }
  }

  @Test
  void freesTheConnectionWhenInterrupted() throws Exception {
    try (SilentServer silent = new SilentServer();
        AwsClients clients = AwsClients.of(AWS.settings().endpoint(silent.address()).build())) {
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      CompletableFuture<Throwable> failure = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () -> {
                failure.complete(failureOf(clients, request().build()));
                interrupted.complete(Thread.currentThread().isInterrupted());
              });
      caller.start();
      silent.awaitRequest();

      caller.interrupt();

      assertThat(failure.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .isInstanceOf(CaptionException.class)
          .hasMessage("Test: interrupted");
      assertThat(interrupted.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("the caller's own loop has to learn of it, too")
          .isTrue();
      silent.awaitCut();
    }
  }

  private static Throwable failureOf(AwsClients clients, CaptionRequest request) {
    return catchThrowable(() -> clients.call("Test", request, () -> AwsServer.ask(clients)));
  }

  @Test
  void keepsNothingOfACallThatIsOverHoweverLongItsRequestLives() throws Exception {
    Cancellation cancellation = new Cancellation();
    CaptionRequest request = request().cancellation(cancellation).build();
    try (AwsClients clients = AwsClients.of(AWS.settings().build())) {
      WeakReference<byte[]> answer =
          new WeakReference<>(clients.call("Test", request, () -> new byte[1_000]));

      for (int i = 0; answer.get() != null && i < 500; i++) {
        System.gc();
        Thread.sleep(10);
      }

      assertThat(answer.get()).isNull();
    }
    assertThat(request.isCancelled()).as("the request is still there").isFalse();
  }

  @Test
  void sendsNothingThatNobodyWaitsFor() {
    Cancellation cancelled = new Cancellation();
    cancelled.cancel();
    try (AwsClients clients = AwsClients.of(AWS.settings().build())) {
      assertThat(
              catchThrowable(
                  () ->
                      clients.call(
                          "Test",
                          request().cancellation(cancelled).build(),
                          () -> AwsServer.ask(clients))))
          .hasMessageStartingWith("Test: not sent");
      assertThat(
              catchThrowable(
                  () ->
                      clients.call(
                          "Test", Deadline.after(Duration.ZERO), () -> AwsServer.ask(clients))))
          .hasMessageStartingWith("Test: not sent");
    }
    assertThat(AWS.attempts()).isZero();
  }

  @Test
  void sendsNothingMoreOnceTheCallIsCut() throws Exception {
    AWS.secret("x");
    Cancellation cancellation = new Cancellation();
    CompletableFuture<Throwable> late = new CompletableFuture<>();
    try (AwsClients clients = AwsClients.of(AWS.settings().build())) {
      assertThat(
              catchThrowable(
                  () ->
                      clients.call(
                          "Test",
                          request().cancellation(cancellation).build(),
                          () -> {
                            cancellation.cancel();
                            Thread.interrupted();
                            late.complete(catchThrowable(() -> AwsServer.ask(clients)));
                            return "late";
                          })))
          .hasMessage("Test: cancelled");

      assertThat(late.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(SdkException.class);
    }
    assertThat(AWS.attempts()).isZero();
  }

  @Test
  void readsNoMoreOfALongAnswerThanItHasTo() {
    try (AwsClients clients = AwsClients.of(AWS.settings().build())) {
      AWS.secret("x".repeat(AwsClients.MAX_REPLY_BYTES - 100));
      assertThat(clients.call("Test", request().build(), () -> AwsServer.ask(clients)))
          .hasSize(AwsClients.MAX_REPLY_BYTES - 100);

      AWS.secret("x".repeat(AwsClients.MAX_REPLY_BYTES));
      SdkException e =
          catchThrowableOfType(
              SdkException.class,
              () -> clients.call("Test", request().build(), () -> AwsServer.ask(clients)));
      assertThat(AwsProblem.of(e)).isEqualTo(AwsProblem.UNREADABLE_REPLY);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 ",
        "HTTP/1.1 200 OK\r\nX: ",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
      })
  void readsNoMoreOfAHeadOrSizeWithoutEndThanItHasTo(String beginning) throws Exception {
    byte[] zeros = "0".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
    try (RawServer server =
            new RawServer(
                out -> {
                  out.write(beginning.getBytes(StandardCharsets.US_ASCII));
                  while (true) {
                    out.write(zeros);
                  }
                });
        AwsClients clients = AwsClients.of(AWS.settings().endpoint(server.address()).build())) {
      SdkException e =
          catchThrowableOfType(
              SdkException.class,
              () -> clients.call("Test", request().build(), () -> AwsServer.ask(clients)));

      assertThat(AwsProblem.of(e)).isEqualTo(AwsProblem.UNREACHABLE);
      assertThat(e).hasStackTraceContaining("more than 1572864 bytes came in");
    }
  }

  @Test
  void readsNothingMoreOfAnAnswerThatIsNone() throws Exception {
    byte[] zeros = "0".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
    try (RawServer server =
            new RawServer(
                out -> {
                  out.write("HTTP/1.1 200 OK\r\n\r\n<html>".getBytes(StandardCharsets.US_ASCII));
                  while (true) {
                    out.write(zeros);
                  }
                });
        AwsClients clients = AwsClients.of(AWS.settings().endpoint(server.address()).build())) {
      SdkException e =
          catchThrowableOfType(
              SdkException.class,
              () -> clients.call("Test", request().build(), () -> AwsServer.ask(clients)));

      assertThat(AwsProblem.of(e)).isEqualTo(AwsProblem.UNREADABLE_REPLY);
    }
  }

  @Test
  void isOfNoMoreUseOnceClosed() {
    AwsClients clients = AwsClients.of(AWS.settings().build());
    clients.close();
    clients.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> clients.call("Test", request().build(), () -> "x"))
        .withMessage("closed");
  }

  @Test
  void closesTheConnectionsThatWaitForAnotherCall() throws Exception {
    byte[] answer =
        "HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{\"SecretString\":\"abc\"}"
            .getBytes(StandardCharsets.US_ASCII);
    CompletableFuture<Integer> end = new CompletableFuture<>();
    try (RawServer server =
        new RawServer(
            (in, out) -> {
              out.write(answer);
              end.complete(in.read());
            })) {
      AwsClients clients = AwsClients.of(AWS.settings().endpoint(server.address()).build());
      try (clients) {
        assertThat(clients.call("Test", request().build(), () -> AwsServer.ask(clients)))
            .isEqualTo("abc");
        assertThat(end).as("the connection waits").isNotDone();
      }

      assertThat(end.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(-1);
    }
  }

  @Test
  void showsNoSecret() {
    try (AwsClients clients = AwsClients.of(AWS.settings().build())) {
      assertThat(clients.toString()).isEqualTo("eu-central-1 at " + AWS.address());
      assertThat(
              clients.withoutSecrets(
                  "a " + AwsServer.SECRET_KEY + " b " + AwsServer.SESSION_TOKEN + " c"))
          .isEqualTo("a *** b *** c");
    }
  }
}
