package dev.cutline.http;

import dev.cutline.Cancellation;
import dev.cutline.CaptionException;
import dev.cutline.CaptionRequest;
import dev.cutline.Reason;
import dev.cutline.spi.CallThreads;
import dev.cutline.spi.UserAgent;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one POST and returns the answer whatever its status is; {@link ErrorTable} judges that. One
 * attempt a call, no redirect followed, at most {@value #MAX_REPLY_BYTES} bytes read, and never
 * longer than the request's deadline: then, and when the request is cancelled or the thread
 * interrupted, the connection is cut. Thread-safe.
 *
 * <p>The call runs on a thread of its own while the caller waits, because nothing else frees a
 * platform thread that reads a socket or looks up a name. From Java 24 that thread is a virtual
 * one, and only names are looked up on threads of the system.
 */
public final class JsonHttp implements AutoCloseable {
  /** The most bytes of an answer that are read, after decompression. */
  public static final int MAX_REPLY_BYTES = 1024 * 1024;

  /**
   * How long an idle connection is kept. Shorter than the five seconds after which uvicorn, in
   * front of vLLM and many others, closes it: a request that meets the closing connection would
   * fail, and it is not sent twice.
   */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(JsonHttp.class);

  private final ExecutorService threads = CallThreads.create("cutline-http-");
  private final ExecutorService nameThreads = CallThreads.platform("cutline-names-");
  private final Lanes lanes;
  private final boolean ownsConnections;
  private final String userAgent = UserAgent.ofThisBuild();

  private JsonHttp(OkHttpClient base, boolean ownsConnections) {
    OkHttpClient client =
        base.newBuilder()
            .dispatcher(dispatcher())
            .addNetworkInterceptor(new SameProtocol())
            .addNetworkInterceptor(new BearableRetryAfter())
            .dns(new PatientDns(base.dns(), nameThreads))
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .callTimeout(Duration.ZERO)
            .build();
    this.ownsConnections = ownsConnections;
    this.lanes = ownsConnections ? new Lanes(() -> withOwnConnections(client)) : Lanes.of(client);
  }

  private Dispatcher dispatcher() {
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
    return dispatcher;
  }

  private OkHttpClient withOwnConnections(OkHttpClient client) {
    return client
        .newBuilder()
        .dispatcher(dispatcher())
        .connectionPool(new ConnectionPool(Lanes.WIDTH, KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS))
        .build();
  }

  /** Returns a sender with connections of its own. */
  public static JsonHttp create() {
    return new JsonHttp(ownClient(), true);
  }

  static OkHttpClient ownClient() {
    return new OkHttpClient.Builder()
        .connectTimeout(CONNECT_TIMEOUT)
        .socketFactory(new NoDelaySockets())
        .build();
  }

  /**
   * Returns a sender over a client of the caller's, with its proxy, trust, interceptors, sockets
   * and connections. Its timeouts, except that for connecting, its redirects and its retries are
   * replaced; it is not closed. What a server says in one line about the size of a chunk is bounded
   * over sockets of a sender's own only.
   */
  public static JsonHttp over(OkHttpClient client) {
    return new JsonHttp(client, false);
  }

  /**
   * Sends {@code post} and returns the answer.
   *
   * @param request whose deadline and cancellation hold
   * @throws CaptionException {@link Reason#TIMEOUT} when the deadline passes, the request is
   *     cancelled or the thread interrupted (its status is kept); {@link Reason#UNAVAILABLE} when
   *     the server cannot be reached or breaks off
   * @throws IllegalStateException if this sender is closed
   */
  public HttpReply post(HttpPost post, CaptionRequest request) {
    if (threads.isShutdown()) {
      throw new IllegalStateException("closed");
    }
    Duration left = request.deadline().remaining();
    if (left.isZero() || request.isCancelled() || Thread.currentThread().isInterrupted()) {
      throw new CaptionException(
          Reason.TIMEOUT, post + ": not sent, the deadline had passed or nobody waited");
    }
    Request toSend = post.toRequest(userAgent);
    Lanes.Lane lane = lanes.enter();
    try {
      return send(post, lane.client().newCall(toSend), request, left);
    } finally {
      lane.exit();
    }
  }

  private HttpReply send(HttpPost post, Call call, CaptionRequest request, Duration left) {
    PendingReply pending = new PendingReply(post, System.nanoTime());
    Cancellation.Registration registration = request.onCancel(() -> pending.cancel(call));
    try {
      call.enqueue(pending);
      HttpReply reply = await(pending.future(), left);
      LOG.debug("{} -> {} in {} ms", post, reply.status(), reply.elapsed().toMillis());
      return reply;
    } catch (IOException e) {
      throw TransportErrors.toException(post, e, request.isCancelled() || threads.isShutdown());
    } catch (TimeoutException e) {
      call.cancel();
      throw new CaptionException(
          Reason.TIMEOUT, post + ": no answer within " + left.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      call.cancel();
      Thread.currentThread().interrupt();
      throw new CaptionException(Reason.TIMEOUT, post + ": interrupted", e);
    } finally {
      registration.close();
    }
  }

  /** Cuts calls under way and closes what this instance created. */
  @Override
  public void close() {
    threads.shutdown();
    nameThreads.shutdown();
    for (OkHttpClient client : lanes.clients()) {
      client.dispatcher().cancelAll();
      if (ownsConnections) {
        client.connectionPool().evictAll();
      }
    }
  }

  private static HttpReply await(CompletableFuture<HttpReply> reply, Duration left)
      throws IOException, TimeoutException, InterruptedException {
    try {
      return reply.get(left.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw cause instanceof IOException io ? io : new IOException("the HTTP client failed", cause);
    }
  }
}
