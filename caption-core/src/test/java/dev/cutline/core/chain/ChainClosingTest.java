package dev.cutline.core.chain;

import static dev.cutline.core.chain.ScriptedCaptioner.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.Capabilities;
import dev.cutline.CaptionCache;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.Deadline;
import dev.cutline.ImageData;
import dev.cutline.Reason;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What closing a chain does to calls and threads. */
class ChainClosingTest extends ChainThreads {
  @Test
  void abortThatFailsWithAnErrorKeepsNeitherInterruptNorCloseFromItsWork() throws Exception {
    ScriptedCaptioner rude =
        model(
            request -> {
              request.onCancel(
                  () -> {
                    throw new NoClassDefFoundError("com/vendor/Abort");
                  });
              return hangUntilInterrupted(request);
            });
    CaptionChain chain = chain(Duration.ofMinutes(1), rude);
    Future<CaptionException> failure = callers.submit(() -> failure(chain));
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

    chain.close();

    assertThat(get(failure).reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(cancelled.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(back.await(1, TimeUnit.MINUTES)).isTrue();
  }

  /** Who is to be told when the chain is closed must not keep what was asked long ago. */
  @Test
  void pictureIsForgottenOnceItsRequestIsOver() throws Exception {
    CaptionChain chain = chain(Duration.ofMinutes(1), new Forgetful());
    WeakReference<ImageData> picture = asked(chain);

    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (picture.get() != null && System.nanoTime() < end) {
      System.gc();
      Thread.sleep(10);
    }

    assertThat(picture.get()).isNull();
  }

  private static WeakReference<ImageData> asked(CaptionChain chain) {
    ImageData picture = CountingFitter.of(8);
    chain.caption(
        CaptionRequest.builder(picture)
            .styles(Set.of(CaptionStyle.CONCISE))
            .deadline(Deadline.after(Duration.ofMinutes(1)))
            .build());
    return new WeakReference<>(picture);
  }

  @Test
  void closingEndsWhatIsUnderWay() throws Exception {
    CaptionChain chain = chain(Duration.ofMinutes(1), model(this::hangUntilInterrupted));
    Future<CaptionException> failure = callers.submit(() -> failure(chain));
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

    chain.close();
    chain.close();

    assertThat(get(failure).reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(get(failure)).hasMessageContaining("the chain was closed");
    assertThat(back.await(1, TimeUnit.MINUTES)).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> chain.caption(request().build()));
  }

  @Test
  void closingEndsTheWaitForAServerThatAskedToBeLeftAlone() throws Exception {
    CountDownLatch pausing = new CountDownLatch(1);
    CaptionChain chain =
        CaptionChain.builder()
            .time(new Tells(Duration.ofMinutes(5), pausing))
            .deadline(Duration.ofHours(1))
            .rung(
                Rung.builder(
                        "a",
                        "typea",
                        model(ScriptedCaptioner.fails(Reason.RATE_LIMITED, Duration.ofMinutes(10))))
                    .timeout(Duration.ofMinutes(1))
                    .build())
            .build();
    chains.add(chain);
    Future<CaptionException> failure =
        callers.submit(
            () -> failure(chain, request().deadline(Deadline.after(Duration.ofHours(1))).build()));
    assertThat(pausing.await(1, TimeUnit.MINUTES)).isTrue();

    chain.close();

    assertThat(failure.get(1, TimeUnit.MINUTES).reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure.get()).hasMessageContaining("the chain was closed");
  }

  /** Tells when somebody begins to wait for longer than a time. */
  private record Tells(Duration time, CountDownLatch waiting) implements Time {
    private static final Time SYSTEM = new SystemTime();

    @Override
    public long nanos() {
      return SYSTEM.nanos();
    }

    @Override
    public boolean await(CompletableFuture<?> event, Duration atMost) throws InterruptedException {
      if (atMost.compareTo(time) > 0) {
        waiting.countDown();
      }
      return SYSTEM.await(event, atMost);
    }
  }

  @Test
  void nobodyIsAskedAnyMoreOnceTheChainIsClosed() {
    ScriptedCaptioner captioner = model(this::hangUntilInterrupted);
    AtomicReference<CaptionChain> chain = new AtomicReference<>();
    chain.set(
        CaptionChain.builder()
            .executor(callers)
            .cache(whenAsked(() -> chain.get().close()))
            .rung(Rung.builder("a", "typea", captioner).build())
            .build());

    CaptionException failure =
        catchThrowableOfType(
            CaptionException.class,
            () ->
                chain
                    .get()
                    .caption(request().build(), ChainOptions.builder().owner("alice").build()));

    assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("the chain was closed");
    assertThat(captioner.calls()).isZero();
  }

  @Test
  void requestThatComesWhileTheChainIsClosedIsNotMade() {
    ScriptedCaptioner captioner = model(this::hangUntilInterrupted);
    AtomicReference<CaptionChain> chain = new AtomicReference<>();
    chain.set(closedBy(captioner, () -> chain.get().close(), () -> {}));

    CaptionException failure = failure(chain.get());

    assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("the chain was closed");
    assertThat(captioner.calls()).isZero();
  }

  @Test
  void callThatIsMadeWhileTheChainIsClosedIsAbandonedToo() throws Exception {
    AtomicReference<CaptionChain> chain = new AtomicReference<>();
    chain.set(closedBy(model(this::hangUntilInterrupted), () -> {}, () -> chain.get().close()));

    CaptionException failure = failure(chain.get());

    assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("the chain was closed");
    assertThat(ChainBed.outcomes(failure.trail())).containsExactly("a CANCELLED");
  }

  /**
   * Returns a chain on threads that go on when it is closed.
   *
   * @param atRequest runs when a request has come
   * @param atCall runs when a call is about to be made
   */
  private CaptionChain closedBy(Captioner captioner, Runnable atRequest, Runnable atCall) {
    return CaptionChain.builder()
        .executor(callers)
        .listener(
            new ChainListener() {
              @Override
              public OfRequest request(CaptionRequest request) {
                atRequest.run();
                return new OfRequest() {
                  @Override
                  public OfCall call(Rung rung) {
                    atCall.run();
                    return OfCall.NONE;
                  }
                };
              }
            })
        .rung(Rung.builder("a", "typea", captioner).timeout(Duration.ofMinutes(1)).build())
        .build();
  }

  /** Returns a cache that knows nothing, and does something before it says so. */
  private static CaptionCache whenAsked(Runnable action) {
    return (CaptionCache)
        Proxy.newProxyInstance(
            CaptionCache.class.getClassLoader(),
            new Class<?>[] {CaptionCache.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("find");
              action.run();
              return Optional.empty();
            });
  }

  @Test
  void closingLeavesNoThread() throws Exception {
    List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    ScriptedCaptioner captioner =
        model(
            request -> {
              threads.add(Thread.currentThread());
              return ScriptedCaptioner.reply(request, "A cat").build();
            },
            request -> {
              threads.add(Thread.currentThread());
              return hangUntilInterrupted(request);
            });
    CaptionChain chain = chain(Duration.ofMinutes(1), captioner);
    chain.caption(request().build());
    Future<CaptionException> failure = callers.submit(() -> failure(chain));
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

    chain.close();

    // A thread of a pool ends a little after its work: it is waited for, not looked at once. It
    // would stay for a minute if it were left to its idleness, so that the bound tells the two
    // apart.
    for (Thread thread : threads) {
      thread.join(Duration.ofSeconds(30).toMillis());
      assertThat(thread.isAlive()).as("%s after close()", thread).isFalse();
    }
    assertThat(threads).hasSize(2);
    assertThat(get(failure).reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void closingWaitsForThreadsThatAreAboutToEnd() throws Exception {
    AtomicReference<Thread> closer = new AtomicReference<>();
    AtomicBoolean waitedFor = new AtomicBoolean();
    ScriptedCaptioner slowToEnd =
        model(
            request -> {
              try {
                return hangUntilInterrupted(request);
              } finally {
                waitedFor.set(sawWaiting(closer.get()));
              }
            });
    CaptionChain chain = chain(Duration.ofMinutes(1), slowToEnd);
    Future<CaptionException> failure = callers.submit(() -> failure(chain));
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

    closer.set(new Thread(chain::close));
    closer.get().start();
    closer.get().join();

    assertThat(waitedFor).isTrue();
    assertThat(get(failure).reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  private static boolean sawWaiting(Thread thread) {
    Thread.State state = thread.getState();
    while (state != Thread.State.TIMED_WAITING && state != Thread.State.TERMINATED) {
      Thread.onSpinWait();
      state = thread.getState();
    }
    return state == Thread.State.TIMED_WAITING;
  }

  /** Is asked on the caller's thread, and remembers nothing, as a scripted one does. */
  private static final class Forgetful implements Captioner {
    @Override
    public CaptionReply caption(CaptionRequest request) {
      return ScriptedCaptioner.reply(request, "A cat").build();
    }

    @Override
    public Capabilities capabilities() {
      return Capabilities.builder().punctual(true).build();
    }

    @Override
    public String fingerprint() {
      return "forgetful";
    }
  }
}
