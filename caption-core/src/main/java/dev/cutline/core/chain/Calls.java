package dev.cutline.core.chain;

import dev.cutline.CaptionException;
import dev.cutline.Reason;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the calls of a chain run: on virtual threads from Java 24, which no longer pin them in
 * synchronized drivers; before that on a bounded pool that refuses further calls rather than queue
 * them, because a queued call would only wait for its deadline. Thread-safe.
 */
final class Calls implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Calls.class);

  private static final int FIRST_GOOD_VIRTUAL_THREADS = 24;
  private static final long IDLE_SECONDS = 60;
  private static final long CLOSE_SECONDS = 2;

  private final ExecutorService executor;
  private final boolean own;
  private final Set<Call> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private Calls(ExecutorService executor, boolean own) {
    this.executor = executor;
    this.own = own;
  }

  /** Runs calls on threads of the user's, which are never ended here. */
  static Calls on(ExecutorService executor) {
    return new Calls(executor, false);
  }

  /**
   * Runs calls on threads of its own.
   *
   * @param mostThreads of the pool that is used where virtual threads are not
   */
  static Calls onOwnThreads(int mostThreads) {
    return new Calls(virtualThreads().orElseGet(() -> pool(mostThreads)), true);
  }

  /**
   * Starts a call.
   *
   * @throws RejectedExecutionException if no thread is free, none can be made, or this is closed;
   *     the call then never runs
   */
  void start(Call call) {
    underWay.add(call);
    try {
      executor.execute(() -> run(call));
    } catch (RuntimeException | Error e) { // the system may have no thread left: OutOfMemoryError
      underWay.remove(call);
      throw new RejectedExecutionException("no thread takes the call: " + e, e);
    }
    if (closed) { // it may have come too late for close() to see it
      call.abandon(chainClosed());
    }
  }

  private void run(Call call) {
    try {
      call.run();
    } finally {
      underWay.remove(call);
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Abandons what is under way and ends the threads, waiting for them at most 2 s. */
  @Override
  public void close() {
    closed = true;
    underWay.forEach(call -> call.abandon(chainClosed()));
    if (own) {
      executor.shutdownNow();
      awaitThreads();
    }
  }

  private void awaitThreads() {
    try {
      if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        log.warn("A captioner goes on although its call was cancelled and its thread interrupted");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static CaptionException chainClosed() {
    return new CaptionException(Reason.UNAVAILABLE, "the chain was closed");
  }

  private static Optional<ExecutorService> virtualThreads() {
    if (Runtime.version().feature() < FIRST_GOOD_VIRTUAL_THREADS) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          (ExecutorService)
              Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      log.warn("This Java has no virtual threads after all; a pool is used instead", e);
      return Optional.empty();
    }
  }

  private static ExecutorService pool(int mostThreads) {
    return new ThreadPoolExecutor(
        0, mostThreads, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), new Named());
  }

  /** Threads that keep no JVM alive and can be told apart in a dump. */
  private static final class Named implements ThreadFactory {
    private final AtomicInteger next = new AtomicInteger(1);

    @Override
    public @Nullable Thread newThread(Runnable work) {
      Thread thread = new Thread(work, "cutline-call-" + next.getAndIncrement());
      thread.setDaemon(true);
      return thread;
    }
  }
}
