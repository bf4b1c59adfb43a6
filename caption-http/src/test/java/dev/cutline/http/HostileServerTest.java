package dev.cutline.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cutline.CaptionException;
import dev.cutline.CaptionRequest;
import dev.cutline.Deadline;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import dev.cutline.httptest.RawServer;
import dev.cutline.prompt.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that lie, flood and stall: whatever they do is bounded and has its reason. */
class HostileServerTest {
  private static final ErrorTable ERRORS = ErrorTable.of("Vendor").build();
  private static final int FLOOD = 100 * 1024 * 1024;

  /** What the sockets of both sides may hold, besides what was read. */
  private static final int UNDER_WAY = 16 * 1024 * 1024;

  private final JsonHttp http = JsonHttp.create();

  @AfterEach
  void close() {
    http.close();
  }

  @ParameterizedTest
  @CsvSource({"200, MALFORMED_REPLY", "503, UNAVAILABLE", "401, UNAUTHORIZED"})
  void takesNoMoreThanItReadsOfAFlood(int status, Reason reason) throws IOException {
    try (RawServer server =
        new RawServer(
            out -> {
              write(out, head(status, "Content-Length: " + FLOOD) + "{\"a\":\"");
              flood(out, FLOOD);
            })) {
      assertThat(failure(server).reason()).isEqualTo(reason);
      assertThat(server.written()).isLessThan(JsonHttp.MAX_REPLY_BYTES + UNDER_WAY);
    }
  }

  @Test
  void endsABodyThatNeverEnds() throws IOException {
    try (RawServer server =
        new RawServer(
            out -> {
              write(out, head(200, "Transfer-Encoding: chunked"));
              while (true) {
                write(out, "400\r\n" + "a".repeat(1_024) + "\r\n");
              }
            })) {
      assertThat(failure(server).reason()).isEqualTo(Reason.MALFORMED_REPLY);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "HTTP/1.1 200 OK\r\nX"})
  void waitsNoLongerThanTheDeadlineForTheRest(String beginning) throws IOException {
    try (RawServer server =
        new RawServer(
            out -> {
              write(out, beginning);
              stall();
            })) {
      CaptionRequest hasty =
          CaptionRequest.builder(image()).deadline(Deadline.after(Duration.ofMillis(300))).build();

      assertThat(failure(server, hasty).reason()).isEqualTo(Reason.TIMEOUT);
    }
  }

