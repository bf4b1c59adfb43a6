package dev.cutline.aws;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;

/**
 * A call that is under way on a thread of its own and can be cut from any other: the connection
 * goes, and the thread is interrupted in whatever else it waits for. Thread-safe.
 */
final class RunningCall {
  private final int maxReplyBytes;
  private @Nullable Thread thread;
  private @Nullable ExecutableHttpRequest request;
  private boolean cut;

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

  private HttpExecuteResponse bounded(HttpExecuteResponse response) {
    AbortableInputStream body = response.responseBody().orElse(null);
    if (body == null) {
      return response;
    }
    return HttpExecuteResponse.builder()
        .response(response.httpResponse())
        .responseBody(AbortableInputStream.create(new BoundedBody(body, maxReplyBytes), body))
        .build();
  }
}
