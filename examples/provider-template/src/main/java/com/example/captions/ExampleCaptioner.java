package com.example.captions;

import static dev.cutline.CaptionStyle.CONCISE;

import dev.cutline.*;
import java.net.URI;
import java.net.http.*;
import java.util.concurrent.*;

/** Posts the bytes of a picture and takes the plain text that comes back for its caption. */
record ExampleCaptioner(URI endpoint, Secret key, Capabilities capabilities, String fingerprint)
    implements Captioner {
  private static final HttpClient HTTP = HttpClient.newHttpClient(); // no close() before Java 21

  @Override
  public CaptionReply caption(CaptionRequest request) {
    long left = request.deadline().remaining().toNanos();
    if (left == 0 || request.isCancelled() || Thread.currentThread().isInterrupted()) {
      throw new CaptionException(Reason.TIMEOUT, "nobody waits for a caption any more");
    } else if (!request.styles().contains(CONCISE)) {
      throw new CaptionException(Reason.MISCONFIGURED, "it writes concise captions only");
    }
    HttpRequest.Builder post = HttpRequest.newBuilder(endpoint);
    post.headers("Authorization", "Bearer " + key.reveal(), "Accept-Language", request.language());
    post.header("Content-Type", request.image().format().mediaType());
    post.POST(HttpRequest.BodyPublishers.ofByteArray(request.image().toByteArray()));
    var call = HTTP.sendAsync(post.build(), HttpResponse.BodyHandlers.ofString());
    var registration = request.onCancel(() -> call.cancel(true));
    try {
      HttpResponse<String> answer = call.get(left, TimeUnit.NANOSECONDS);
      if (answer.statusCode() == 200 && !answer.body().isBlank()) {
        return CaptionReply.builder("example-1").text(CONCISE, answer.body().strip()).build();
      }
      throw new CaptionException(reason(answer), endpoint + " answered " + answer.statusCode());
    } catch (ExecutionException e) {
      throw new CaptionException(Reason.UNAVAILABLE, endpoint + " cannot be reached", e);
    } catch (TimeoutException | CancellationException e) {
      throw new CaptionException(Reason.TIMEOUT, endpoint + " did not answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaptionException(Reason.TIMEOUT, "interrupted", e);
    } finally {
      registration.close();
      call.cancel(true);
    }
  }

  private static Reason reason(HttpResponse<String> answer) {
    return switch (answer.statusCode()) {
      case 200 -> Reason.MALFORMED_REPLY;
      case 401, 403 -> Reason.UNAUTHORIZED;
      case 429 -> Reason.RATE_LIMITED;
      default -> answer.statusCode() < 500 ? Reason.MISCONFIGURED : Reason.UNAVAILABLE;
    };
  }
}
