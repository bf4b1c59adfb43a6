package dev.cutline.benchmarks.failover;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cutline.CaptionStyle;
import dev.cutline.benchmarks.failover.Behaviour.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MockServerTest {
  private static final String RUNG = "rung";

  private final ObjectMapper mapper = new ObjectMapper();
  private final MockServer server = MockServer.start();
  private final MockControl control = new MockControl(server.address());
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void answersWithCaptionsInEveryStyle() throws Exception {
    control.program(RUNG, Behaviour.answer(Duration.ofMillis(1)));

    HttpResponse<String> answer = call();

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode captions = mapper.readTree(content(answer));
    for (CaptionStyle style : CaptionStyle.values()) {
      assertThat(captions.path(style.id()).asText()).isNotBlank();
    }
  }

  @Test
  void answersNotBeforeItsLatencyIsOver() throws Exception {
    control.program(RUNG, Behaviour.answer(Duration.ofMillis(300)));

    long start = System.nanoTime();
    call();

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  @Test
  void answersWithAStatusAndItsCode() throws Exception {
    for (int status : List.of(401, 500, 503)) {
      control.program(RUNG, Behaviour.status(status));

      HttpResponse<String> answer = call();

      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(mapper.readTree(answer.body()).at("/error/code").asInt()).isEqualTo(status);
      assertThat(answer.headers().firstValue("retry-after")).isEmpty();
    }
  }

  @Test
  void asksToBeLeftAlone() throws Exception {
    control.program(RUNG, Behaviour.retryAfter(429, 30));

    HttpResponse<String> answer = call();

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("retry-after")).hasValue("30");
  }

  @Test
  void hangsUntilTheClientGoes() throws Exception {
    control.program(RUNG, Behaviour.of(Kind.HANG));
    int before = control.openConnections();

    CompletableFuture<HttpResponse<String>> pending = callAsync();
    awaitCalls(1);
    assertThat(pending).isNotDone();
    assertThat(control.openConnections()).isEqualTo(before + 1);
  }

  @Test
  void sendsHeadersAtOnceAndDripsTheBody() throws Exception {
    control.program(RUNG, Behaviour.of(Kind.DRIP));

    HttpResponse<InputStream> answer = http.send(request(), BodyHandlers.ofInputStream());
    long announced = answer.headers().firstValueAsLong("content-length").orElseThrow();
    byte[] first = new byte[1];
    int read;
    try (InputStream body = answer.body()) {
      read = body.read(first);
      assertThat(body.available()).isLessThan((int) announced - 1);
    }

    assertThat(read).isEqualTo(1);
    assertThat(first[0]).isEqualTo((byte) '{');
  }

  @Test
  void resetsTheConnection() throws Exception {
    control.program(RUNG, Behaviour.of(Kind.RESET));

    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST /rungs/rung/v1/chat/completions HTTP/1.1\r\nHost: x\r\n"
                      + "Content-Length: 2\r\n\r\n{}")
                  .getBytes(US_ASCII));

      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void sendsWhatIsNoJson() throws Exception {
    control.program(RUNG, Behaviour.of(Kind.GARBAGE));

    HttpResponse<String> answer = call();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> mapper.readTree(answer.body()))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void sendsHalfOfTheJson() throws Exception {
    control.program(RUNG, Behaviour.of(Kind.HALF_BODY));

    HttpResponse<String> answer = call();

    assertThat(answer.body()).startsWith("{\"id\":");
    assertThatThrownBy(() -> mapper.readTree(answer.body()))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void sendsHalfACaptionInAWholeCompletion() throws Exception {
    control.program(RUNG, Behaviour.of(Kind.HALF_CAPTION));

    String content = content(call());

    assertThat(content).startsWith("{\"concise\":");
    assertThatThrownBy(() -> mapper.readTree(content)).isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void playsPhasesOneAfterTheOther() throws Exception {
    Phase last = Phase.fromNowOn(Behaviour.answer(Latency.NONE));
    control.program(RUNG, Phase.of(Behaviour.status(503), Duration.ofHours(1)), last);
    int during = call().statusCode();
    control.program(RUNG, Phase.of(Behaviour.status(503), Duration.ofMillis(1)), last);
    Thread.sleep(10);
    int after = call().statusCode();

    assertThat(during).isEqualTo(503);
    assertThat(after).isEqualTo(200);
  }

  @Test
  void countsTheCallsOfEachRungSinceItWasProgrammed() throws Exception {
    control.program(RUNG, Behaviour.answer(Latency.NONE));
    call();
    control.program(RUNG, Behaviour.answer(Latency.NONE));
    control.program("other", Behaviour.answer(Latency.NONE));
    Instant before = Instant.now();
    call();
    call();

    assertThat(control.calls(RUNG)).hasSize(2).isSorted();
    assertThat(control.calls(RUNG).get(0) / 1000)
        .isBetween(before.toEpochMilli(), Instant.now().toEpochMilli());
    assertThat(control.calls("other")).isEmpty();
  }

  @Test
  void holdsManyConnectionsWithThreeThreads() throws Exception {
    control.program(RUNG, Behaviour.of(Kind.HANG));
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 1_000; i++) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), server.address().getPort()));
      }
      while (control.openConnections() < sockets.size()) {
        Thread.sleep(5);
      }

      assertThat(
              Thread.getAllStackTraces().keySet().stream()
                  .filter(thread -> thread.getName().contains("EventLoopGroup")))
          .hasSizeBetween(1, 3);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void knowsOnlyItsOwnPaths() throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(server.address().resolve("/else")).build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> call() throws Exception {
    return http.send(request(), BodyHandlers.ofString());
  }

  private CompletableFuture<HttpResponse<String>> callAsync() {
    return http.sendAsync(request(), BodyHandlers.ofString());
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(URI.create(control.rung(RUNG) + "/chat/completions"))
        .POST(BodyPublishers.ofString("{}"))
        .build();
  }

  private String content(HttpResponse<String> answer) throws Exception {
    return mapper.readTree(answer.body()).at("/choices/0/message/content").asText();
  }

  private void awaitCalls(int count) throws Exception {
    while (control.calls(RUNG).size() < count) {
      Thread.sleep(5);
    }
  }
}
