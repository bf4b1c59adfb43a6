package dev.cutline.core.chain;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * Whether anybody still wants what a piece of work will give: until the request is cancelled, or
 * somebody else was faster. Every wait of the chain is made through it, so that it ends then.
 * Thread-safe.
 */
final class Interest {
  private final Time time;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  Interest(Time time) {
    this.time = time;
  }

  /** Returns an interest of its own that is gone when this one is, at the latest. */
  Interest part() {
    Interest part = new Interest(time);
    whenGone(part::end);
    return part;
  }

  /** Runs {@code action} when nobody wants it any more, on the thread that ends it. */
  void whenGone(Runnable action) {
    var unused = gone.thenRun(action);
  }

  /** Nobody wants it any more. */
  void end() {
    gone.complete(null);
  }

  /**
   * Waits for an event, at most for a time.
   *
   * @return whether it happened
   * @throws CancellationException if nobody wants this any more
   */
  boolean await(CompletableFuture<?> event, Duration atMost) throws InterruptedException {
    boolean happened = time.await(CompletableFuture.anyOf(event, gone), atMost);
    if (gone.isDone()) {
      throw new CancellationException();
    }
    return happened;
  }

  /** Lets time pass. */
  void pause(Duration time) throws InterruptedException {
    await(new CompletableFuture<Void>(), time);
  }

  /**
   * Goes on if it is still wanted.
   *
   * @throws CancellationException if not
   * @throws InterruptedException if the thread was interrupted
   */
  void check() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (gone.isDone()) {
      throw new CancellationException();
    }
  }
}
