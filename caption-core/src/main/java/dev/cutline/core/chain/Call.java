package dev.cutline.core.chain;

import dev.cutline.Cancellation;
import dev.cutline.CaptionException;
import dev.cutline.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of a captioner, or of the fitter: on a thread of its own, so that one that hangs holds
 * that thread and not the caller's, or on the caller's, where the work is known to come back in
 * time. Abandoning it cancels the request and interrupts its own thread; whether the work heeds
 * either is its own affair.
 *
 * @param <T> what comes back
 */
final class Call<T> implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Call.class);

  private final Supplier<@Nullable T> work;
  private final Cancellation cancellation;
  private final WhenOver<T> whenOver;
  private final CompletableFuture<T> answer = new CompletableFuture<>();

  private final Object lock = new Object();
  private @Nullable Thread thread;
  private boolean abandoned;

  /**
   * @param cancellation tells the work that it was abandoned
   * @param whenOver runs once, when the work has come back: also long after the call was abandoned
   */
  Call(Supplier<@Nullable T> work, Cancellation cancellation, WhenOver<T> whenOver) {
    this.work = work;
    this.cancellation = cancellation;
    this.whenOver = whenOver;
  }

  /** Returns the answer or failure to come, or why the call was abandoned. */
  CompletableFuture<T> answer() {
    return answer;
  }

  @Override
  public void run() {
    carryOut(true);
  }

  /**
   * Does the work on the thread of whoever waits for it. Abandoning it cancels the request, and
   * interrupts nobody; an interrupt from elsewhere is the caller's, and kept.
   */
  void runHere() {
    carryOut(false);
  }

  private void carryOut(boolean onItsOwnThread) {
    T reply = null;
    Throwable failure = null;
    try {
      if (begin(onItsOwnThread)) {
        reply = work.get();
      }
    } catch (Throwable e) { // whatever it is, the caller waits for it
      failure = e;
    } finally {
      if (onItsOwnThread) {
        end();
      }
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

  /** Ends the waiting for an answer with {@code why}, and asks the work to stop. */
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

  /** What is done when the work has come back. */
  @FunctionalInterface
  interface WhenOver<T> {
    /**
     * Runs once, on the thread of the call.
     *
     * @param reply null if it failed, or was not asked any more
     * @param failure null if it did not fail
     */
    void over(@Nullable T reply, @Nullable Throwable failure);
  }

  private boolean begin(boolean onItsOwnThread) {
    synchronized (lock) {
      thread = abandoned || !onItsOwnThread ? null : Thread.currentThread();
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
