package dev.cutline.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import okio.BufferedSource;

/** An answer that is being waited for: reads it on the call's thread. */
final class PendingReply implements Callback {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final CompletableFuture<HttpReply> future = new CompletableFuture<>();
  private final HttpPost post;
  private final long startNanos;

  PendingReply(HttpPost post, long startNanos) {
    this.post = post;
    this.startNanos = startNanos;
  }

  CompletableFuture<HttpReply> future() {
    return future;
  }

  /**
   * Cuts the call, and does not wait until it has noticed: a lookup of a name goes on to its end.
   */
  void cancel(Call call) {
    call.cancel();
    future.completeExceptionally(new IOException("Canceled"));
  }

  @Override
  public void onResponse(Call call, Response response) {
    try {
      future.complete(readAndClose(call, response));
    } catch (IOException | RuntimeException e) {
      future.completeExceptionally(e);
    }
  }

  @Override
  public void onFailure(Call call, IOException e) {
    future.completeExceptionally(e);
  }

  private HttpReply readAndClose(Call call, Response response) throws IOException {
    try (ReadAllowance allowance = ReadAllowance.open();
        response) {
      boolean whole = false;
      try {
        HttpReply reply = read(response, allowance);
        whole = !reply.isCut();
        return reply;
      } finally {
        if (!whole) {
          // Otherwise OkHttp goes on reading for a while, to use the connection again.
          call.cancel();
        }
      }
    }
  }

  private HttpReply read(Response response, ReadAllowance allowance) throws IOException {
    BufferedSource source = response.body().source();
    boolean cut = fill(source, JsonHttp.MAX_REPLY_BYTES + 1L, allowance);
    byte[] bytes = cut ? source.readByteArray(JsonHttp.MAX_REPLY_BYTES) : source.readByteArray();
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    String read = new String(bytes, StandardCharsets.UTF_8);
    String text = post.withoutSecrets(read.startsWith(BYTE_ORDER_MARK) ? read.substring(1) : read);
    return new HttpReply(response.code(), headers(response), text, cut, elapsed);
  }

  /** Reads until there are as many bytes, or it ends; returns whether there are. */
  private static boolean fill(BufferedSource source, long bytes, ReadAllowance allowance)
      throws IOException {
    long there = 0;
    while (there < bytes) {
      allowance.renew();
      if (!source.request(there + 1)) {
        return false;
      }
      there = source.getBuffer().size();
    }
    return true;
  }

  private static Map<String, String> headers(Response response) {
    Map<String, String> headers = new LinkedHashMap<>();
    response
        .headers()
        .forEach(header -> headers.putIfAbsent(header.getFirst(), header.getSecond()));
    return headers;
  }
}
