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
import dev.cutline.httptest.SilentServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
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
      CompletableFuture<Throwable> failure =
          inBackground(clients, request().cancellation(cancellation).build(), new Thread[1]);
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
      Thread[] caller = new Thread[1];
      CompletableFuture<Throwable> failure = inBackground(clients, request().build(), caller);
      silent.awaitRequest();

      caller[0].interrupt();

      assertThat(failure.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .isInstanceOf(CaptionException.class)
          .hasMessage("Test: interrupted");
      silent.awaitCut();
    }
  }

  private static CompletableFuture<Throwable> inBackground(
      AwsClients clients, CaptionRequest request, Thread[] caller) {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    caller[0] =
        new Thread(
            () ->
                failure.complete(
                    catchThrowable(
                        () -> clients.call("Test", request, () -> AwsServer.ask(clients)))));
    caller[0].start();
    return failure;
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
