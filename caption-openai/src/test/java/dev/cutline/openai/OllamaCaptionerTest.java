package dev.cutline.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.cutline.Captioner;
import dev.cutline.Secret;
import dev.cutline.httptest.SilentServer;
import dev.cutline.tck.CaptionerContract;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class OllamaCaptionerTest extends CaptionerContract {
  private static final Secret KEY = Secret.of("sk-0123456789");

  @RegisterExtension
  static final WireMockExtension SERVER =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort())
          .build();

  private final SilentServer silent = new SilentServer();

  OllamaCaptionerTest() throws IOException {}

  @BeforeEach
  void answerWell() {
    SERVER.stubFor(any(anyUrl()).willReturn(OllamaContractTest.good().toResponse()));
  }

  @AfterEach
  void stopServer() throws IOException {
    silent.close();
  }

  @Override
  protected Captioner open() {
    return open(URI.create(SERVER.baseUrl()));
  }

  @Override
  protected Optional<Captioner> openSilent() {
    return Optional.of(open(silent.address()));
  }

  @Override
  protected List<String> secrets() {
    return List.of(KEY.reveal());
  }

  private static Captioner open(URI address) {
    return OllamaCaptioner.builder("m").endpoint(address).apiKey(KEY).build();
  }
}
