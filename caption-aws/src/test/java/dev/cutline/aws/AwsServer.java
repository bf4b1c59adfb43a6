package dev.cutline.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.cutline.Secret;
import java.net.URI;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Secrets Manager on this machine, for what all services of AWS have in common. */
final class AwsServer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  static final String SECRET_KEY = "secret-of-nobody-0123456789";
  static final String SESSION_TOKEN = "token-of-nobody-0123456789";

  private final WireMockServer server =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort().gzipDisabled(true));

  @Override
  public void beforeAll(ExtensionContext context) {
    server.start();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    server.resetAll();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    server.stop();
  }

  WireMockServer server() {
    return server;
  }

  URI address() {
    return URI.create(server.baseUrl());
  }

  /** Makes the server answer every request in one way. */
  void answer(ResponseDefinitionBuilder response) {
    server.stubFor(any(anyUrl()).willReturn(response));
  }

  void secret(String text) {
    answer(aResponse().withBody("{\"SecretString\":\"" + text.replace("\"", "\\\"") + "\"}"));
  }

  void fail(int status, String code, String message) {
    ResponseDefinitionBuilder response =
        aResponse().withStatus(status).withBody("{\"message\":\"" + message + "\"}");
    answer(code.isEmpty() ? response : response.withHeader("x-amzn-ErrorType", code));
  }

  int attempts() {
    return server.getAllServeEvents().size();
  }

  AwsSettings.Builder settings() {
    return AwsSettings.builder("eu-central-1")
        .endpoint(address())
        .keys(Secret.of("AKIDEXAMPLE"), Secret.of(SECRET_KEY), Secret.of(SESSION_TOKEN));
  }

  /** Asks once, with the retries of models. */
  static String ask(AwsClients aws) {
    try (SecretsManagerClient client = aws.forModels(SecretsManagerClient.builder()).build()) {
      return client.getSecretValue(request -> request.secretId("s")).secretString();
    }
  }
}
