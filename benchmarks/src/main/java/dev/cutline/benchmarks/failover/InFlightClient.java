package dev.cutline.benchmarks.failover;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The client of {@link InFlight}: so many callers on virtual threads, each asking again as soon as
 * it has its caption. Prints its {@link Result} as one line of JSON.
 */
final class InFlightClient {
  private static final int WARM_UP_AT_ONCE = 100;
  private static final int WARM_UP_REQUESTS = 5_000;

  /** So long that a machine which cannot keep up is slow, and nothing else. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * In this time the callers begin at least, one after the other; it counts as none of theirs.
   * Where an answer takes longer they begin within that, so that they ask evenly ever after.
   */
  private static final Duration LEAST_RAMP = Duration.ofSeconds(5);

  /** Idle connections are kept for 4 s, OkHttp's own idle threads for 60 s; a margin on top. */
  private static final Duration UNTIL_IDLE_ARE_GONE = Duration.ofSeconds(70);

  private final Duration ramp;
  private final Duration untilIdleAreGone;
  private final AtomicInteger failures = new AtomicInteger();
  private volatile @Nullable Exception failure;

  private InFlightClient(Duration latency, Duration untilIdleAreGone) {
    this.untilIdleAreGone = untilIdleAreGone;
    this.ramp = latency.compareTo(LEAST_RAMP) > 0 ? latency : LEAST_RAMP;
  }

  /**
   * Arguments: the name of a {@link Kind}, the base address of a server that answers soon, to warm
   * up with, that of the one to measure with, its latency, requests at once, and in all.
   */
  public static void main(String[] args) throws Exception {
    Kind kind = Kind.valueOf(args[0]);
    Duration latency = Duration.parse(args[3]);
    int atOnce = Integer.parseInt(args[4]);
    int requests = Integer.parseInt(args[5]);
    Question question = Pictures.tiny();
    try (Contender quick = kind.over(args[1], question);
        Contender steady = kind.over(args[2], question)) {
      Duration untilIdleAreGone = kind == Kind.SOCKETS ? Duration.ZERO : UNTIL_IDLE_ARE_GONE;
      Result result =
          new InFlightClient(latency, untilIdleAreGone).measure(quick, steady, atOnce, requests);
      System.out.println(new ObjectMapper().writeValueAsString(result));
    }
  }

  private Result measure(Contender quick, Contender steady, int atOnce, int requests)
      throws Exception {
    ask(quick, WARM_UP_AT_ONCE, WARM_UP_REQUESTS);
    Thread.sleep(untilIdleAreGone.toMillis());
    int threads = javaThreads();
    int sockets = ProcFiles.sockets();
    double heap = heapMiB();
    Peaks peaks = new Peaks();
    peaks.start();
    double cpu = cpuSeconds();
    long start = System.nanoTime();
    ask(steady, atOnce, requests);
    double seconds = (System.nanoTime() - start - ramp.toNanos()) / 1e9;
    cpu = cpuSeconds() - cpu;
    peaks.end();
    Thread.sleep(untilIdleAreGone.toMillis());
    Exception example = failure;
    if (example != null) {
      example.printStackTrace();
    }
    return new Result(
        requests / seconds,
        failures.get(),
        cpu,
        threads,
        peaks.threads,
        javaThreads(),
        sockets,
        peaks.sockets,
        ProcFiles.sockets(),
        heap,
        heapMiB(),
        ProcFiles.peakMiB());
  }

  private void ask(Contender contender, int atOnce, int requests) throws Exception {
    CountDownLatch all = new CountDownLatch(atOnce);
    try (Callers callers = new Callers()) {
      for (int i = 0; i < atOnce; i++) {
        long wait = ramp.toNanos() * i / atOnce;
        callers.threads.execute(
            () -> {
              LockSupport.parkNanos(wait);
              for (int asked = 0; asked < requests / atOnce; asked++) {
                askOnce(contender);
              }
              all.countDown();
            });
      }
      all.await();
    }
  }

  private void askOnce(Contender contender) {
    try {
      contender.caption();
    } catch (Exception e) {
      failures.incrementAndGet();
      failure = e;
    }
  }

  /** Those of the compiler and the collector come and go as they like, and do not count. */
  private static int javaThreads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static double cpuSeconds() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  private static double heapMiB() throws InterruptedException {
    System.gc();
    Thread.sleep(500);
    System.gc();
    return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory())
        / (1024.0 * 1024);
  }

  /**
   * What was measured.
   *
   * @param rate captions a second
   * @param threadsBefore platform threads of Java, as {@code threadsAfter}
   * @param mostThreads threads of the system, those of the JVM itself included
   * @param heapBefore MiB in use after a collection
   */
  record Result(
      double rate,
      int failures,
      double cpuSeconds,
      int threadsBefore,
      int mostThreads,
      int threadsAfter,
      int socketsBefore,
      int mostSockets,
      int socketsAfter,
      double heapBefore,
      double heapAfter,
      double peakMiB) {}

  /** Who asks. */
  enum Kind {
    CHAIN("cutline"),
    PROVIDER("bare provider"),
    SOCKETS("plain sockets");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    private Contender over(String address, Question question) {
      Server server = new Server(URI.create(address), PATIENCE);
      return switch (this) {
        case CHAIN -> CutlineChain.over(List.of(server), question).deadline(PATIENCE).build();
        case PROVIDER -> new BareCaptioner(server, question);
        case SOCKETS -> new PlainSockets(server, question);
      };
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /** Virtual threads, which this code's Java does not know yet: one for each caller. */
  private static final class Callers implements AutoCloseable {
    private final ExecutorService threads;

    Callers() throws ReflectiveOperationException {
      this.threads =
          (ExecutorService)
              Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    @Override
    public void close() {
      threads.shutdown();
    }
  }

  /** Looks at threads and sockets twice a second. */
  private static final class Peaks extends Thread {
    private static final long INTERVAL_MILLIS = 500;
    private volatile int threads;
    private volatile int sockets;
    private volatile boolean over;

    Peaks() {
      super("peaks");
      setDaemon(true);
    }

    @Override
    public void run() {
      while (!over) {
        try {
          threads = Math.max(threads, ProcFiles.threads());
          sockets = Math.max(sockets, ProcFiles.sockets());
          Thread.sleep(INTERVAL_MILLIS);
        } catch (IOException | InterruptedException e) {
          return;
        }
      }
    }

    void end() throws InterruptedException {
      over = true;
      join();
    }
  }
}
