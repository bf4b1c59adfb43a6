package dev.cutline.aws;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * A call that is under way on a thread of its own and can be cut from any other: the connection
 * goes, and the thread is interrupted in whatever else it waits for. Thread-safe.
 */
final class RunningCall {
  /** Besides the body: a head, and the sizes of chunks. */
  private static final int MOST_BESIDES = 512 * 1024;

  private static final String ENCODING = "Content-Encoding";

  private final int maxReplyBytes;
  private @Nullable Thread thread;
  private @Nullable ExecutableHttpRequest request;
  private boolean cut;

  /** Of the thread that works on it. */
  private long received;

  /** Starts with nothing under way; of each answer {@code maxReplyBytes} bytes are read. */
  RunningCall(int maxReplyBytes) {
    this.maxReplyBytes = maxReplyBytes;
  }

  /** Says that this thread works on it from now on. */
  synchronized void begin() {
    thread = Thread.currentThread();
    if (cut) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that this thread is done, and frees it of an interrupt that came too late. */
  synchronized void end() {
    thread = null;
    request = null;
    if (cut) {
      Thread.interrupted();
    }
  }

  /** Cuts what is under way, and whatever would follow. */
  void cut() {
    ExecutableHttpRequest running;
    synchronized (this) {
      cut = true;
      running = request;
      if (thread != null) {
        thread.interrupt();
      }
    }
    if (running != null) {
      running.abort();
    }
  }

  /**
   * Counts bytes that have come in, on the thread that works on it.
   *
   * @throws SocketException if they are more than a body of an answer and what comes with it
   */
  void received(int bytes) throws SocketException {
    received += bytes;
    if (received > maxReplyBytes + MOST_BESIDES) {
      throw new SocketException("more than " + (maxReplyBytes + MOST_BESIDES) + " bytes came in");
    }
  }

  /** Returns the same request, which can be cut and whose answer is bounded. */
  ExecutableHttpRequest watch(ExecutableHttpRequest prepared) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        enter(prepared);
        return bounded(prepared.call());
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  private synchronized void enter(ExecutableHttpRequest prepared) throws IOException {
    if (cut) {
      throw new IOException("the call was cut before it was sent");
    }
    request = prepared;
  }

  /** Unpacked here, where what comes of it can be counted: the SDK does it without a bound. */
  private HttpExecuteResponse bounded(HttpExecuteResponse response) throws IOException {
    AbortableInputStream body = response.responseBody().orElse(null);
    if (body == null) {
      return response;
    }
    InputStream bounded = new BoundedBody(body, maxReplyBytes);
    SdkHttpResponse.Builder head = response.httpResponse().toBuilder();
    if (isPacked(response.httpResponse())) {
      bounded =
          new BoundedBody(
              AbortableInputStream.create(unpacked(bounded, body), body), maxReplyBytes);
      head.removeHeader(ENCODING);
    }
    return HttpExecuteResponse.builder()
        .response(head.build())
        .responseBody(AbortableInputStream.create(bounded, body))
        .build();
  }

  private static boolean isPacked(SdkHttpResponse head) {
    return head.firstMatchingHeader(ENCODING).filter("gzip"::equalsIgnoreCase).isPresent();
  }

  private static InputStream unpacked(InputStream packed, Abortable connection) throws IOException {
    try {
      return new GZIPInputStream(packed);
    } catch (IOException e) {
      connection.abort();
      throw e;
    }
  }
}
