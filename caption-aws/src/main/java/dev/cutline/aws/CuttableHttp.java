package dev.cutline.aws;

import java.net.SocketException;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.http.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;

/**
 * The Apache client of all clients of one owner, made at the first request. It knows which request
 * belongs to which {@link RunningCall}: the SDK sends on the thread that calls, and has no other
 * way to cut a blocking call. Thread-safe.
 *
 * <p>There are two, by how long a server may be silent. What can be cut has a deadline of its own,
 * and a model may think, or be loaded, for longer than the 30 s after which a store is asked again.
 */
final class CuttableHttp implements SdkHttpClient {
  /** More than any chain asks at once; each connection is opened only when it is needed. */
  private static final int MAX_CONNECTIONS = 256;

  /** What this thread works on; nothing between calls. */
  private static final ThreadLocal<@Nullable RunningCall> CURRENT = new ThreadLocal<>();

  /** Of a store, in the middle of an answer too: the SDK's own default. */
  private static final Duration USUAL_SILENCE = Duration.ofSeconds(30);

  /** Longer than any deadline of a chain. */
  private static final Duration LONGEST_SILENCE = Duration.ofHours(1);

  private final Duration silence;
  private final Supplier<SSLContext> tls;
  private @Nullable SdkHttpClient hasty;
  private @Nullable SdkHttpClient patient;
  private boolean closed;

  CuttableHttp() {
    this(USUAL_SILENCE, SSLContexts::createSystemDefault);
  }

  /**
   * Starts with a bound on the silence of servers that are asked outside of a call.
   *
   * @param tls asked at the first request of a call: keys, and whom to trust
   */
  CuttableHttp(Duration silence, Supplier<SSLContext> tls) {
    this.silence = silence;
    this.tls = tls;
  }

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

  /**
   * Counts bytes that have come in on this thread.
   *
   * @throws SocketException if they are more than what it works on may receive
   */
  static void received(int bytes) throws SocketException {
    RunningCall call = CURRENT.get();
    if (call != null) {
      call.received(bytes);
    }
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    RunningCall call = CURRENT.get();
    return call == null
        ? hasty().prepareRequest(request)
        : call.watch(patient().prepareRequest(request));
  }

  @Override
  public String clientName() {
    return "Apache";
  }

  private synchronized SdkHttpClient hasty() {
    checkOpen();
    if (hasty == null) {
      hasty = builder(silence).build();
    }
    return hasty;
  }

  private synchronized SdkHttpClient patient() {
    checkOpen();
    if (patient == null) {
      ApacheHttpClient.Builder builder = builder(LONGEST_SILENCE);
      // The SDK takes a proxy of the system or a planner of routes, not both. A proxy is trusted.
      if (ProxyConfiguration.builder().build().host() == null) {
        builder.httpRoutePlanner(new BoundedConnections(tls.get()));
      }
      patient = builder.build();
    }
    return patient;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
  }

  private static ApacheHttpClient.Builder builder(Duration silence) {
    return ApacheHttpClient.builder().maxConnections(MAX_CONNECTIONS).socketTimeout(silence);
  }

  @Override
  public synchronized void close() {
    closed = true;
    Stream.of(hasty, patient).flatMap(Stream::ofNullable).forEach(SdkHttpClient::close);
    hasty = null;
    patient = null;
  }
}