  @Test
  void unpacksNoMoreThanItReads() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      flood(gzip, FLOOD);
    }
    try (RawServer server =
        new RawServer(
            out -> {
              write(out, head(200, "Content-Encoding: gzip\r\nContent-Length: " + packed.size()));
              out.write(packed.toByteArray());
            })) {
      assertThat(packed.size()).as("a bomb").isLessThan(FLOOD / 500);
      HttpReply reply = http.post(post(server), request());

      assertThat(reply.isCut()).isTrue();
      assertThat(reply.text()).hasSize(JsonHttp.MAX_REPLY_BYTES);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnone",
        "Content-Length: 100\r\n\r\n{\"a\":1}",
        "Content-Length: -5\r\n\r\n{\"a\":1}",
        "Transfer-Encoding: chunked\r\n\r\nff\r\n{}",
        "Transfer-Encoding: chunked\r\n\r\nnothing\r\n{}",
        "Transfer-Encoding: chunked\r\n\r\n-7\r\n{}\r\n0\r\n\r\n",
        "Content-Type"
      })
  void callsAnAnswerThatCannotBeReadToItsEndUnavailable(String rest) throws IOException {
    try (RawServer server = RawServer.of("HTTP/1.1 200 OK\r\n" + rest)) {
      CaptionException e = failure(server);

      assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(e).hasMessageContaining("the connection broke");
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.6\r\n",
        "HTTP/9 200\r\n\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "\u0000\u0001",
        ""
      })
  void callsWhatIsNotHttpUnavailable(String answer) throws IOException {
    try (RawServer server = RawServer.of(answer)) {
      assertThat(failure(server).reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void readsNoMoreThanTheLengthThatIsClaimed() throws IOException {
    try (RawServer server = RawServer.of(head(200, "Content-Length: 5") + "{\"a\":1}")) {
      assertThat(failure(server).reason()).isEqualTo(Reason.MALFORMED_REPLY);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999999999999", "many"})
  void readsToTheEndWhereTheLengthMakesNoSense(String length) throws IOException {
    try (RawServer server = RawServer.of(head(200, "Content-Length: " + length) + "{\"a\":1}")) {
      assertThat(body(server).path("a").intValue()).isEqualTo(1);
    }
  }

  @Test
  void bearsTenThousandHeaders() throws IOException {
    StringBuilder headers = new StringBuilder("Connection: close");
    for (int i = 0; i < 10_000; i++) {
      headers.append("\r\nX-").append(i).append(": y");
    }
    try (RawServer server = RawServer.of(head(200, headers.toString()) + "{\"a\":1}")) {
      assertThat(body(server).path("a").intValue()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X: y\r\n", "yyyyyyyyyyyyyyyy"})
  void endsAHeadThatNeverEnds(String more) throws IOException {
    try (RawServer server =
        new RawServer(
            out -> {
              write(out, "HTTP/1.1 200 OK\r\nX: ");
              while (true) {
                write(out, more.repeat(1_000));
              }
            })) {
      assertThat(failure(server).reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(server.written()).isLessThan(UNDER_WAY);
    }
  }

  @ParameterizedTest
  @CsvSource({"10;, a", "'', 0"})
  void endsALineOfAChunkThatNeverEnds(String beginning, String more) throws IOException {
    byte[] block = more.repeat(8_192).getBytes(ISO_8859_1);
    try (RawServer server =
        new RawServer(
            out -> {
              write(out, head(200, "Transfer-Encoding: chunked") + beginning);
              while (true) {
                out.write(block);
              }
            })) {
      CaptionException e = failure(server);

      assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(e).hasRootCauseMessage("more than 262144 bytes came in, and none of the body");
      assertThat(server.written()).isLessThan(UNDER_WAY);
    }
  }

  @Test
  void letsGoOfTheConnectionOfAServerThatChangesTheProtocol() throws Exception {
    OkHttpClient client = new OkHttpClient();
    try (RawServer server = RawServer.of(head(101, "Connection: Upgrade\r\nUpgrade: x"));
        JsonHttp sender = JsonHttp.over(client)) {
      for (int asked = 1; asked <= 2; asked++) {
        assertThatThrownBy(() -> sender.post(post(server), request()))
            .isInstanceOf(CaptionException.class)
            .hasMessageContaining("changed the protocol");
        ConnectionPool pool = client.connectionPool();
        assertThat(pool.connectionCount() - pool.idleConnectionCount()).as("in use").isZero();
        assertThat(server.requests()).as("on a connection of its own").isEqualTo(asked);
      }
    }
  }

  @Test
  void readsAnAnswerInChunksOfOneByte() throws IOException {
    StringBuilder chunks = new StringBuilder(head(200, "Transfer-Encoding: chunked"));
    String body = "{\"a\":\"" + "x".repeat(JsonHttp.MAX_REPLY_BYTES - 8) + "\"}";
    body.chars().forEach(each -> chunks.append("1\r\n").append((char) each).append("\r\n"));
    try (RawServer server = RawServer.of(chunks + "0\r\n\r\n")) {
      assertThat(body(server).path("a").textValue()).hasSize(JsonHttp.MAX_REPLY_BYTES - 8);
    }
  }

  @ParameterizedTest
  @CsvSource({"429, RATE_LIMITED, PT1M", "503, UNAVAILABLE, PT1M", "408, TIMEOUT,"})
  void bearsATimeToWaitBeyondAllNumbers(int status, Reason reason, @Nullable Duration wait)
      throws IOException {
    try (RawServer server =
        RawServer.of(head(status, "Retry-After: 5\r\nRetry-After: 100000000000000000000") + "{}")) {
      CaptionException e = failure(server);

      assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason);
      assertThat(e.retryAfter()).isEqualTo(Optional.ofNullable(wait));
    }
  }

  @Test
  void endsAnswersThatAreAlwaysOnlyAnnounced() throws IOException {
    try (RawServer server =
        RawServer.of("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".repeat(1_000))) {
      assertThat(failure(server).reason()).isIn(Reason.INTERNAL, Reason.UNAVAILABLE);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.1/",
        "http://[::1]/",
        "file:///etc/passwd",
        "//elsewhere",
        "::"
      })
  void followsNoRedirect(String location) throws IOException {
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      try (RawServer server = RawServer.of(head(status, "Location: " + location))) {
        CaptionException e = failure(server);

        assertThat(e.reason()).isEqualTo(Reason.MISCONFIGURED);
        assertThat(e).hasMessageContaining("redirects are not followed");
        assertThat(server.requests()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "503 | Retry-After: 0                        | UNAVAILABLE",
        "408 | Retry-After: 0                        | TIMEOUT",
        "421 | Retry-After: 0                        | INTERNAL",
        "401 | WWW-Authenticate: Basic realm=x       | UNAUTHORIZED",
        "407 | Proxy-Authenticate: Basic realm=x     | UNAVAILABLE",
        "426 | Upgrade: h2c                          | MISCONFIGURED",
        "999 | X: y                                  | INTERNAL",
      })
  void sendsOnceWhateverTheServerAsksFor(int status, String header, Reason reason)
      throws IOException {
    try (RawServer server = RawServer.of(head(status, header))) {
      assertThat(failure(server).reason()).isEqualTo(reason);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void calls10000LevelsOfJsonMalformed() throws IOException {
    String deep = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
    try (RawServer good = RawServer.of(answer(200, deep));
        RawServer bad = RawServer.of(answer(429, deep))) {
      assertThat(failure(good).reason()).isEqualTo(Reason.MALFORMED_REPLY);
      assertThat(failure(bad).reason()).isEqualTo(Reason.RATE_LIMITED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":1}{\"a\":1}",
        "<!DOCTYPE html><html><body>Hello</body></html>",
        "NaN",
        "\u00ff\u00fe{\u0000}\u0000"
      })
  void callsWhatIsNoPlainJsonMalformed(String body) throws IOException {
    try (RawServer server = RawServer.of(answer(200, body))) {
      assertThat(failure(server).reason()).isEqualTo(Reason.MALFORMED_REPLY);
    }
  }

  @Test
  void callsANumberWithoutEndMalformed() throws IOException {
    try (RawServer server = RawServer.of(answer(200, "{\"a\":" + "9".repeat(500_000) + "}"))) {
      assertThat(failure(server).reason()).isEqualTo(Reason.MALFORMED_REPLY);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"code\":1e999999999,\"message\":\"m\"}}",
        "{\"error\":{\"code\":99999999999999999999}}",
        "{\"error\":\"m\",\"estimated_time\":1e400}",
        "{\"error\":\"m\",\"usage\":{\"prompt_tokens\":1e30,\"completion_tokens\":9223372036854775807}}"
      })
  void bearsHugeNumbersInAFailure(String body) throws IOException {
    try (RawServer server = RawServer.of(answer(503, body))) {
      CaptionException e = failure(server);

      assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(e.usage().inputTokens()).isZero();
      assertThat(e.usage().outputTokens()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "image/png", "nonsense", "application/json; charset=utf-16"})
  void readsJsonWhateverItIsCalled(String type) throws IOException {
    try (RawServer server = RawServer.of(head(200, "Content-Type: " + type) + "{\"a\":1}")) {
      assertThat(body(server).path("a").intValue()).isEqualTo(1);
    }
  }

  @Test
  void readsJsonBehindAByteOrderMark() throws IOException {
    String marked = new String("\ufeff{\"a\":1}".getBytes(UTF_8), ISO_8859_1);
    try (RawServer server = RawServer.of(answer(200, marked))) {
      assertThat(body(server).path("a").intValue()).isEqualTo(1);
    }
  }

  private static String answer(int status, String body) {
    return head(status, "Content-Length: " + body.length()) + body;
  }

  private static String head(int status, String headers) {
    return "HTTP/1.1 " + status + " Whatever\r\n" + headers + "\r\n\r\n";
  }

  private static void flood(OutputStream out, int bytes) throws IOException {
    byte[] block = new byte[8_192];
    for (int sent = 0; sent < bytes; sent += block.length) {
      out.write(block);
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
  }

  private static void stall() {
    try {
      Thread.sleep(Duration.ofMinutes(1).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JsonNode body(RawServer server) {
    return ERRORS.body(http.post(post(server), request()));
  }

  private CaptionException failure(RawServer server) {
    return failure(server, request());
  }

  private CaptionException failure(RawServer server, CaptionRequest request) {
    CaptionException e =
        catchThrowableOfType(
            CaptionException.class, () -> ERRORS.body(http.post(post(server), request)));
    assertThat(e).as("a failure").isNotNull();
    assertThat(e.getMessage()).hasSizeLessThan(400).doesNotContain("\n");
    return e;
  }

  private static HttpPost post(RawServer server) {
    return HttpPost.to(URI.create(server.address() + "/v1")).json(Json.object());
  }

  private static CaptionRequest request() {
    return CaptionRequest.builder(image()).build();
  }

  private static ImageData image() {
    return ImageData.of(new byte[] {1}, ImageFormat.JPEG, 1, 1);
  }
}
