package dev.cutline.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertAll;

import dev.cutline.Attempt;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Captioner;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Outcome;
import dev.cutline.Reason;
import dev.cutline.core.chain.CaptionChain;
import dev.cutline.core.chain.Rung;
import dev.cutline.core.chain.RungStatus;
import dev.cutline.http.JsonHttp;
import dev.cutline.httptest.RawServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Servers that lie, flood, stall and talk nonsense, asked by each provider over HTTP at the head of
 * a chain: whatever they do costs little memory and no more than the rung's time, has its reason in
 * the trail, leaves nothing behind, and the next rung answers. All providers are asked at once,
 * each a server of its own: most of the time goes by in pauses and in waiting for an end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadServerTest {
  /**
   * What may be sent of one answer besides what is read of its body: up to 12 MiB of heads and
   * sizes, and what the sockets of both sides hold, up to 10 MiB on Linux.
   */
  private static final long UNDER_WAY = 24 * 1024 * 1024;

  /**
   * Bytes that may be allocated for one request of two calls to each provider. An answer of the
   * size that is read at all, 1 MiB, stands in memory as bytes, as text, as text without secrets
   * and as JSON, which for short values takes some ten times its size. Any answer that is read
   * whole here is 100 MB, and as text alone twice that.
   */
  private static final long MOST_ALLOCATED = 256 * 1024 * 1024;

  private static final Duration PLENTY = Duration.ofSeconds(25);

  /** Enough to reach a server of this process, on a machine that is busy with others too. */
  private static final Duration SHORT = Duration.ofMillis(500);

  private static final String CAPTIONS = Vendor.CAPTIONS;

  private final ExecutorService askers = Executors.newFixedThreadPool(Vendor.values().length);
  private final List<AutoCloseable> open = new ArrayList<>();
  private RawServer good;

  /** One provider at the head of a chain, whose server does what it likes. */
  private record Visit(Vendor vendor, RawServer server, CaptionChain chain) {
    RungStatus status() {
      return chain.status().get(0);
    }

    void assertNothingUnderWay() throws InterruptedException {
      Eventually.holds(vendor + ": the call comes back", () -> status().underWay() == 0);
      Eventually.holds(vendor + ": the connection is cut", () -> server.connections() == 0);
    }
  }

  /** Opens the server that a provider meets. */
  private interface Servers {
    RawServer open(Vendor vendor) throws IOException;
  }

  /** What one provider does in the face of its server. */
  private interface Step<T> {
    T take(Visit visit) throws Exception;
  }

  /** Whoever loads half of a library at its first call would not reach its server in time. */
  @BeforeAll
  void startGoodServerAndAskEverybodyOnce() throws Exception {
    good = RawServer.of(BadAnswer.utf8(whole(Vendor.OPENAI.goodBody())));
    atOnce(
        visits(vendor -> RawServer.of(BadAnswer.utf8(whole(vendor.goodBody()))), PLENTY),
        visit -> visit.chain().caption(request()));
    closeAll();
  }

  @AfterAll
  void stopGoodServer() throws IOException {
    askers.shutdown();
    good.close();
  }

  @AfterEach
  void leavesNoThreadBehind() throws Exception {
    closeAll();
    Eventually.holds("the threads of the chain and the captioners end", () -> ours().isEmpty());
  }

  private void closeAll() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    open.clear();
  }

  private static Set<String> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("cutline-"))
        .collect(Collectors.toSet());
  }

  static Stream<BadAnswer> attacks() {
    return BadAnswers.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void costsLittleAndTheNextRungAnswers(BadAnswer bad) throws Exception {
    List<Visit> visits =
        visits(vendor -> new RawServer(bad.exchange()), bad.endless() ? SHORT : PLENTY);
    Map<Vendor, CaptionReply> replies = new EnumMap<>(Vendor.class);

    long allocated = Allocation.during(() -> replies.putAll(askAll(visits)));

    assertThat(allocated).as("bytes allocated for all of them").isLessThan(MOST_ALLOCATED);
    atOnce(
        visits,
        visit -> {
          CaptionReply reply = replies.get(visit.vendor());
          List<Attempt> trail = reply.trail();
          assertThat(reply.rung()).as(trail.toString()).contains("good");
          assertThat(bad.reasons())
              .as(trail.toString())
              .extracting(Outcome::of)
              .contains(trail.get(0).outcome());
          assertThat(trail.get(0).message().orElse("")).isNotBlank().hasSizeLessThan(400);
          int requests = visit.server().requests();
          assertThat(requests).isBetween(1, 2);
          assertThat(visit.server().written())
              .isLessThan(requests * (JsonHttp.MAX_REPLY_BYTES + UNDER_WAY));
          visit.assertNothingUnderWay();
          return reply;
        });
  }

  static Stream<BadAnswer> endless() {
    return attacks().filter(BadAnswer::endless);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endless")
  void endsWithTheDeadlineOfTheChain(BadAnswer bad) throws Exception {
    List<Visit> visits = new ArrayList<>();
    for (Vendor vendor : Vendor.values()) {
      RawServer server = new RawServer(bad.exchange());
      open.add(server);
      visits.add(
          new Visit(vendor, server, opened(builder(vendor, server, PLENTY).deadline(SHORT))));
    }
    atOnce(
        visits,
        visit -> {
          CaptionException failure =
              catchThrowableOfType(CaptionException.class, () -> visit.chain().caption(request()));

          assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
          visit.assertNothingUnderWay();
          return failure;
        });
  }

  static Stream<Arguments> nonsensicalWaits() {
    return Stream.of(
            "-5",
            "100000000000000000000",
            "1e9",
            "NaN",
            "",
            "soon",
            "9".repeat(10_000),
            "0x10",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "Fri, 31 Dec 99999 23:59:59 GMT",
            "Mon, 99 Foo 2026 25:61:61 GMT",
            "\u00e4\u0001\t5")
        .flatMap(value -> Stream.of(429, 503).map(status -> Arguments.of(status, value)));
  }

  @ParameterizedTest(name = "{0} Retry-After: {1}")
  @MethodSource("nonsensicalWaits")
  void leavesAServerThatNamesAnAbsurdTimeAloneForAtMostAMinute(int status, String wait)
      throws Exception {
    String answer = BadAnswer.head(status, "Content-Length: 2\r\nRetry-After: " + wait) + "{}";
    atOnce(
        visits(vendor -> RawServer.of(answer), PLENTY),
        visit -> {
          CaptionReply reply = visit.chain().caption(request());

          assertThat(reply.rung()).as(reply.trail().toString()).contains("good");
          assertThat(visit.server().requests()).isOne();
          Duration left = visit.status().leftAlone().orElse(Duration.ZERO);
          assertThat(left).isBetween(Duration.ZERO, Duration.ofMinutes(1));
          visit.assertNothingUnderWay();
          return reply;
        });
  }

  static Stream<String> texts() {
    String deep = "{\"concise\":".repeat(50_000);
    return Stream.of(
        CAPTIONS.replace("Red", "\u202ederR\u202c\u2066\u200f"),
        CAPTIONS.replace("Red", "Red\\u0000\\u0007\\u001b[31m"),
        CAPTIONS.replace("Red", "Red\\ud800"),
        CAPTIONS.replace("Red", "\\udc00\\ud800"),
        CAPTIONS.replace("Red", "\ufeffRed\u200b\u2028\u0085"),
        CAPTIONS.replace("Red", "\\ufffe\\uffff\\ue000"),
        CAPTIONS.replace("Red", "R" + "\u0301".repeat(10_000)),
        CAPTIONS.replace("Red", "<script>alert(1)</script>"),
        CAPTIONS.replace("\"Red", "\"" + "red ".repeat(100_000)),
        CAPTIONS.replace("{", "{\"concise\":\"twice\","),
        CAPTIONS.replace("false", "1e999999999"),
        CAPTIONS.replace("false", "9".repeat(100_000)),
        deep,
        deep + "1" + "}".repeat(50_000),
        "```".repeat(100_000),
        "{".repeat(200_000),
        "\\\"".repeat(200_000),
        "\0".repeat(100_000),
        "\u202e".repeat(100_000));
  }

  @ParameterizedTest(name = "[{index}]")
  @MethodSource("texts")
  void noTextOfAModelBringsAnythingHiddenOrLong(String text) throws Exception {
    List<Visit> visits =
        visits(vendor -> RawServer.of(BadAnswer.utf8(whole(vendor.body(text)))), PLENTY);
    Map<Vendor, CaptionReply> replies = new EnumMap<>(Vendor.class);

    long allocated = Allocation.during(() -> replies.putAll(askAll(visits)));

    assertThat(allocated).as("bytes allocated for all of them").isLessThan(MOST_ALLOCATED);
    for (Visit visit : visits) {
      CaptionReply reply = replies.get(visit.vendor());
      assertThat(reply.texts().values())
          .as(visit.vendor() + " " + reply.trail())
          .isNotEmpty()
          .allSatisfy(BadServerTest::assertPlain);
      visit.assertNothingUnderWay();
    }
  }

  private static void assertPlain(String text) {
    assertThat(text).hasSizeLessThan(500);
    assertThat(text.codePoints())
        .as(text)
        .noneMatch(
            point ->
                switch (Character.getType(point)) {
                  case Character.CONTROL,
                      Character.FORMAT,
                      Character.SURROGATE,
                      Character.PRIVATE_USE,
                      Character.UNASSIGNED,
                      Character.LINE_SEPARATOR,
                      Character.PARAGRAPH_SEPARATOR ->
                      true;
                  default -> false;
                });
  }

  @Test
  void readsAGoodAnswerBehindAByteOrderMarkAndHints() throws Exception {
    String hints = BadAnswer.head(100, "X: y") + BadAnswer.head(103, "Link: </x>");
    atOnce(
        visits(
            vendor -> RawServer.of(BadAnswer.utf8(hints + whole("\ufeff" + vendor.goodBody()))),
            PLENTY),
        visit -> {
          CaptionReply reply = visit.chain().caption(request());

          assertThat(reply.rung()).as(reply.trail().toString()).contains("bad");
          visit.assertNothingUnderWay();
          return reply;
        });
  }

  @Test
  void asksAServerThatOnlyTalksNonsenseNoMoreOnceThatIsKnown() throws Exception {
    try (RawServer server = RawServer.of(BadAnswer.head(200, "X: y") + "<p>Hello")) {
      CaptionChain chain = chain(Vendor.OPENAI, server, PLENTY);
      for (int i = 0; i < 30; i++) {
        assertThat(chain.caption(request()).rung()).contains("good");
      }
      assertThat(server.requests()).isEqualTo(20);
    }
  }

  private List<Visit> visits(Servers servers, Duration timeout) throws IOException {
    List<Visit> visits = new ArrayList<>();
    for (Vendor vendor : Vendor.values()) {
      RawServer server = servers.open(vendor);
      open.add(server);
      visits.add(new Visit(vendor, server, chain(vendor, server, timeout)));
    }
    return visits;
  }

  private Map<Vendor, CaptionReply> askAll(List<Visit> visits) {
    return atOnce(visits, visit -> visit.chain().caption(request()));
  }

  /** Takes a step with everybody, and fails with whatever any of them has failed with. */
  private <T> Map<Vendor, T> atOnce(List<Visit> visits, Step<T> step) {
    Map<Visit, Future<T>> under = new LinkedHashMap<>();
    visits.forEach(visit -> under.put(visit, askers.submit(() -> step.take(visit))));
    Map<Vendor, T> results = new EnumMap<>(Vendor.class);
    assertAll(
        under.entrySet().stream()
            .<Executable>map(each -> () -> results.put(each.getKey().vendor(), result(each))));
    return results;
  }

  private static <T> T result(Map.Entry<Visit, Future<T>> each) throws InterruptedException {
    try {
      return each.getValue().get();
    } catch (ExecutionException e) {
      throw new AssertionError(each.getKey().vendor() + ": " + e.getCause(), e.getCause());
    }
  }

  private CaptionChain chain(Vendor vendor, RawServer server, Duration timeout) {
    Captioner next = Vendor.OPENAI.open(good.address());
    open.add(next);
    return opened(
        builder(vendor, server, timeout).rung(Rung.builder("good", "openai", next).build()));
  }

  private CaptionChain.Builder builder(Vendor vendor, RawServer server, Duration timeout) {
    Captioner asked = vendor.open(server.address());
    open.add(asked);
    return CaptionChain.builder()
        .deadline(Duration.ofMinutes(1))
        .rung(Rung.builder("bad", "bad", asked).timeout(timeout).build());
  }

  private CaptionChain opened(CaptionChain.Builder builder) {
    CaptionChain chain = builder.build();
    open.add(0, chain);
    return chain;
  }

  private static CaptionRequest request() {
    byte[] bytes = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9};
    return CaptionRequest.builder(ImageData.of(bytes, ImageFormat.JPEG, 1, 1)).build();
  }

  private static String whole(String body) {
    int length = body.getBytes(UTF_8).length;
    // It closes after each answer, and has to say so: a request on a closing connection is lost.
    return BadAnswer.head(200, "Connection: close\r\nContent-Length: " + length) + body;
  }
}
