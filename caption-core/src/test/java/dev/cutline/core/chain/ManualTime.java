package dev.cutline.core.chain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Time that passes only when everybody waits: one chain that awaits something and the captioners
 * that it called, which {@link #sleep} here. It then jumps to the next moment at which somebody
 * wakes, so that a test of 20 s takes none. For one request at a time.
 */
final class ManualTime implements Time {
  private final Object lock = new Object();
  private final List<Long> alarms = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Duration> waits = new ArrayList<>();
  private long now = 1_000_000_000L;
  private int running;
  private boolean over;

  @Override
  public long nanos() {
    synchronized (lock) {
      return now;
    }
  }

  /** Lets time pass at once. */
  void pass(Duration time) {
    synchronized (lock) {
      now += time.toNanos();
      lock.notifyAll();
    }
  }

  /** Returns how long each wait of the chain took that ended without its event. */
  List<Duration> vainWaits() {
    synchronized (lock) {
      return List.copyOf(waits);
    }
  }

  @Override
  public boolean await(CompletableFuture<?> event, Duration atMost) throws InterruptedException {
    var unused = event.whenComplete((value, failure) -> wakeAll());
    synchronized (lock) {
      long start = now;
      long end = now + atMost.toNanos();
      while (!event.isDone()) {
        if (now >= end) {
          waits.add(Duration.ofNanos(now - start));
          return false;
        }
        if (running == alarms.size()) {
          now = alarms.stream().mapToLong(Long::longValue).filter(at -> at > now).min().orElse(end);
          now = Math.min(now, end);
          lock.notifyAll();
          if (now < end) {
            lock.wait();
          }
        } else {
          lock.wait();
        }
      }
      return true;
    }
  }

  /** Sleeps as a captioner that heeds interrupts. */
  void sleep(Duration time) throws InterruptedException {
    synchronized (lock) {
      Long end = now + time.toNanos();
      alarms.add(end);
      lock.notifyAll();
      try {
        while (now < end && !over) {
          lock.wait();
        }
      } finally {
        alarms.remove(end);
      }
    }
  }

  /** Sleeps as a captioner that heeds nothing. */
  void sleepDeaf(Duration time) {
    long end = nanos() + time.toNanos();
    boolean left = true;
    while (left) {
      try {
        sleep(Duration.ofNanos(Math.max(0, end - nanos())));
        left = false;
      } catch (InterruptedException e) {
        // deaf
      }
    }
  }

  /** Returns threads whose work this time knows of. */
  ExecutorService executor() {
    return new CountedThreads();
  }

  /** Wakes everybody and waits for the threads to end. */
  void wakeEverybody() throws InterruptedException {
    synchronized (lock) {
      over = true;
      lock.notifyAll();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void wakeAll() {
    synchronized (lock) {
      lock.notifyAll();
    }
  }

  private final class CountedThreads extends AbstractExecutorService {
    @Override
    public void execute(Runnable work) {
      synchronized (lock) {
        running++;
      }
      Thread thread =
          new Thread(
              () -> {
                try {
                  work.run();
                } finally {
                  synchronized (lock) {
                    running--;
                    lock.notifyAll();
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return false;
    }
  }
}
