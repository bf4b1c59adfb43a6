package com.example.captions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.Reason;
import dev.cutline.Settings;
import dev.cutline.tck.CaptionerContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every captioner has to do comes from the contract; here is what only this one does. */
class ExampleCaptionerTest extends CaptionerContract {
  private static final String KEY = "key-0123456789";

  private final ExampleServer server = new ExampleServer(200, "A red box on green grass\n");

  /** Takes connections and never answers. */
  private final ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

  ExampleCaptionerTest() throws IOException {}

  @AfterEach
  void stopServers() throws IOException {
    server.close();
    silent.close();
  }

  @Override
  protected Captioner open() {
    return open(server.address());
  }

  @Override
  protected Optional<Captioner> openSilent() {
    return Optional.of(open(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/")));
  }

  @Override
  protected List<String> secrets() {
    return List.of(KEY);
  }

  @Test
  void postsThePictureAndReadsTheCaption() {
    CaptionReply reply = open().caption(CaptionRequest.builder(picture()).language("de").build());

    assertThat(reply.text(CaptionStyle.CONCISE)).hasValue("A red box on green grass");
    assertThat(server.requests)
        .containsExactly("POST|Bearer " + KEY + "|image/png|de|" + picture().size());
  }

  @ParameterizedTest
  @CsvSource({
    "200, '', MALFORMED_REPLY",
    "400, x, MISCONFIGURED",
    "401, x, UNAUTHORIZED",
    "403, x, UNAUTHORIZED",
    "404, x, MISCONFIGURED",
    "429, x, RATE_LIMITED",
    "500, x, UNAVAILABLE",
    "503, x, UNAVAILABLE"
  })
  void knowsWhatAFailureMeans(int status, String body, Reason reason) throws IOException {
    try (ExampleServer failing = new ExampleServer(status, body)) {
      assertThat(failure(open(failing.address())).reason()).isEqualTo(reason);
    }
  }

  @Test
  void callsAnAddressWhereNobodyListensUnavailable() {
    server.close();

    assertThat(failure(open()).reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  private CaptionException failure(Captioner captioner) {
    CaptionRequest request = CaptionRequest.builder(picture()).build();
    return catchThrowableOfType(CaptionException.class, () -> captioner.caption(request));
  }

  private static Captioner open(URI endpoint) {
    Map<String, String> settings = Map.of("endpoint", endpoint.toString(), "api-key", KEY);
    return new ExampleCaptionProvider().create(Settings.of(settings));
  }
}
