package dev.cutline.core;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles every so often on a thread of its own, in small portions, so that closing does not
 * wait long. Thread-safe.
 */
final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  /** How many pictures are deleted before looking whether to stop. */
  private static final int PORTION = 10;

  private final Object lock = new Object();
  private final Reconciler reconciler;
  private final long intervalNanos;
  private final Thread thread = new Thread(this::work, "cutline-upkeep");
  private boolean closed;

  private Upkeep(Reconciler reconciler, Duration interval) {
    this.reconciler = reconciler;
    this.intervalNanos = interval.toNanos();
  }

  /** Starts, with an interval of waiting. */
  static Upkeep start(Reconciler reconciler, Duration interval) {
    Upkeep upkeep = new Upkeep(reconciler, interval);
    // Whoever forgets to close must be able to end all the same.
    upkeep.thread.setDaemon(true);
    upkeep.thread.start();
    return upkeep;
  }

  private void work() {
    boolean more = false;
    while (more || waits()) {
      more = reconciles() && !isClosed();
    }
  }

  /** Tells whether there was something too old, so that there may be more. */
  private boolean reconciles() {
    try {
      ReconcileReport report = reconciler.run(PORTION);
      return report.expired() + report.forgotten() > 0;
    } catch (RuntimeException e) {
      LOG.warn("what is half done or too old waits for the next time: {}", e.getMessage());
      return false;
    }
  }

  /** Waits for the next time; tells whether it has come. */
  private boolean waits() {
    long end = System.nanoTime() + intervalNanos;
    synchronized (lock) {
      try {
        for (long left = intervalNanos; !closed && left > 0; left = end - System.nanoTime()) {
          lock.wait(left / 1_000_000, (int) (left % 1_000_000));
        }
      } catch (InterruptedException e) {
        // Nobody but us knows the thread; whoever has found it wants it to end.
        return false;
      }
      return !closed;
    }
  }

  private boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  /** Ends, once what is being deleted is deleted. Closing twice does nothing. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
