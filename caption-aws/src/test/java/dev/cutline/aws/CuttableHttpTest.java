package dev.cutline.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.http.ssl.SSLContexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;

class CuttableHttpTest {
  private static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  @RegisterExtension static final AwsServer AWS = new AwsServer();
  @TempDir private Path folder;

  @Test
  void aModelMayBeSilentForLongerThanAStore() {
    AWS.answer(aResponse().withStatus(200).withBody("late").withFixedDelay(600));
    try (CuttableHttp http =
        new CuttableHttp(Duration.ofMillis(100), SSLContexts::createSystemDefault)) {
      assertThatThrownBy(() -> ask(http, AWS.address()))
          .hasRootCauseInstanceOf(SocketTimeoutException.class);

      assertThat(askInCall(http, AWS.address(), 1_000)).isEqualTo("late");
    }
  }

  @Test
  void asksOverTlsWhomItTrustsAndNobodyElse() throws Exception {
    try (TlsServer server = new TlsServer(folder, out -> out.write(ascii(GOOD)))) {
      SSLContext trusting = server.context();
      try (CuttableHttp http = new CuttableHttp(Duration.ofSeconds(30), () -> trusting)) {
        assertThat(askInCall(http, server.address(), 1_000)).isEqualTo("hello");
        // That it is the right machine has to stand in the certificate.
        URI byNumber = URI.create(server.address().toString().replace("localhost", "127.0.0.1"));
        assertThatThrownBy(() -> askInCall(http, byNumber, 1_000))
            .hasRootCauseInstanceOf(SSLException.class);
      }
      try (CuttableHttp http = new CuttableHttp()) {
        assertThatThrownBy(() -> askInCall(http, server.address(), 1_000))
            .hasCauseInstanceOf(SSLException.class);
      }
    }
  }

  @Test
  void boundsWhatComesInOverTlsToo() throws Exception {
    try (TlsServer server = new TlsServer(folder, CuttableHttpTest::headWithoutEnd)) {
      SSLContext trusting = server.context();
      try (CuttableHttp http = new CuttableHttp(Duration.ofSeconds(30), () -> trusting)) {
        assertThatThrownBy(() -> askInCall(http, server.address(), 1_000))
            .rootCause()
            .isInstanceOf(SocketException.class)
            .hasMessage("more than 525288 bytes came in");
      }
    }
  }

  private static void headWithoutEnd(OutputStream out) throws IOException {
    out.write(ascii("HTTP/1.1 200 OK\r\nX: "));
    while (true) {
      out.write(ascii("a".repeat(10_000)));
    }
  }

  @Test
  void unpacksAnAnswerAndNoMoreOfItThanItReads() {
    AWS.answer(packed("a".repeat(5_000)));
    try (CuttableHttp http = new CuttableHttp()) {
      assertThat(askInCall(http, AWS.address(), 10_000)).isEqualTo("a".repeat(5_000));
      assertThat(askInCall(http, AWS.address(), 1_000)).isEqualTo("a".repeat(1_000));

      AWS.answer(aResponse().withHeader("Content-Encoding", "gzip").withBody("not packed"));
      assertThatThrownBy(() -> askInCall(http, AWS.address(), 1_000))
          .hasRootCauseInstanceOf(ZipException.class);
    }
  }

  private static ResponseDefinitionBuilder packed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(ascii(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return aResponse().withHeader("Content-Encoding", "GZIP").withBody(bytes.toByteArray());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns what a call reads of an answer of which it takes so many bytes. */
  private static String askInCall(CuttableHttp http, URI address, int most) {
    AtomicReference<String> body = new AtomicReference<>();
    http.run(new RunningCall(most), () -> body.set(ask(http, address)));
    return body.get();
  }

  private static String ask(CuttableHttp http, URI address) {
    SdkHttpFullRequest request =
        SdkHttpFullRequest.builder().method(SdkHttpMethod.GET).uri(address).build();
    try {
      HttpExecuteResponse answer =
          http.prepareRequest(HttpExecuteRequest.builder().request(request).build()).call();
      assertThat(answer.httpResponse().firstMatchingHeader("Content-Encoding")).isEmpty();
      try (var body = answer.responseBody().orElseThrow()) {
        return new String(body.readAllBytes(), StandardCharsets.US_ASCII);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
