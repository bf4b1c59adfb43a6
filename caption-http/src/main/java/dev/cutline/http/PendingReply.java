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
  /** A shorter secret is no secret, and striking it out would spoil the answer. */
  private static final int SHORTEST_SECRET = 6;

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

  @Override
  public void onResponse(Call call, Response response) {
    try (response) {
      future.complete(read(response));
    } catch (IOException | RuntimeException e) {
      future.completeExceptionally(e);
    }
  }

  @Override
  public void onFailure(Call call, IOException e) {
    future.completeExceptionally(e);
  }

  private HttpReply read(Response response) throws IOException {
    BufferedSource source = response.body().source();
    boolean cut = source.request(JsonHttp.MAX_REPLY_BYTES + 1L);
    byte[] bytes = cut ? source.readByteArray(JsonHttp.MAX_REPLY_BYTES) : source.readByteArray();
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    String text = withoutSecrets(new String(bytes, StandardCharsets.UTF_8));
    return new HttpReply(response.code(), headers(response), text, cut, elapsed);
  }

  private static Map<String, String> headers(Response response) {
    Map<String, String> headers = new LinkedHashMap<>();
    response
        .headers()
        .forEach(header -> headers.putIfAbsent(header.getFirst(), header.getSecond()));
    return headers;
  }

  private String withoutSecrets(String text) {
    String clean = text;
    for (String secret : post.secrets()) {
      if (secret.length() >= SHORTEST_SECRET) {
        clean = clean.replace(secret, "***");
      }
    }
    return clean;
  }
}
