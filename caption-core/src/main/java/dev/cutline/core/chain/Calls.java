package dev.cutline.core.chain;

import dev.cutline.CaptionException;
import dev.cutline.Deadline;
import dev.cutline.Reason;
import dev.cutline.spi.VirtualThreads;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
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
 * Where the calls of a chain run that do not run on the threads of their callers: on virtual
 * threads from Java 24, which no longer pin them in synchronized drivers; before that on a bounded
 * pool that refuses further calls rather than queue them, because a queued call would only wait for
 * its deadline. Rendering never waits for anything but memory, so on a virtual thread it would keep
 * a processor from all other calls until it ends: it runs on such a pool everywhere. Thread-safe.
 */
final class Calls implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Calls.class);

  private static final long IDLE_SECONDS = 60;
  private static final Duration CLOSE_TIME = Duration.ofSeconds(2);

  private final ExecutorService requests;
  private final ExecutorService waiting;
  private final ExecutorService rendering;
  private final boolean own;
  private final Set<Call<?>> underWay = ConcurrentHashMap.newKeySet();
  private final Set<Interest> interests = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private Calls(
      ExecutorService requests, ExecutorService waiting, ExecutorService rendering, boolean own) {
    this.requests = requests;
    this.waiting = waiting;
    this.rendering = rendering;
    this.own = own;
  }

  /** Runs calls on threads of the user's, which are never ended here. */
  static Calls on(ExecutorService executor) {
    return new Calls(executor, executor, executor, false);
  }

  /**
   * Runs calls on threads of its own.
   *
   * @param mostThreads of the pool
   */
  static Calls onOwnThreads(int mostThreads) {
    ExecutorService pool = pool(mostThreads);
    // Requests wait for calls: on the same bounded threads they could leave none for these.
    return VirtualThreads.executor()
        .map(virtual -> new Calls(virtual, virtual, pool, true))
        .orElseGet(() -> new Calls(pool(mostThreads), pool, pool, true));
  }

  /**
   * Starts a call that mostly waits for others.
   *
   * @throws RejectedExecutionException if no thread is free, none can be made, or this is closed;
   *     the call then never runs
   */
  void start(Call<?> call) {
    start(call, waiting);
  }

  /** Carries out a call on this thread; one that comes after {@link #close} never runs. */
  void runHere(Call<?> call) {
    underWay.add(call);
    if (closed) {
      call.abandon(chainClosed());
    }
    try {
      call.runHere();
    } finally {
      underWay.remove(call);
    }
  }

  /**
   * Starts one that computes.
   *
   * @throws RejectedExecutionException as {@link #start}
   */
  void startRendering(Call<?> call) {
    start(call, rendering);
  }

  /**
   * Runs work that starts calls of its own and waits for them; it is not abandoned when this is
   * closed, because they are.
   *
   * @throws RejectedExecutionException as {@link #start}
   */
  void fork(Runnable work) {
    execute(work, requests);
  }

  private void start(Call<?> call, ExecutorService executor) {
    underWay.add(call);
    try {
      execute(() -> run(call), executor);
    } catch (RejectedExecutionException e) {
      underWay.remove(call);
      throw e;
    }
  }

  private static void execute(Runnable work, ExecutorService executor) {
    try {
      executor.execute(work);
    } catch (RuntimeException | Error e) { // the system may have no thread left: OutOfMemoryError
      throw new RejectedExecutionException("no thread takes the work: " + e, e);
    }
  }

  private void run(Call<?> call) {
    try {
      call.run();
    } finally {
      underWay.remove(call);
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Ends an interest when this is closed, or now if it is: until it is let go. */
  void hold(Interest interest) {
    interests.add(interest);
    if (closed) { // it may have come too late for close() to see it
      interest.end();
    }
  }

  void letGo(Interest interest) {
    interests.remove(interest);
  }

  /**
   * Ends the interests that are held, abandons what is under way and ends the threads, waiting for
   * them at most 2 s.
   */
  @Override
  public void close() {
    closed = true;
    interests.forEach(Interest::end); // first: nobody is to go on to the next rung
    underWay.forEach(call -> call.abandon(chainClosed()));
    if (own) {
      threads().forEach(ExecutorService::shutdownNow);
      awaitThreads();
    }
  }

  private void awaitThreads() {
    Deadline end = Deadline.after(CLOSE_TIME);
    try {
      for (ExecutorService each : threads()) {
        if (!each.awaitTermination(end.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
          log.warn(
              "A captioner or a decoder goes on although its call was cancelled and its thread"
                  + " interrupted");
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Set<ExecutorService> threads() {
    return new LinkedHashSet<>(List.of(requests, waiting, rendering));
  }

  private static CaptionException chainClosed() {
    return new CaptionException(Reason.UNAVAILABLE, "the chain was closed");
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
