package dev.cutline.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.cutline.Cancellation;
import dev.cutline.CaptionException;
import dev.cutline.CaptionRequest;
import dev.cutline.Deadline;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import dev.cutline.Secret;
import dev.cutline.httptest.SilentServer;
import dev.cutline.prompt.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonHttpTest {
  private static final WireMockServer SERVER =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort().dynamicHttpsPort());
  private static final Secret KEY = Secret.of("key-that-nobody-sees");

  private final JsonHttp http = JsonHttp.create();

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
  }

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void sendsJsonWithHeadersAndReturnsTheAnswer() {
    SERVER.stubFor(any(anyUrl()).willReturn(okJson("{\"a\":1}").withHeader("X-Request-Id", "r1")));

    HttpReply reply =
        http.post(
            post().header("x-title", "t").bearer(KEY).json(Json.object().put("q", "ü")), request());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json()).contains(Json.object().put("a", 1));
    assertThat(reply.header("x-request-ID")).contains("r1");
    assertThat(reply.elapsed()).isPositive();
    SERVER.verify(
        1,
        postRequestedFor(urlEqualTo("/v1/x?v=1"))
            .withHeader("Authorization", equalTo("Bearer key-that-nobody-sees"))
            .withHeader("Content-Type", equalTo("application/json"))
            .withHeader("Accept", equalTo("application/json"))
            .withHeader("User-Agent", matching("cutline/\\S+"))
            .withHeader("x-title", equalTo("t"))
            .withRequestBody(equalToJson("{\"q\":\"ü\"}")));
  }

  @Test
  void sendsAPictureAsItIs() {
    SERVER.stubFor(any(anyUrl()).willReturn(okJson("[]")));

    http.post(post().image(image()), request());

    var sent = SERVER.getAllServeEvents().get(0).getRequest();
    assertThat(sent.getHeader("Content-Type")).isEqualTo("image/jpeg");
    assertThat(sent.getBody()).containsExactly(1, 2, 3);
  }

  @Test
  void returnsEveryStatusWithItsBody() {
    for (int status : new int[] {204, 302, 400, 401, 404, 408, 429, 500, 503}) {
      SERVER.resetAll();
      String body = status == 204 ? "" : "text";
      SERVER.stubFor(
          any(anyUrl())
              .willReturn(
                  aResponse().withStatus(status).withHeader("Location", "/x").withBody(body)));

      HttpReply reply = http.post(post().json(Json.object()), request());

      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.text()).isEqualTo(body);
      assertThat(SERVER.getAllServeEvents()).as("attempts for %d", status).hasSize(1);
    }
  }

  @Test
  void readsOneMebibyteOfALongAnswer() {
    String body = "[" + "1,".repeat(5_000_000) + "1]";
    SERVER.stubFor(any(anyUrl()).willReturn(okJson(body).withGzipDisabled(true)));

    HttpReply reply = http.post(post().json(Json.object()), request());

    assertThat(reply.isCut()).isTrue();
    assertThat(reply.text()).hasSize(JsonHttp.MAX_REPLY_BYTES);
    assertThat(reply.json()).isEmpty();
  }

  @Test
  void countsTheBytesAfterDecompression() {
    SERVER.stubFor(any(anyUrl()).willReturn(okJson("[" + "1,".repeat(5_000_000) + "1]")));

    HttpReply reply = http.post(post().json(Json.object()), request());

    assertThat(reply.isCut()).isTrue();
  }

  @Test
  void takesAnAnswerOfExactlyTheLimit() {
    SERVER.stubFor(
        any(anyUrl()).willReturn(okJson("\"" + "a".repeat(JsonHttp.MAX_REPLY_BYTES - 2) + "\"")));

    HttpReply reply = http.post(post().json(Json.object()), request());

    assertThat(reply.isCut()).isFalse();
    assertThat(reply.json()).isPresent();
  }

  @Test
  void strikesSecretsOutOfTheAnswer() {
    SERVER.stubFor(
        any(anyUrl()).willReturn(okJson("{\"error\":\"wrong key " + KEY.reveal() + "\"}")));

    HttpReply reply = http.post(post().header("api-key", KEY).json(Json.object()), request());

    assertThat(reply.text()).isEqualTo("{\"error\":\"wrong key ***\"}");
  }

  @Test
  void printsNeitherHeadersNorQueryNorBody() {
    URI uri = URI.create("https://user:password@host/path?key=" + KEY.reveal());
    HttpPost post = HttpPost.to(uri).bearer(KEY).json(Json.object().put("q", KEY.reveal()));

    assertThat(post).hasToString("POST https://host/path");
  }

  @Test
  void refusesAHeaderThatCannotBeSentWithoutNamingItsValue() {
    CaptionException e =
        catchThrowableOfType(
            CaptionException.class, () -> post().header("x-api-key", Secret.of("key\nX: y")));

    assertThat(e.reason()).isEqualTo(Reason.MISCONFIGURED);
    assertThat(e).hasMessageContaining("x-api-key").hasMessageNotContaining("key\n");
  }

  @Test
  void saysThatNobodyKnowsAHost() {
    assertFailure(
        URI.create("http://no-such-host.invalid/"), Reason.UNAVAILABLE, "nobody knows this host");
  }

  @Test
  void saysThatNobodyAnswers() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertFailure(
        URI.create("http://127.0.0.1:" + port),
        Reason.UNAVAILABLE,
        "nobody answers at this address");
  }

  @Test
  void saysThatTheConnectionBroke() {
    for (Fault fault :
        List.of(
            Fault.CONNECTION_RESET_BY_PEER, Fault.EMPTY_RESPONSE, Fault.RANDOM_DATA_THEN_CLOSE)) {
      SERVER.resetAll();
      SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withFault(fault)));

      assertFailure(uri(), Reason.UNAVAILABLE, "the connection broke");
      assertThat(SERVER.getAllServeEvents()).as("attempts for %s", fault).hasSize(1);
    }
  }

  @Test
  void trustsOnlyCertificatesThatTheJvmTrusts() {
    URI https = URI.create("https://localhost:" + SERVER.httpsPort() + "/");
    assertFailure(https, Reason.UNAVAILABLE, "no secure connection");
  }

  @Test
  void findsAServerThatListensOnOneOfSeveralAddresses() {
    SERVER.stubFor(any(anyUrl()).willReturn(okJson("{}")));
    OkHttpClient twoAddresses =
        new OkHttpClient.Builder()
            .dns(host -> List.of(ipv4(127, 0, 0, 2), ipv4(127, 0, 0, 1)))
            .build();
    try (JsonHttp over = JsonHttp.over(twoAddresses)) {
      HttpReply reply =
          over.post(post("http://ollama.test:" + SERVER.port()).json(Json.object()), request());

      assertThat(reply.status()).isEqualTo(200);
    }
  }

  @Test
  void sendsNothingOnceTheDeadlineHasPassed() {
    CaptionRequest late =
        CaptionRequest.builder(image()).deadline(Deadline.after(Duration.ZERO)).build();

    assertTimeout(() -> http.post(post().json(Json.object()), late));
    assertThat(SERVER.getAllServeEvents()).isEmpty();
  }

  @Test
  void sendsNothingWhenAlreadyCancelled() {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    CaptionRequest cancelled = CaptionRequest.builder(image()).cancellation(cancellation).build();

    assertTimeout(() -> http.post(post().json(Json.object()), cancelled));
    assertThat(SERVER.getAllServeEvents()).isEmpty();
  }

  @Test
  void cutsTheConnectionWhenTheDeadlinePasses() throws Exception {
    try (SilentServer server = new SilentServer()) {
      CaptionRequest hasty =
          CaptionRequest.builder(image()).deadline(Deadline.after(Duration.ofMillis(200))).build();

      assertTimeout(() -> http.post(HttpPost.to(server.address()).json(Json.object()), hasty));
      server.awaitCut();
    }
  }

  @Test
  void cutsTheConnectionWhenCancelled() throws Exception {
    try (SilentServer server = new SilentServer()) {
      Cancellation cancellation = new Cancellation();
      CaptionRequest request = CaptionRequest.builder(image()).cancellation(cancellation).build();
      CompletableFuture<HttpReply> call =
          CompletableFuture.supplyAsync(
              () -> http.post(HttpPost.to(server.address()).json(Json.object()), request));
      server.awaitRequest();

      cancellation.cancel();

      assertCancelled(call);
      server.awaitCut();
    }
  }

  @Test
  void doesNotWaitForANameServiceWhenCancelled() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CompletableFuture<List<InetAddress>> addresses = new CompletableFuture<>();
    OkHttpClient nameless =
        new OkHttpClient.Builder()
            .dns(
                host -> {
                  asked.countDown();
                  return addresses.join();
                })
            .build();
    Cancellation cancellation = new Cancellation();
    CaptionRequest request = CaptionRequest.builder(image()).cancellation(cancellation).build();
    try (JsonHttp over = JsonHttp.over(nameless)) {
      CompletableFuture<HttpReply> call =
          CompletableFuture.supplyAsync(
              () -> over.post(post("http://slow.test/").json(Json.object()), request));
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

      cancellation.cancel();

      assertCancelled(call);
    } finally {
      addresses.complete(List.of(ipv4(127, 0, 0, 1)));
    }
  }

  @Test
  void cutsTheConnectionWhenTheThreadIsInterruptedAndKeepsTheStatus() throws Exception {
    try (SilentServer server = new SilentServer()) {
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () -> {
                try {
                  http.post(HttpPost.to(server.address()).json(Json.object()), request());
                } catch (CaptionException e) {
                  interrupted.complete(
                      e.reason() == Reason.TIMEOUT && Thread.currentThread().isInterrupted());
                }
              });
      caller.start();
      server.awaitRequest();

      caller.interrupt();

      assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
      server.awaitCut();
    }
  }

  @Test
  void cutsTheConnectionWhenClosed() throws Exception {
    try (SilentServer server = new SilentServer()) {
      CompletableFuture<HttpReply> call =
          CompletableFuture.supplyAsync(
              () -> http.post(HttpPost.to(server.address()).json(Json.object()), request()));
      server.awaitRequest();

      http.close();

      assertCancelled(call);
      server.awaitCut();
    }
  }

  @Test
  void endsItsThreadsWhenClosedAndSendsNoMore() throws Exception {
    SERVER.stubFor(any(anyUrl()).willReturn(okJson("{}")));
    http.post(post().json(Json.object()), request());

    http.close();
    http.close();

    assertThatThrownBy(() -> http.post(post().json(Json.object()), request()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void leavesAClientThatItWasGivenOpen() throws Exception {
    SERVER.stubFor(any(anyUrl()).willReturn(okJson("{}")));
    OkHttpClient given = new OkHttpClient();
    try (JsonHttp over = JsonHttp.over(given)) {
      over.post(post().json(Json.object()), request());
    }

    assertThat(given.connectionPool().connectionCount()).isEqualTo(1);
    assertThat(given.dispatcher().executorService().isShutdown()).isFalse();
    given.connectionPool().evictAll();
    given.dispatcher().executorService().shutdown();
  }

  @Test
  void forgetsHowToCancelOnceACallIsOver() {
    SERVER.stubFor(any(anyUrl()).willReturn(okJson("{}")));
    AtomicInteger cancelled = new AtomicInteger();
    OkHttpClient observed =
        new OkHttpClient.Builder()
            .eventListener(
                new EventListener() {
                  @Override
                  public void canceled(Call call) {
                    cancelled.incrementAndGet();
                  }
                })
            .build();
    Cancellation cancellation = new Cancellation();
    CaptionRequest request = CaptionRequest.builder(image()).cancellation(cancellation).build();
    try (JsonHttp over = JsonHttp.over(observed)) {
      over.post(post().json(Json.object()), request);

      cancellation.cancel();

      assertThat(cancelled).hasValue(0);
    }
  }

  @Test
  void runsCallsOnDaemonsAndSaysWhenTheTimeToConnectRanOut() {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    OkHttpClient slow =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  threads.add(Thread.currentThread());
                  throw new SocketTimeoutException("Connect timed out");
                })
            .build();
    try (JsonHttp over = JsonHttp.over(slow)) {
      CaptionException e =
          catchThrowableOfType(
              CaptionException.class, () -> over.post(post().json(Json.object()), request()));

      assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(e).hasMessageEndingWith("no connection in time");
      assertThat(threads).hasSize(1).allMatch(Thread::isDaemon);
    }
  }

  @Test
  void sendsAsManyAtOnceAsAreAskedFor() throws Exception {
    int calls = 12;
    try (ServerSocket socket = new ServerSocket(0, calls, ipv4(127, 0, 0, 1))) {
      URI address = URI.create("http://127.0.0.1:" + socket.getLocalPort());
      List<CompletableFuture<HttpReply>> replies = new ArrayList<>();
      List<Socket> connections = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        replies.add(
            CompletableFuture.supplyAsync(
                () -> http.post(HttpPost.to(address).json(Json.object()), request()),
                task -> new Thread(task).start()));
      }
      for (int i = 0; i < calls; i++) {
        connections.add(socket.accept());
      }
      for (Socket connection : connections) {
        connection.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(UTF_8));
        connection.getOutputStream().flush();
      }
      for (CompletableFuture<HttpReply> reply : replies) {
        assertThat(reply.get(60, TimeUnit.SECONDS).status()).isEqualTo(204);
      }
      for (Socket connection : connections) {
        connection.close();
      }
    }
  }

  @Test
  void tellsSuccessByTheStatus() {
    for (int status : new int[] {199, 200, 299, 300}) {
      HttpReply reply = HttpReply.of(status, Map.of(), "secret");

      assertThat(reply.isSuccess()).isEqualTo(status / 100 == 2);
      assertThat(reply).hasToString("status " + status + ", 6 characters");
    }
  }

  private void assertFailure(URI uri, Reason reason, String words) {
    CaptionException e =
        catchThrowableOfType(
            CaptionException.class,
            () -> http.post(HttpPost.to(uri).bearer(KEY).json(Json.object()), request()));

    assertThat(e)
        .hasMessageContaining(words)
        .hasMessageStartingWith("POST http")
        .hasMessageNotContaining(KEY.reveal());
    assertThat(e.reason()).isEqualTo(reason);
    assertThat(e).hasCauseInstanceOf(IOException.class);
  }

  private static void assertTimeout(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThat(catchThrowableOfType(CaptionException.class, call).reason())
        .isEqualTo(Reason.TIMEOUT);
  }

  private static void assertCancelled(CompletableFuture<HttpReply> call) {
    ExecutionException e =
        catchThrowableOfType(ExecutionException.class, () -> call.get(30, TimeUnit.SECONDS));
    assertThat(e.getCause())
        .isInstanceOfSatisfying(
            CaptionException.class, cause -> assertThat(cause.reason()).isEqualTo(Reason.TIMEOUT));
  }

  private static HttpPost.Builder post() {
    return HttpPost.to(uri());
  }

  private static HttpPost.Builder post(String uri) {
    return HttpPost.to(URI.create(uri));
  }

  private static URI uri() {
    return URI.create("http://localhost:" + SERVER.port() + "/v1/x?v=1");
  }

  private static CaptionRequest request() {
    return CaptionRequest.builder(image()).build();
  }

  private static InetAddress ipv4(int... address) throws UnknownHostException {
    return InetAddress.getByAddress(
        new byte[] {(byte) address[0], (byte) address[1], (byte) address[2], (byte) address[3]});
  }

  private static ImageData image() {
    return ImageData.of(new byte[] {1, 2, 3}, ImageFormat.JPEG, 1, 1);
  }
}
