package dev.cutline.http;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As many threads as there are calls: virtual ones from Java 24, which no longer pin them in
 * synchronized code, so that ten thousand calls that wait cost no ten thousand threads of the
 * system. All are daemons, so that a captioner left open does not keep a process alive.
 */
final class CallThreads {
  private static final Logger log = LoggerFactory.getLogger(CallThreads.class);

  private static final int FIRST_GOOD_VIRTUAL_THREADS = 24;
  private static final long IDLE_SECONDS = 10;

  private CallThreads() {}

  /** Returns new threads for waiting. */
  static ExecutorService create() {
    return virtual().orElseGet(() -> platform("cutline-http-"));
  }

  /** Returns new threads of the system, for what holds a virtual one to its carrier. */
  static ExecutorService platform(String name) {
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

  private static Optional<ExecutorService> virtual() {
    if (Runtime.version().feature() < FIRST_GOOD_VIRTUAL_THREADS) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          (ExecutorService)
              Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      log.warn("This Java has no virtual threads after all; threads of the system are used", e);
      return Optional.empty();
    }
  }
}
