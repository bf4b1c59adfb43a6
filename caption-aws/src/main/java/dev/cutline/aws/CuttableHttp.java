package dev.cutline.aws;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/**
 * One Apache client for all clients of one owner, made at the first request. It knows which request
 * belongs to which {@link RunningCall}: the SDK sends on the thread that calls, and has no other
 * way to cut a blocking call. Thread-safe.
 */
final class CuttableHttp implements SdkHttpClient {
  /** More than any chain asks at once; each connection is opened only when it is needed. */
  private static final int MAX_CONNECTIONS = 256;

  /** What this thread works on; nothing between calls. */
  private static final ThreadLocal<@Nullable RunningCall> CURRENT = new ThreadLocal<>();

  private @Nullable SdkHttpClient apache;
  private boolean closed;

  /** Runs a call on this thread, so that it can be cut. */
  void run(RunningCall call, Runnable work) {
    CURRENT.set(call);
    call.begin();
    try {
      work.run();
    } finally {
      CURRENT.remove();
      call.end();
    }
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = apache().prepareRequest(request);
    RunningCall call = CURRENT.get();
    return call == null ? prepared : call.watch(prepared);
  }

  @Override
  public String clientName() {
    return "Apache";
  }

  private synchronized SdkHttpClient apache() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    if (apache == null) {
      apache = ApacheHttpClient.builder().maxConnections(MAX_CONNECTIONS).build();
    }
    return apache;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (apache != null) {
      apache.close();
      apache = null;
    }
  }
}
