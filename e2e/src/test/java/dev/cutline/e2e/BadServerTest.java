package dev.cutline.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Servers that lie, flood, stall and talk nonsense, asked by each provider over HTTP at the head of
 * a chain: whatever they do costs little memory and no more than the rung's time, has its reason in
 * the trail, leaves nothing behind, and the next rung answers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadServerTest {
  /**
   * What may be sent of one answer besides what is read of its body: up to 12 MiB of heads and
   * sizes, and what the sockets of both sides hold, up to 10 MiB on Linux.
   */
  private static final long UNDER_WAY = 24 * 1024 * 1024;

  /**
   * Bytes that may be allocated for one request of two calls. An answer of the size that is read at
   * all, 1 MiB, stands in memory as bytes, as text, as text without secrets and as JSON, which for
   * short values takes some ten times its size. Any answer that is read whole here is 100 MB.
   */
  private static final long MOST_ALLOCATED = 64 * 1024 * 1024;

  private static final Duration PLENTY = Duration.ofSeconds(25);
  private static final Duration SHORT = Duration.ofMillis(300);

  private static final String CAPTIONS =
      "{\"concise\":\"Red bicycle by a wall\",\"creative\":\"A red bicycle waits for its rider.\","
          + "\"alt\":\"A red bicycle leaning on a brick wall\",\"decorative\":false}";

  private final List<AutoCloseable> open = new ArrayList<>();
  private RawServer good;

  @BeforeAll
  void startGoodServer() throws IOException {
    good = RawServer.of(BadAnswer.utf8(whole(Vendor.OPENAI.body(CAPTIONS))));
  }

  @AfterAll
  void stopGoodServer() throws IOException {
    good.close();
  }

  @AfterEach
  void leavesNoThreadBehind() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    open.clear();
    Eventually.holds("the threads of the chain and the captioners end", () -> ours().isEmpty());
  }

  private static Set<String> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("cutline-"))
        .collect(Collectors.toSet());
  }

  static Stream<Arguments> attacks() {
    return BadAnswers.all().stream()
        .flatMap(answer -> Stream.of(Vendor.values()).map(vendor -> Arguments.of(vendor, answer)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("attacks")
  void costsLittleAndTheNextRungAnswers(Vendor vendor, BadAnswer bad) throws Exception {
    try (RawServer server = new RawServer(bad.exchange())) {
      CaptionChain chain = chain(vendor, server, bad.endless() ? SHORT : PLENTY);
      CaptionReply[] reply = new CaptionReply[1];

      long allocated = Allocation.during(() -> reply[0] = chain.caption(request()));

      List<Attempt> trail = reply[0].trail();
      assertThat(reply[0].rung()).as(trail.toString()).contains("good");
      assertThat(bad.reasons())
          .as(trail.toString())
          .extracting(Outcome::of)
          .contains(trail.get(0).outcome());
      assertThat(trail.get(0).message().orElse("")).isNotBlank().hasSizeLessThan(400);
      assertThat(server.requests()).isBetween(1, 2);
      assertThat(server.written())
          .isLessThan(server.requests() * (JsonHttp.MAX_REPLY_BYTES + UNDER_WAY));
      assertThat(allocated).isLessThan(MOST_ALLOCATED);
      assertNothingUnderWay(chain, server);
    }
  }

  static Stream<Arguments> endless() {
    return attacks().filter(each -> ((BadAnswer) each.get()[1]).endless());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("endless")
  void endsWithTheDeadlineOfTheChain(Vendor vendor, BadAnswer bad) throws Exception {
    try (RawServer server = new RawServer(bad.exchange())) {
      CaptionChain chain = opened(builder(vendor, server, PLENTY).deadline(SHORT));

      CaptionException failure =
          catchThrowableOfType(CaptionException.class, () -> chain.caption(request()));

      assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
      assertNothingUnderWay(chain, server);
    }
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
    for (Vendor vendor : Vendor.values()) {
      try (RawServer server =
          RawServer.of(
              BadAnswer.head(status, "Content-Length: 2\r\nRetry-After: " + wait) + "{}")) {
        CaptionChain chain = chain(vendor, server, PLENTY);

        CaptionReply reply = chain.caption(request());

        assertThat(reply.rung()).as(reply.trail().toString()).contains("good");
        assertThat(server.requests()).isOne();
        Duration left = status(chain).leftAlone().orElse(Duration.ZERO);
        assertThat(left).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        assertNothingUnderWay(chain, server);
      }
    }
  }

  static Stream<Arguments> texts() {
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
            "\u202e".repeat(100_000))
        .flatMap(text -> Stream.of(Vendor.values()).map(vendor -> Arguments.of(vendor, text)));
  }

  @ParameterizedTest(name = "{0} [{index}]")
  @MethodSource("texts")
  void noTextOfAModelBringsAnythingHiddenOrLong(Vendor vendor, String text) throws Exception {
    try (RawServer server = RawServer.of(BadAnswer.utf8(whole(vendor.body(text))))) {
      CaptionChain chain = chain(vendor, server, PLENTY);
      CaptionReply[] reply = new CaptionReply[1];

      long allocated = Allocation.during(() -> reply[0] = chain.caption(request()));

      assertThat(reply[0].texts().values())
          .as(reply[0].trail().toString())
          .isNotEmpty()
          .allSatisfy(BadServerTest::assertPlain);
      assertThat(allocated).isLessThan(MOST_ALLOCATED);
      assertNothingUnderWay(chain, server);
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

  @ParameterizedTest
  @EnumSource(Vendor.class)
  void readsAGoodAnswerBehindAByteOrderMarkAndHints(Vendor vendor) throws Exception {
    String hints = BadAnswer.head(100, "X: y") + BadAnswer.head(103, "Link: </x>");
    String answer = hints + whole("\ufeff" + vendor.body(CAPTIONS));
    try (RawServer server = RawServer.of(BadAnswer.utf8(answer))) {
      CaptionChain chain = chain(vendor, server, PLENTY);

      CaptionReply reply = chain.caption(request());

      assertThat(reply.rung()).as(reply.trail().toString()).contains("bad");
      assertNothingUnderWay(chain, server);
    }
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

  private static RungStatus status(CaptionChain chain) {
    return chain.status().get(0);
  }

  private static void assertNothingUnderWay(CaptionChain chain, RawServer server)
      throws InterruptedException {
    Eventually.holds("the call comes back", () -> status(chain).underWay() == 0);
    Eventually.holds("the connection is cut", () -> server.connections() == 0);
  }
}
