package dev.cutline.core.chain;

import dev.cutline.Cancellation;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** A request that waits on a thread of the chain, and the future that its caller holds. */
final class AsyncRequest {
  private AsyncRequest() {}

  /**
   * Starts a request; whoever completes the future before it is over cancels it.
   *
   * @param runs makes the run of a request, on the thread of the caller: listeners find there what
   *     it belongs to
   */
  static CompletableFuture<CaptionReply> start(
      Function<CaptionRequest, ChainRun> runs, Calls calls, CaptionRequest request) {
    CompletableFuture<CaptionReply> answer = new CompletableFuture<>();
    Cancellation cancellation = new Cancellation();
    Cancellation.Registration callers = request.onCancel(cancellation::cancel);
    var unused =
        answer.whenComplete(
            (reply, failure) -> {
              callers.close();
              cancellation.cancel(); // nothing is left to cancel where the request itself is over
            });
    ChainRun run = runs.apply(request.toBuilder().cancellation(cancellation).build());
    try {
      calls.fork(() -> complete(answer, run));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(run.notBegun(e));
    }
    return answer;
  }

  private static void complete(CompletableFuture<CaptionReply> answer, ChainRun run) {
    try {
      answer.complete(run.answer());
    } catch (Throwable e) { // whatever it is, somebody waits for it
      answer.completeExceptionally(e);
    }
  }
}
