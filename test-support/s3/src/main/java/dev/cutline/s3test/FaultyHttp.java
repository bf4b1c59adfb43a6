package dev.cutline.s3test;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/**
 * The way of a client of the AWS SDK to its server, with faults that tests ask for, and a list of
 * all that went along it. Thread-safe.
 *
 * <pre>{@code
 * FaultyHttp http = new FaultyHttp();
 * S3Client client = server.clientBuilder().httpClient(http).build();
 * http.next(2, FaultyHttp.method("PUT"), FaultyHttp.answer(503, "SlowDown", "Please slow down."));
 * }</pre>
 */
public final class FaultyHttp implements SdkHttpClient {
  private final SdkHttpClient real = ApacheHttpClient.create();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /** What happens to a request instead of what should. */
  @FunctionalInterface
  public interface Fault {
    HttpExecuteResponse meet(Send send) throws IOException;
  }

  /** The request that meets a fault, to be sent after all. */
  public interface Send {
    /** Returns what it carries; nothing if it has no body. */
    byte[] body() throws IOException;

    HttpExecuteResponse send() throws IOException;

    /** Sends it with another body, for servers that do not check what was signed. */
    HttpExecuteResponse send(byte[] body) throws IOException;
  }

  /** Meets the next {@code times} requests that fit. */
  public FaultyHttp next(int times, Predicate<SdkHttpRequest> fits, Fault fault) {
    rules.add(new Rule(fits, fault, times));
    return this;
  }

  /** Lets everything pass again. */
  public void forget() {
    rules.clear();
  }

  /** Returns method and query of all requests since the last time, such as "PUT partNumber". */
  public List<String> requests() {
    List<String> all = new ArrayList<>(requests);
    requests.clear();
    return all;
  }

  public static Predicate<SdkHttpRequest> method(String method) {
    return request -> request.method().name().equals(method);
  }

  /** Fits the request of an operation that stands in the query, such as {@code uploads}. */
  public static Predicate<SdkHttpRequest> query(String method, String parameter) {
    return method(method).and(request -> request.rawQueryParameters().containsKey(parameter));
  }

  /** Fits a call of DynamoDB, such as {@code PutItem}. */
  public static Predicate<SdkHttpRequest> target(String operation) {
    return request ->
        request
            .firstMatchingHeader("X-Amz-Target")
            .filter(target -> target.endsWith("." + operation))
            .isPresent();
  }

  /** Fits all requests from the {@code first}th on, counted from 1 where this stands alone. */
  public static Predicate<SdkHttpRequest> from(int first) {
    AtomicInteger count = new AtomicInteger();
    return request -> count.incrementAndGet() >= first;
  }

  /** The server answers an error in XML, as S3 does, and does nothing. */
  public static Fault answer(int status, String code, String message) {
    return send -> response(status, error(code, message));
  }

  /** The server answers an error in JSON, as DynamoDB does, and does nothing. */
  public static Fault jsonError(int status, String code, String message) {
    String body = "{\"__type\":\"x#%s\",\"message\":\"%s\"}".formatted(code, message);
    return send -> response(status, body);
  }

  /** The server answers this and does nothing. */
  public static Fault answer(SdkHttpFullResponse.Builder head, String body) {
    return send ->
        HttpExecuteResponse.builder().response(head.build()).responseBody(body(body)).build();
  }

  /** The server does it and its answer is lost. */
  public static Fault lostAnswer() {
    return send -> {
      drain(send.send());
      throw new SocketException("Connection reset");
    };
  }

  /** The server does it, and somebody between answers an error. */
  public static Fault doneButAnswered(int status, String code) {
    return send -> {
      drain(send.send());
      return response(status, error(code, "Please try again."));
    };
  }

  /** Nothing arrives. */
  public static Fault unreachable() {
    return send -> {
      throw new SocketException("Connection refused");
    };
  }

