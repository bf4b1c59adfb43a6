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
    return withThreads(
        Integer.MAX_VALUE,
        threads -> {
          List<Future<Sample>> samples = new ArrayList<>(count);
          long start = System.nanoTime();
          for (int i = 0; i < count; i++) {
            double second = i / perSecond;
            long intended = start + Math.round(second * 1e9);
            waitUntil(intended);
            samples.add(threads.submit(() -> ask(contender, second, intended)));
          }
          return samples;
        });
  }

  /** Asks so that this many requests are always under way, and measures each from its beginning. */
  static List<Sample> closed(Contender contender, int underWay, int count)
      throws InterruptedException {
    return withThreads(
        underWay,
        threads -> {
          List<Future<Sample>> samples = new ArrayList<>(count);
          long start = System.nanoTime();
          for (int i = 0; i < count; i++) {
            samples.add(
                threads.submit(
                    () -> {
                      long now = System.nanoTime();
                      return ask(contender, (now - start) / 1e9, now);
                    }));
          }
          return samples;
        });
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

  private static List<Sample> withThreads(int most, Submission submission)
      throws InterruptedException {
    AtomicInteger number = new AtomicInteger();
    ExecutorService threads =
        most == Integer.MAX_VALUE
            ? Executors.newCachedThreadPool(work -> daemon(work, number))
            : Executors.newFixedThreadPool(most, work -> daemon(work, number));
    try {
      List<Sample> samples = new ArrayList<>();
      for (Future<Sample> sample : submission.to(threads)) {
        samples.add(sample.get());
      }
      return samples;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a contender did what none may do", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static Thread daemon(Runnable work, AtomicInteger number) {
    Thread thread = new Thread(work, "caller-" + number.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  private interface Submission {
    List<Future<Sample>> to(ExecutorService threads);
  }
}
