package dev.cutline.httptest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.requestMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.matching.MatchResult;
import dev.cutline.Cancellation;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Captioner;
import dev.cutline.Deadline;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import dev.cutline.Secret;
import dev.cutline.tck.CaptionerContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * What every captioner that asks a server over HTTP has to bear besides what every captioner has to
 * do: each answer means what it should, one call is one attempt, no deadline is missed, no
 * connection leaks, nothing is read without bound, and no secret shows. A provider's test extends
 * it and brings the vendor's answers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class HttpCaptionerContract extends CaptionerContract {
  /** The key that the captioner is given, and that must show nowhere but in the header. */
  protected static final Secret KEY = Secret.of("sk-that-nobody-may-see-0123456789");

  /** A good answer of a model: JSON by the schema that all providers share. */
  protected static final String CAPTIONS =
      "{\"concise\":\"Red bicycle by a wall\",\"creative\":\"A red bicycle waits for its rider.\","
          + "\"alt\":\"A red bicycle leaning on a brick wall\",\"decorative\":false}";

  private static final int TOO_MANY_BYTES = 10 * 1024 * 1024;

  private final WireMockServer server =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort().gzipDisabled(true));
  private final List<Captioner> open = new ArrayList<>();
  private final List<SilentServer> silent = new ArrayList<>();

  /**
   * Returns a new captioner.
   *
   * @param address of the server, without a path: what the vendor has before its own paths is added
   * @param key to be sent as the vendor wants it
   */
  protected abstract Captioner newCaptioner(URI address, Secret key);

  /** Returns the good answer of a server whose model wrote {@code text}. */
  protected abstract Answer reply(String text);

  /** Returns the model that {@link #reply} names. */
  protected abstract String repliedModel();

  /** Returns this vendor's answer in each situation that it can signal. */
  protected abstract Map<Situation, Answer> failures();

  /** Returns the situations that this vendor has no way to signal; none unless overridden. */
  protected Set<Situation> neverSignalled() {
    return EnumSet.noneOf(Situation.class);
  }

  /** Returns what a model that captions writes; {@link #CAPTIONS} unless overridden. */
  protected String goodText() {
    return CAPTIONS;
  }

  /**
   * Tells whether the key is sent, so that a server can tell one from another; true unless
   * overridden for a key that only signs.
   */
  protected boolean sendsItsKey() {
    return true;
  }

  /** Returns the server, to look at what was sent. */
  protected final WireMockServer server() {
    return server;
  }

  /** Makes the server answer every request in one way. */
  protected final void answer(ResponseDefinitionBuilder response) {
    server.stubFor(any(anyUrl()).willReturn(response));
  }

  /** Returns a captioner of {@link #server()}, which is closed after the test. */
  protected final Captioner captioner() {
    return captioner(URI.create(server.baseUrl()));
  }

  private Captioner captioner(URI address) {
    Captioner captioner = newCaptioner(address, KEY);
    open.add(captioner);
    return captioner;
  }

  /** Returns a request for whatever the captioner can write. */
  protected static CaptionRequest request(Captioner captioner) {
    return builder(captioner).build();
  }

  private static CaptionRequest.Builder builder(Captioner captioner) {
    ImageData image =
        ImageData.of(
            new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9},
            ImageFormat.JPEG,
            1,
            1);
    return CaptionRequest.builder(image).styles(captioner.capabilities().styles());
  }

  @BeforeAll
  final void startServer() {
    server.start();
  }

  @AfterAll
  final void stopServer() {
    server.stop();
  }

  @BeforeEach
  final void resetServer() {
    server.resetAll();
  }

  @AfterEach
  final void closeWhatIsOpen() throws IOException {
    open.forEach(Captioner::close);
    open.clear();
    for (SilentServer one : silent) {
      one.close();
    }
    silent.clear();
  }

  @Override
  protected final Captioner open() {
    answer(reply(goodText()).toResponse());
    return newCaptioner(URI.create(server.baseUrl()), KEY);
  }

  @Override
  protected final Optional<Captioner> openSilent() throws IOException {
    SilentServer one = new SilentServer();
    silent.add(one);
    return Optional.of(newCaptioner(one.address(), KEY));
  }

  @Override
  protected final List<String> secrets() {
    return List.of(KEY.reveal());
  }

  @Test
  void returnsTheCaptionsOfAGoodAnswer() {
    answer(reply(goodText()).toResponse());
    Captioner captioner = captioner();

    CaptionReply reply = captioner.caption(request(captioner));

    assertThat(reply.texts().keySet()).isEqualTo(captioner.capabilities().styles());
    assertThat(reply.texts().values()).allSatisfy(text -> assertThat(text).isNotBlank());
    assertThat(reply.model()).isEqualTo(repliedModel());
    assertThat(reply.usage()).isEqualTo(reply(goodText()).usage());
    assertThat(reply.elapsed()).isPositive();
    assertAttempts(1);
  }

  @Test
  void everySituationIsAnsweredOrSaidToBeImpossible() {
    Set<Situation> all = EnumSet.noneOf(Situation.class);
    all.addAll(failures().keySet());
    all.addAll(neverSignalled());

    assertThat(all).isEqualTo(EnumSet.allOf(Situation.class));
    assertThat(Collections.disjoint(failures().keySet(), neverSignalled()))
        .as("either, not both")
        .isTrue();
  }

  @TestFactory
  Stream<DynamicTest> knowsWhatEachFailureMeans() {
    return failures().entrySet().stream()
        .map(
            entry ->
                dynamicTest(
                    entry.getKey().name(), () -> assertFailure(entry.getKey(), entry.getValue())));
  }

  private void assertFailure(Situation situation, Answer answer) {
    server.resetAll();
    answer(answer.toResponse());

    CaptionException e = failure(captioner());

    assertThat(e.reason()).as(e.getMessage()).isEqualTo(answer.reason(situation));
    assertThat(e.retryAfter()).isEqualTo(answer.expectedWait());
    assertThat(e.usage()).isEqualTo(answer.usage());
    assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(400).doesNotContain("\n");
    assertAttempts(1);
  }

  @Test
  void callsProseMalformed() {
    assertReason(
        reply("I see a red bicycle, but I do not speak JSON.").toResponse(),
        Reason.MALFORMED_REPLY);
  }

  @Test
  void callsCutOffJsonMalformed() {
    assertReason(
        reply(goodText().substring(0, goodText().length() / 2)).toResponse(),
        Reason.MALFORMED_REPLY);
  }

  @Test
  void callsAnEmptyTextMalformed() {
    assertReason(reply("").toResponse(), Reason.MALFORMED_REPLY);
  }

  @Test
  void callsAnEmptyBodyMalformed() {
    assertReason(aResponse().withStatus(200), Reason.MALFORMED_REPLY);
    assertReason(aResponse().withStatus(204), Reason.MALFORMED_REPLY);
  }

  @Test
  void callsAnEmptyObjectMalformed() {
    assertReason(aResponse().withStatus(200).withBody("{}"), Reason.MALFORMED_REPLY);
  }

  @Test
  void callsAPageMalformed() {
    assertReason(page(200), Reason.MALFORMED_REPLY);
  }

  @Test
  void judgesAPageOfAProxyByItsStatus() {
    assertReason(page(401), Reason.UNAUTHORIZED);
    assertReason(page(413), Reason.IMAGE_LIMIT);
    assertReason(page(503), Reason.UNAVAILABLE);
  }

  private static ResponseDefinitionBuilder page(int status) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "text/html")
        .withBody("<!DOCTYPE html>\n<html>\n<body>\n<h1>Hello</h1>\n</body>\n</html>");
  }

  @Test
  void readsNoMoreOfALongAnswerThanItHasTo() {
    String body = reply("x".repeat(TOO_MANY_BYTES)).body();
    assertReason(aResponse().withStatus(200).withBody(body), Reason.MALFORMED_REPLY);
    assertReason(aResponse().withStatus(503).withBody(body), Reason.UNAVAILABLE);
  }

  @Test
  void followsNoRedirect() {
    WireMockServer elsewhere = new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    elsewhere.start();
    try {
      for (int status : new int[] {301, 302, 303, 307, 308}) {
        assertReason(
            aResponse().withStatus(status).withHeader("Location", elsewhere.baseUrl() + "/"),
            Reason.MISCONFIGURED);
      }
      assertThat(elsewhere.getAllServeEvents()).isEmpty();
    } finally {
      elsewhere.stop();
    }
  }

  @Test
  void sendsNothingTwiceHoweverTheServerAsksForIt() {
    assertReason(aResponse().withStatus(503).withHeader("Retry-After", "0"), Reason.UNAVAILABLE);
    assertReason(aResponse().withStatus(421), Reason.INTERNAL);
    assertReason(
        aResponse().withStatus(401).withHeader("WWW-Authenticate", "Basic realm=\"x\""),
        Reason.UNAUTHORIZED);
  }

  @Test
  void callsABrokenConnectionUnavailable() {
    assertReason(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), Reason.UNAVAILABLE);
    assertReason(aResponse().withFault(Fault.EMPTY_RESPONSE), Reason.UNAVAILABLE);
  }

  @Test
  void callsAnAddressWhereNobodyListensUnavailable() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    CaptionException e = failure(captioner(URI.create("http://127.0.0.1:" + port)));

    assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void keepsTheDeadlineWithASilentServerAndFreesTheConnection() throws Exception {
    try (SilentServer silent = new SilentServer()) {
      Captioner captioner = captioner(silent.address());
      CaptionRequest hasty =
          builder(captioner).deadline(Deadline.after(Duration.ofMillis(300))).build();

      CaptionException e =
          catchThrowableOfType(CaptionException.class, () -> captioner.caption(hasty));

      assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
      silent.awaitCut();
    }
  }

  @Test
  void keepsTheDeadlineWithAServerThatDrips() {
    answer(reply(goodText()).toResponse().withChunkedDribbleDelay(60, 60_000));
    Captioner captioner = captioner();
    CaptionRequest hasty =
        builder(captioner).deadline(Deadline.after(Duration.ofMillis(500))).build();

    CaptionException e =
        catchThrowableOfType(CaptionException.class, () -> captioner.caption(hasty));

    assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
  }

  @Test
  void sendsNothingOnceTheDeadlineHasPassed() {
    answer(reply(goodText()).toResponse());
    Captioner captioner = captioner();
    CaptionRequest late = builder(captioner).deadline(Deadline.after(Duration.ZERO)).build();

    CaptionException e =
        catchThrowableOfType(CaptionException.class, () -> captioner.caption(late));

    assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
    assertAttempts(0);
  }

  @Test
  void freesTheConnectionWhenCancelled() throws Exception {
    try (SilentServer silent = new SilentServer()) {
      Captioner captioner = captioner(silent.address());
      Cancellation cancellation = new Cancellation();
      CaptionRequest request = builder(captioner).cancellation(cancellation).build();
      CompletableFuture<Reason> reason = new CompletableFuture<>();
      Thread caller = new Thread(() -> reason.complete(reason(captioner, request)), "caller");
      caller.start();
      silent.awaitRequest();

      cancellation.cancel();

      assertThat(reason.get(60, TimeUnit.SECONDS)).isEqualTo(Reason.TIMEOUT);
      silent.awaitCut();
    }
  }

  @Test
  void freesTheConnectionWhenInterruptedAndKeepsTheStatus() throws Exception {
    try (SilentServer silent = new SilentServer()) {
      Captioner captioner = captioner(silent.address());
      CompletableFuture<Reason> reason = new CompletableFuture<>();
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () -> {
                reason.complete(reason(captioner, request(captioner)));
                interrupted.complete(Thread.currentThread().isInterrupted());
              },
              "caller");
      caller.start();
      silent.awaitRequest();

      caller.interrupt();

      assertThat(reason.get(60, TimeUnit.SECONDS)).isEqualTo(Reason.TIMEOUT);
      assertThat(interrupted.get(60, TimeUnit.SECONDS)).isTrue();
      silent.awaitCut();
    }
  }

  private static Reason reason(Captioner captioner, CaptionRequest request) {
    return catchThrowableOfType(CaptionException.class, () -> captioner.caption(request)).reason();
  }

  @Test
  void showsTheKeyNowhere() {
    String key = KEY.reveal();
    List<ResponseDefinitionBuilder> echoes =
        List.of(
            aResponse()
                .withStatus(401)
                .withBody("{\"error\":{\"message\":\"wrong key " + key + "\"}}"),
            aResponse().withStatus(400).withBody("{\"error\":\"wrong key " + key + "\"}"),
            aResponse()
                .withStatus(400)
                .withBody("{\"error\":\"wrong key \\u0073" + key.substring(1) + "\"}"),
            aResponse().withStatus(500).withBody("wrong key " + key),
            aResponse().withStatus(302).withHeader("Location", "/?key=" + key),
            aResponse().withStatus(200).withBody("your key is " + key),
            aResponse()
                .withStatus(200)
                .withBody("{\"error\":{\"code\":\"" + key + "\",\"message\":\"" + key + "\"}}"),
            reply("your key is " + key).toResponse(),
            aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    for (ResponseDefinitionBuilder echo : echoes) {
      server.resetAll();
      answer(echo);
      for (Throwable e = failure(captioner()); e != null; e = e.getCause()) {
        assertThat(e.toString()).doesNotContain(key);
      }
    }
  }

  @Test
  void noRequestFailsWhenItsKeyIsReplaced() throws Exception {
    assumeTrue(sendsItsKey(), "the key only signs");
    int callers = 4;
    String old = "sk-of-yesterday-0123456789";
    String next = "sk-of-today-9876543210";
    AtomicBoolean isReplaced = new AtomicBoolean();
    AtomicInteger asked = new AtomicInteger();
    takeOnly(old);
    Captioner captioner =
        newCaptioner(
            URI.create(server.baseUrl()),
            Secret.of(
                old,
                () -> {
                  asked.incrementAndGet();
                  return isReplaced.get() ? next : old;
                }));
    open.add(captioner);
    CyclicBarrier replaced =
        new CyclicBarrier(
            callers,
            () -> {
              isReplaced.set(true);
              takeOnly(next);
            });
    List<CompletableFuture<List<CaptionReply>>> all = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      all.add(
          CompletableFuture.supplyAsync(
              () -> {
                List<CaptionReply> replies = new ArrayList<>();
                replies.add(captioner.caption(request(captioner)));
                await(replaced);
                replies.add(captioner.caption(request(captioner)));
                replies.add(captioner.caption(request(captioner)));
                return replies;
              },
              task -> new Thread(task, "caller").start()));
    }
    for (CompletableFuture<List<CaptionReply>> replies : all) {
      assertThat(replies.get(60, TimeUnit.SECONDS)).hasSize(3);
    }

    assertThat(asked).as("once for all of them").hasValue(1);
    int attempts = server.getAllServeEvents().size();
    assertThat(attempts - 3 * callers).as("refused").isBetween(1, callers);
  }

  @Test
  void repeatsNothingIfItsKeyWasNotReplaced() {
    refuseTheKey();
    Captioner captioner =
        newCaptioner(URI.create(server.baseUrl()), Secret.of(KEY.reveal(), KEY::reveal));
    open.add(captioner);

    assertThat(failure(captioner).reason()).isEqualTo(Reason.UNAUTHORIZED);
    assertAttempts(1);
  }

  private void refuseTheKey() {
    answer(Objects.requireNonNull(failures().get(Situation.WRONG_KEY)).toResponse());
  }

  /** Refuses every request that has another key. */
  private void takeOnly(String key) {
    refuseTheKey();
    server.stubFor(
        requestMatching(
                request ->
                    MatchResult.of(
                        request.getHeaders().all().stream()
                            .anyMatch(header -> header.firstValue().endsWith(key))))
            .willReturn(reply(goodText()).toResponse()));
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertReason(ResponseDefinitionBuilder response, Reason reason) {
    server.resetAll();
    answer(response);

    CaptionException e = failure(captioner());

    assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason);
    assertThat(e.getMessage()).hasSizeLessThan(400).doesNotContain("\n");
    assertAttempts(1);
  }

  private static CaptionException failure(Captioner captioner) {
    CaptionException e =
        catchThrowableOfType(CaptionException.class, () -> captioner.caption(request(captioner)));
    assertThat(e).as("a failure").isNotNull();
    return e;
  }

  private void assertAttempts(int count) {
    assertThat(server.getAllServeEvents()).as("attempts").hasSize(count);
  }
}
