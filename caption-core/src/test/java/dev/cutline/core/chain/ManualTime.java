package dev.cutline.core.chain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when everybody waits: the chain's caller, the threads that the chain
 * started, and the captioners on them, which {@link #sleep} here. It then jumps to the next moment
 * at which somebody wakes, so that a test of 20 s takes none. For one request at a time.
 */
final class ManualTime implements Time {
  private final Object lock = new Object();
  private final List<Waiter> waiters = new ArrayList<>();
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
      waitFor(new Waiter(start + atMost.toNanos(), event, isCaller()));
      if (!event.isDone()) {
        waits.add(Duration.ofNanos(now - start));
      }
      return event.isDone();
    }
  }

  /** Sleeps as a captioner that heeds interrupts. */
  void sleep(Duration time) throws InterruptedException {
    synchronized (lock) {
      waitFor(new Waiter(now + time.toNanos(), null, isCaller()));
    }
  }

  private void waitFor(Waiter waiter) throws InterruptedException {
    waiters.add(waiter);
    lock.notifyAll();
    try {
      while (waiter.isIdle(now) && !(over && waiter.event == null)) {
        if (everybodyWaits()) {
          now = waiters.stream().mapToLong(each -> each.until).min().orElseThrow();
          lock.notifyAll();
        } else {
          lock.wait();
        }
      }
    } finally {
      waiters.remove(waiter);
    }
  }

  /** The caller has to wait, too: what it does between two waits takes no time. */
  private boolean everybodyWaits() {
    return waiters.stream().allMatch(each -> each.isIdle(now))
        && waiters.stream().anyMatch(each -> each.caller)
        && waiters.stream().filter(each -> !each.caller).count() == running;
  }

  private boolean isCaller() {
    return !threads.contains(Thread.currentThread());
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

  /** Somebody who waits for a moment, or for an event if that comes before. */
  private static final class Waiter {
    private final long until;
    private final @Nullable CompletableFuture<?> event;
    private final boolean caller;

    private Waiter(long until, @Nullable CompletableFuture<?> event, boolean caller) {
      this.until = until;
      this.event = event;
      this.caller = caller;
    }

    private boolean isIdle(long now) {
      return now < until && (event == null || !event.isDone());
    }
  }

  private final class CountedThreads extends EndlessExecutor {
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
      synchronized (lock) {
        threads.add(thread);
      }
      thread.start();
    }
  }
}
