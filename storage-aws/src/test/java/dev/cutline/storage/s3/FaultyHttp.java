package dev.cutline.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/** The way to a server, with faults that tests ask for; and a list of all that went along it. */
final class FaultyHttp implements SdkHttpClient {
  private final SdkHttpClient real = ApacheHttpClient.create();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /** What happens to a request instead of what should. */
  @FunctionalInterface
  interface Fault {
    HttpExecuteResponse meet(Send send) throws IOException;
  }

  /** Sends the request after all. */
  @FunctionalInterface
  interface Send {
    HttpExecuteResponse send() throws IOException;
  }

  /** Meets the next {@code times} requests that fit. */
  FaultyHttp next(int times, Predicate<SdkHttpRequest> fits, Fault fault) {
    rules.add(new Rule(fits, fault, times));
    return this;
  }

  /** Lets everything pass again. */
  void forget() {
    rules.clear();
  }

  /** Returns method and query of all requests since the last time, such as "PUT partNumber". */
  List<String> requests() {
    List<String> all = new ArrayList<>(requests);
    requests.clear();
    return all;
  }

  static Predicate<SdkHttpRequest> method(String method) {
    return request -> request.method().name().equals(method);
  }

  /** Fits the request of an operation that stands in the query, such as {@code uploads}. */
  static Predicate<SdkHttpRequest> query(String method, String parameter) {
    return method(method).and(request -> request.rawQueryParameters().containsKey(parameter));
  }

  /** The server answers an error and does nothing. */
  static Fault answer(int status, String code, String message) {
    return send -> response(status, error(code, message));
  }

  static Fault answer(SdkHttpFullResponse.Builder head, String body) {
    return send ->
        HttpExecuteResponse.builder().response(head.build()).responseBody(body(body)).build();
  }

  /** The server does it and its answer is lost. */
  static Fault lostAnswer() {
    return send -> {
      drain(send.send());
      throw new SocketException("Connection reset");
    };
  }

  /** The server does it, and somebody between answers an error. */
  static Fault doneButAnswered(int status, String code) {
    return send -> {
      drain(send.send());
      return response(status, error(code, "Please try again."));
    };
  }

  /** Nothing arrives. */
  static Fault unreachable() {
    return send -> {
      throw new SocketException("Connection refused");
    };
  }

  /** The connection breaks after some bytes of the answer. */
  static Fault cutAfter(int bytes) {
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
  static Fault damagedAt(int position) {
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
            return rule.fault.meet(sent::call);
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

  static String error(String code, String message) {
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
