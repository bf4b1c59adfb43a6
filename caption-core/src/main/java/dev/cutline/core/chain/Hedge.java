package dev.cutline.core.chain;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

/**
 * The rung after, asked as well once the one before it has taken longer than it usually does. Its
 * good answer ends the interest in the first one's. Used by the thread of the request, and by the
 * one that {@link #start} begins.
 */
final class Hedge {
  private final Duration after;
  private final HedgeAllowance allowance;
  private final Calls calls;
  private final RungVisit second;
  private final Interest inFirst;
  private final Runnable observer;
  private final CompletableFuture<Optional<CaptionReply>> over = new CompletableFuture<>();
  private boolean started;

  /**
   * @param after how long the first one's call may take before this is started
   * @param allowance of the first one
   * @param second how the rung after is asked
   * @param inFirst the interest in the first one's answer
   * @param observer is told when this is started, by the thread of the request
   */
  Hedge(
      Duration after,
      HedgeAllowance allowance,
      Calls calls,
      RungVisit second,
      Interest inFirst,
      Runnable observer) {
    this.after = after;
    this.allowance = allowance;
    this.calls = calls;
    this.second = second;
    this.inFirst = inFirst;
    this.observer = observer;
  }

  /** Returns how long the first one's call may take before this is started. */
  Duration after() {
    return after;
  }

  /** Asks, unless that was done before, there were too many hedges, or no thread is free. */
  void start() {
    if (started || !allowance.take()) {
      return;
    }
    try {
      calls.fork(this::run);
      started = true;
    } catch (RejectedExecutionException e) {
      return; // the first one may still answer, and if not, this one is asked in its turn
    }
    observer.run();
  }

  boolean isStarted() {
    return started;
  }

  private void run() {
    try {
      Optional<CaptionReply> reply = second.ask(null);
      over.complete(reply);
      if (reply.isPresent()) {
        inFirst.end();
      }
    } catch (Throwable e) { // whatever it is, the request waits for it
      over.completeExceptionally(e);
    }
  }

  /** Returns the good answer; empty while there is none. */
  Optional<CaptionReply> answer() {
    return over.isDone() && !over.isCompletedExceptionally() ? over.join() : Optional.empty();
  }

  /**
   * Waits for what came of it.
   *
   * @param interest in any answer
   * @param trail of the request
   * @return the answer, or nothing if somebody else is to be asked
   * @throws CaptionException if nobody else is to be asked
   */
  Optional<CaptionReply> await(Interest interest, Trail trail, Deadline until)
      throws InterruptedException {
    if (!interest.await(over, until.remaining())) {
      return Optional.empty();
    }
    try {
      return over.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CaptionException stop) {
        throw trail.stop(stop); // the first one's line is complete by now
      }
      return Optional.empty(); // its thread was interrupted: the chain is being closed
    }
  }
}
