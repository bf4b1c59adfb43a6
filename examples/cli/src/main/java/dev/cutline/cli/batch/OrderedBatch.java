package dev.cutline.cli.batch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Works on many items, a few at a time, and hands out what comes of them in their order. Items are
 * taken from their iterator only as the work goes on, so neither they nor their results pile up: a
 * slow one holds back at most a window of others. A batch is run once, by one thread.
 *
 * @param <T> an item
 * @param <R> what comes of an item
 */
final class OrderedBatch<T, R> {
  /** Results that may wait for a slower one before them, for each worker. */
  private static final int WINDOW = 32;

  private static final long TICK_MILLIS = 50;

  private final int concurrency;
  private final ExecutorService workers;
  private final long graceNanos;
  private final Interruption interruption;
  private final Deque<Future<@Nullable R>> window = new ArrayDeque<>();
  private volatile boolean ended;
  private Phase phase = Phase.WORKING;
  private long phaseBegan;

  /**
   * Makes a batch.
   *
   * @param concurrency items at work at once, at least 1
   * @param grace for how long those at work may go on after a stop until they are interrupted, and
   *     once more until they are abandoned
   */
  OrderedBatch(int concurrency, Duration grace, Interruption interruption) {
    this.concurrency = concurrency;
    this.workers = Executors.newFixedThreadPool(concurrency);
    this.graceNanos = grace.toNanos();
    this.interruption = interruption;
  }

  /**
   * Does the work on every item. Ends when all are done, or after a stop: then none is begun any
   * more, and what those at work return within the grace is still handed out.
   *
   * @param isLast tells of a result that stops the batch
   * @throws RuntimeException what the work threw
   */
  void run(Iterator<T> items, Function<T, R> work, Consumer<R> sink, Predicate<R> isLast) {
    try {
      fill(items, work);
      while (!window.isEmpty()) {
        R result = await(window.remove());
        if (result != null) {
          sink.accept(result);
          ended |= isLast.test(result);
        }
        fill(items, work);
      }
    } finally {
      ended = true;
      workers.shutdownNow();
    }
  }

  private boolean isStopped() {
    return ended || interruption.isRequested();
  }

  private void fill(Iterator<T> items, Function<T, R> work) {
    while (hasRoom() && !isStopped() && items.hasNext()) {
      T item = items.next();
      window.add(workers.submit(() -> isStopped() ? null : work.apply(item)));
    }
  }

  /** What is done is handed out before more is taken, as long as nobody is idle for it. */
  private boolean hasRoom() {
    Future<@Nullable R> head = window.peek();
    return window.size() < (head != null && head.isDone() ? concurrency : WINDOW * concurrency);
  }

  private @Nullable R await(Future<@Nullable R> future) {
    while (phase != Phase.LEFT_BEHIND || future.isDone()) {
      try {
        return future.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (isStopped()) {
          press();
        }
      } catch (CancellationException e) {
        return null; // never begun
      } catch (InterruptedException e) {
        ended = true;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw e.getCause() instanceof RuntimeException unchecked
            ? unchecked
            : new IllegalStateException(e.getCause());
      }
    }
    return null;
  }

  /** First lets those at work go on, then interrupts them, and at last leaves them behind. */
  private void press() {
    long now = System.nanoTime();
    if (phase == Phase.WORKING) {
      enter(Phase.STOPPING, now);
    }
    if (now - phaseBegan <= graceNanos) {
      return;
    }
    if (phase == Phase.STOPPING) {
      enter(Phase.INTERRUPTED, now);
      workers.shutdownNow().forEach(OrderedBatch::cancel);
    } else {
      enter(Phase.LEFT_BEHIND, now);
    }
  }

  private void enter(Phase next, long now) {
    phase = next;
    phaseBegan = now;
  }

  /** Tells who waits for it that work which nobody has begun will never be done. */
  private static void cancel(Runnable waiting) {
    if (waiting instanceof Future<?> future) {
      future.cancel(false);
    }
  }

  private enum Phase {
    WORKING,
    STOPPING,
    INTERRUPTED,
    LEFT_BEHIND
  }
}
