package dev.cutline.core.chain;

import dev.cutline.Cancellation;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Captioner;
import dev.cutline.Reason;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of a captioner on a thread of its own, so that a captioner that hangs holds that thread
 * and not the caller's. Abandoning it cancels the request and interrupts the thread; whether the
 * captioner heeds either is its own affair.
 */
final class Call implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Call.class);

  private final Captioner captioner;
  private final CaptionRequest request;
  private final Cancellation cancellation;
  private final WhenOver whenOver;
  private final CompletableFuture<CaptionReply> answer = new CompletableFuture<>();

  private final Object lock = new Object();
  private @Nullable Thread thread;
  private boolean abandoned;

  /**
   * @param cancellation the one of {@code request}
   * @param whenOver runs once, when the captioner has come back: also long after the call was
   *     abandoned
   */
  Call(Captioner captioner, CaptionRequest request, Cancellation cancellation, WhenOver whenOver) {
    this.captioner = captioner;
    this.request = request;
    this.cancellation = cancellation;
    this.whenOver = whenOver;
  }

  /** Returns the answer or failure to come, or why the call was abandoned. */
  CompletableFuture<CaptionReply> answer() {
    return answer;
  }

  @Override
  public void run() {
    CaptionReply reply = null;
    Throwable failure = null;
    try {
      if (begin()) {
        reply = captioner.caption(request);
      }
    } catch (Throwable e) { // whatever it is, the caller waits for it
      failure = e;
    } finally {
      end();
      whenOver.over(reply, failure);
    }
    if (reply != null) {
      answer.complete(reply);
    } else if (failure != null) {
      answer.completeExceptionally(failure);
    } else {
      answer.completeExceptionally(
          new CaptionException(Reason.MALFORMED_REPLY, "the captioner returned nothing"));
    }
  }

  /** Ends the waiting for an answer with {@code why}, and asks the captioner to stop. */
  void abandon(CaptionException why) {
    if (!answer.completeExceptionally(why)) {
      return;
    }
    synchronized (lock) {
      abandoned = true;
    }
    try {
      cancellation.cancel();
    } catch (RuntimeException e) {
      log.warn("A captioner failed to abort its call", e);
    }
    synchronized (lock) {
      if (thread != null) {
        thread.interrupt();
      }
    }
  }

  /** What is done when a captioner has come back. */
  @FunctionalInterface
  interface WhenOver {
    /**
     * Runs once, on the thread of the call.
     *
     * @param reply null if it failed, or was not asked any more
     * @param failure null if it did not fail
     */
    void over(@Nullable CaptionReply reply, @Nullable Throwable failure);
  }

  private boolean begin() {
    synchronized (lock) {
      thread = abandoned ? null : Thread.currentThread();
      return !abandoned;
    }
  }

  /** After this no interrupt comes any more, and none is left behind for the thread's next work. */
  private void end() {
    synchronized (lock) {
      thread = null;
    }
    Thread.interrupted();
  }
}