  /** The connection breaks after some bytes of the answer. */
  public static Fault cutAfter(int bytes) {
    return send -> {
      HttpExecuteResponse whole = send.send();
      AbortableInputStream body = whole.responseBody().orElseThrow();
      return HttpExecuteResponse.builder()
          .response(whole.httpResponse())
          .responseBody(AbortableInputStream.create(new Cut(body, bytes), body))
          .build();
    };
  }

  /** One bit of the answer is not what the server has sent. */
  public static Fault damagedAt(int position) {
    return send -> {
      HttpExecuteResponse whole = send.send();
      byte[] bytes = whole.responseBody().orElseThrow().readAllBytes();
      bytes[position] ^= 1;
      return HttpExecuteResponse.builder()
          .response(whole.httpResponse())
          .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
          .build();
    };
  }

  /** Somebody between takes the length off the answer. */
  public static Fault withoutLength() {
    return send -> {
      HttpExecuteResponse whole = send.send();
      return HttpExecuteResponse.builder()
          .response(whole.httpResponse().toBuilder().removeHeader("Content-Length").build())
          .responseBody(whole.responseBody().orElseThrow())
          .build();
    };
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    SdkHttpRequest head = request.httpRequest();
    ExecutableHttpRequest sent = real.prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        requests.add((head.method() + " " + head.encodedQueryParameters().orElse("")).strip());
        for (Rule rule : rules) {
          if (rule.takes(head)) {
            return rule.fault.meet(new Sending(request, sent));
          }
        }
        return sent.call();
      }

      @Override
      public void abort() {
        sent.abort();
      }
    };
  }

  @Override
  public void close() {
    real.close();
  }

  /** A request on its way. */
  private final class Sending implements Send {
    private final HttpExecuteRequest request;
    private final ExecutableHttpRequest prepared;

    Sending(HttpExecuteRequest request, ExecutableHttpRequest prepared) {
      this.request = request;
      this.prepared = prepared;
    }

    @Override
    public byte[] body() throws IOException {
      if (request.contentStreamProvider().isEmpty()) {
        return new byte[0];
      }
      try (InputStream body = request.contentStreamProvider().get().newStream()) {
        return body.readAllBytes();
      }
    }

    @Override
    public HttpExecuteResponse send() throws IOException {
      return prepared.call();
    }

    @Override
    public HttpExecuteResponse send(byte[] body) throws IOException {
      SdkHttpRequest head =
          request.httpRequest().toBuilder()
              .putHeader("Content-Length", Integer.toString(body.length))
              .build();
      return real.prepareRequest(
              HttpExecuteRequest.builder()
                  .request(head)
                  .contentStreamProvider(() -> new ByteArrayInputStream(body))
                  .build())
          .call();
    }
  }

  private static void drain(HttpExecuteResponse response) throws IOException {
    if (response.responseBody().isPresent()) {
      try (InputStream body = response.responseBody().get()) {
        body.readAllBytes();
      }
    }
  }

  private static HttpExecuteResponse response(int status, String body) {
    return HttpExecuteResponse.builder()
        .response(SdkHttpFullResponse.builder().statusCode(status).build())
        .responseBody(body(body))
        .build();
  }

  private static AbortableInputStream body(String text) {
    return AbortableInputStream.create(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns the body of an error of S3. */
  public static String error(String code, String message) {
    return "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>";
  }

  private static final class Rule {
    private final Predicate<SdkHttpRequest> fits;
    private final Fault fault;
    private int left;

    Rule(Predicate<SdkHttpRequest> fits, Fault fault, int times) {
      this.fits = fits;
      this.fault = fault;
      this.left = times;
    }

    synchronized boolean takes(SdkHttpRequest request) {
      return left > 0 && fits.test(request) && left-- > 0;
    }
  }

  private static final class Cut extends FilterInputStream {
    private int left;

    Cut(InputStream in, int bytes) {
      super(in);
      this.left = bytes;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0) {
        throw new SocketException("Connection reset");
      }
      int read = super.read(buffer, offset, Math.min(length, left));
      left -= Math.max(read, 0);
      return read;
    }
  }
}
