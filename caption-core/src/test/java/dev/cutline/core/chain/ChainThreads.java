package dev.cutline.core.chain;

import static dev.cutline.core.chain.ChainBed.PICTURE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/**
 * What tests with real threads share: captioners that hang, and latches that say who has come how
 * far. No test measures time.
 */
abstract class ChainThreads {
  static final boolean VIRTUAL = Runtime.version().feature() >= 24;

  /** What no picture of these tests fits as it is. */
  static final Capabilities SMALL = Capabilities.builder().maxLongEdge(5).build();

  static final Duration SHORT = Duration.ofMillis(50);

  final CountDownLatch asked = new CountDownLatch(1);

  /** No time passes before a captioner was asked: on a busy machine a thread may be late. */
  final Time onceAsked = new OnceAsked();

  final CountDownLatch release = new CountDownLatch(1);
  final CountDownLatch cancelled = new CountDownLatch(1);
  final CountDownLatch back = new CountDownLatch(1);
  final AtomicInteger interrupts = new AtomicInteger();
  final ExecutorService callers = Executors.newCachedThreadPool();
  final List<CaptionChain> chains = new ArrayList<>();

  @AfterEach
  void endThreads() throws InterruptedException {
    release.countDown();
    chains.forEach(CaptionChain::close);
    callers.shutdownNow();
    assertThat(callers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  private final class OnceAsked implements Time {
    private final Time system = new SystemTime();

    @Override
    public long nanos() {
      return system.nanos();
    }

    @Override
    public boolean await(CompletableFuture<?> event, Duration atMost) throws InterruptedException {
      assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
      return system.await(event, atMost);
    }
  }

  CaptionReply hangUntilInterrupted(CaptionRequest request) {
    request.onCancel(cancelled::countDown);
    asked.countDown();
    try {
      release.await();
      return ScriptedCaptioner.reply(request, "Too late").build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaptionException(Reason.TIMEOUT, "interrupted", e);
    } finally {
      back.countDown();
    }
  }

  CaptionReply hangDeaf(CaptionRequest request) {
    request.onCancel(cancelled::countDown);
    asked.countDown();
    awaitRelease();
    back.countDown();
    return ScriptedCaptioner.reply(request, "Too late").build();
  }

  void awaitRelease() {
    boolean released = false;
    while (!released) {
      try {
        release.await();
        released = true;
      } catch (InterruptedException e) {
        interrupts.incrementAndGet();
      }
    }
  }

  CaptionChain chain(Duration timeout, Captioner... captioners) {
    return chain(timeout, rung -> rung, captioners);
  }

  CaptionChain chain(
      Duration timeout, UnaryOperator<Rung.Builder> settings, Captioner... captioners) {
    CaptionChain.Builder chain = CaptionChain.builder();
    char name = 'a';
    for (Captioner captioner : captioners) {
      Rung.Builder rung = Rung.builder(String.valueOf(name), "type" + name, captioner);
      chain.rung(settings.apply(rung.timeout(timeout)).build());
      name++;
    }
    CaptionChain made = chain.build();
    chains.add(made);
    return made;
  }

  static ThreadPoolExecutor oneThread() {
    return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
  }

  static CaptionChain on(ExecutorService threads, Captioner captioner) {
    return CaptionChain.builder()
        .executor(threads)
        .rung(Rung.builder("a", "typea", captioner).build())
        .build();
  }

  static CaptionRequest.Builder request() {
    return CaptionRequest.builder(PICTURE).styles(Set.of(CaptionStyle.CONCISE));
  }

  static CaptionException failure(CaptionChain chain) {
    return failure(chain, request().build());
  }

  static CaptionException failure(CaptionChain chain, CaptionRequest request) {
    try {
      CaptionReply reply = chain.caption(request);
      throw new AssertionError("answered: " + reply);
    } catch (CaptionException e) {
      return e;
    }
  }

  static <T> T get(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }
}
