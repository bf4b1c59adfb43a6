package dev.cutline.spi;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * As many threads as there are calls, for providers whose clients block: virtual ones from Java 24,
 * which no longer pin them in synchronized code, so that ten thousand calls that wait cost no ten
 * thousand threads of the system. All are daemons, so that a captioner left open does not keep a
 * process alive.
 */
public final class CallThreads {
  private static final long IDLE_SECONDS = 10;

  private CallThreads() {}

  /**
   * Returns new threads for waiting, to be closed by the caller.
   *
   * @param name what threads of the system are called, before their number
   */
  public static ExecutorService create(String name) {
    return VirtualThreads.executor().orElseGet(() -> platform(name));
  }

  /**
   * Returns new threads of the system, for what holds a virtual one to its carrier; to be closed by
   * the caller.
   *
   * @param name what they are called, before their number
   */
  public static ExecutorService platform(String name) {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, name + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
