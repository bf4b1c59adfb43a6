package dev.cutline.benchmarks.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Asks a contender many times and notes what came of it. */
final class Load {
  private Load() {}

  /**
   * Asks at a steady rate, however long the answers take, and measures from the moment at which a
   * request was meant to begin: a client that falls behind looks no better for it.
   */
  static List<Sample> open(Contender contender, double perSecond, Duration time)
      throws InterruptedException {
    int count = (int) Math.round(perSecond * time.toNanos() / 1e9);
    ExecutorService callers = callers();
    try {
      List<Future<Sample>> pending = new ArrayList<>(count);
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        double second = i / perSecond;
        long intended = start + Math.round(second * 1e9);
        waitUntil(intended);
        pending.add(callers.submit(() -> ask(contender, second, intended)));
      }
      List<Sample> samples = new ArrayList<>(count);
      for (Future<Sample> sample : pending) {
        samples.add(sample.get());
      }
      return samples;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a contender did what none may do", e.getCause());
    } finally {
      callers.shutdownNow();
    }
  }

  /** Asks once. */
  static Sample once(Contender contender) {
    return ask(contender, 0, System.nanoTime());
  }

  private static Sample ask(Contender contender, double second, long intended) {
    String failure = null;
    try {
      contender.caption();
    } catch (Exception e) {
      failure = reason(e);
    }
    return new Sample(second, (System.nanoTime() - intended) / 1e6, failure);
  }

  private static String reason(Exception failure) {
    @Nullable String message = failure.getMessage();
    return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  private static void waitUntil(long nanos) {
    long left = nanos - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = nanos - System.nanoTime();
    }
  }

  /** As many threads as there are requests under way; daemons, should one never come back. */
  private static ExecutorService callers() {
    AtomicInteger number = new AtomicInteger();
    return Executors.newCachedThreadPool(
        work -> {
          Thread thread = new Thread(work, "caller-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
