package dev.cutline.core.chain;

import dev.cutline.Cancellation;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** A request that waits on a thread of the chain, and the future that its caller holds. */
final class AsyncRequest {
  private AsyncRequest() {}

  /** Starts a request; whoever completes the future before it is over cancels it. */
  static CompletableFuture<CaptionReply> start(
      CaptionChain chain, Calls calls, CaptionRequest request, ChainOptions options) {
    CompletableFuture<CaptionReply> answer = new CompletableFuture<>();
    Cancellation cancellation = new Cancellation();
    Cancellation.Registration callers = request.onCancel(cancellation::cancel);
    var unused =
        answer.whenComplete(
            (reply, failure) -> {
              callers.close();
              cancellation.cancel(); // nothing is left to cancel where the request itself is over
            });
    CaptionRequest cancellable = request.toBuilder().cancellation(cancellation).build();
    try {
      calls.fork(() -> run(answer, chain, cancellable, options));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(
          new CaptionException(Reason.UNAVAILABLE, "no thread is free for another request", e));
    }
    return answer;
  }

  private static void run(
      CompletableFuture<CaptionReply> answer,
      CaptionChain chain,
      CaptionRequest request,
      ChainOptions options) {
    try {
      answer.complete(chain.caption(request, options));
    } catch (Throwable e) { // whatever it is, somebody waits for it
      answer.completeExceptionally(e);
    }
  }
}
