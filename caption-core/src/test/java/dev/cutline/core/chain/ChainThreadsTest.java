package dev.cutline.core.chain;

import static dev.cutline.core.chain.ChainBed.PICTURE;
import static dev.cutline.core.chain.ChainBed.outcomes;
import static dev.cutline.core.chain.ScriptedCaptioner.answers;
import static dev.cutline.core.chain.ScriptedCaptioner.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cutline.Cancellation;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.Deadline;
import dev.cutline.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What needs real threads. Latches say who has come how far; no test measures time. */
class ChainThreadsTest {
  private static final boolean VIRTUAL = Runtime.version().feature() >= 24;
  private static final Duration SHORT = Duration.ofMillis(50);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final CountDownLatch back = new CountDownLatch(1);
  private final AtomicInteger interrupts = new AtomicInteger();
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final List<CaptionChain> chains = new ArrayList<>();

  @AfterEach
  void endThreads() throws InterruptedException {
    release.countDown();
    chains.forEach(CaptionChain::close);
    callers.shutdownNow();
    assertThat(callers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void captionerThatHeedsNothingDoesNotHoldTheCaller() throws InterruptedException {
    CaptionChain chain =
        CaptionChain.builder()
            .rung(Rung.builder("a", "typea", model(this::hangDeaf)).timeout(SHORT).build())
            .rung(Rung.builder("b", "typeb", model(answers("A dog"))).build())
            .build();
    chains.add(chain);

    CaptionReply reply = chain.caption(request().build());

    assertThat(outcomes(reply.trail())).containsExactly("a TIMEOUT", "b OK");
    assertThat(cancelled.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(back.getCount()).as("it still hangs").isOne();
    release.countDown();
    assertThat(back.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(interrupts).hasPositiveValue();
  }

  @Test
  void interruptOfAnAbandonedCallDoesNotReachTheNextOneOnItsThread() throws InterruptedException {
    ExecutorService oneThread = Executors.newSingleThreadExecutor();
    AtomicBoolean stray = new AtomicBoolean();
    ScriptedCaptioner captioner =
        model(
            this::hangUntilInterrupted,
            request -> {
              stray.set(Thread.currentThread().isInterrupted());
              return ScriptedCaptioner.reply(request, "A cat").build();
            });
    CaptionChain chain =
        CaptionChain.builder()
            .executor(oneThread)
            .rung(Rung.builder("a", "typea", captioner).timeout(SHORT).build())
            .build();
    chains.add(chain);

    assertThat(failure(chain).reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(back.await(1, TimeUnit.MINUTES)).isTrue();
    CaptionReply reply = patient(captioner, oneThread).caption(request().build());

    assertThat(reply.text(CaptionStyle.CONCISE)).contains("A cat");
    assertThat(stray).isFalse();
    chain.close();
    assertThat(oneThread.isShutdown()).as("threads of the user's are not ended").isFalse();
    oneThread.shutdown();
  }

  @Test
  void interruptOfTheCallerEndsTheCallAndIsKept() throws Exception {
    CaptionChain chain = chain(Duration.ofMinutes(1), model(this::hangUntilInterrupted));
    AtomicBoolean kept = new AtomicBoolean();
    CountDownLatch over = new CountDownLatch(1);
    List<CaptionException> failures = new ArrayList<>();
    Thread caller =
        new Thread(
            () -> {
              failures.add(failure(chain));
              kept.set(Thread.currentThread().isInterrupted());
              over.countDown();
            });
    caller.start();
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

    caller.interrupt();

    assertThat(over.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(kept).isTrue();
    assertThat(failures.get(0).reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(failures.get(0)).hasMessageContaining("interrupted");
    assertThat(outcomes(failures.get(0).trail())).containsExactly("a CANCELLED");
    assertThat(cancelled.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(back.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void callerThatIsInterruptedAlreadyAsksNobody() {
    ScriptedCaptioner captioner = model(answers("A cat"));
    CaptionChain chain = chain(Duration.ofMinutes(1), captioner);

    Thread.currentThread().interrupt();
    CaptionException failure = failure(chain);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(captioner.calls()).isZero();
  }

  @Test
  void cancellationOfTheRequestEndsTheCall() throws Exception {
    CaptionChain chain = chain(Duration.ofMinutes(1), model(this::hangUntilInterrupted));
    Cancellation cancellation = new Cancellation();
    Future<CaptionException> failure =
        callers.submit(() -> failure(chain, request().cancellation(cancellation).build()));
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

    cancellation.cancel();

    assertThat(get(failure).reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(get(failure)).hasMessage("the request was cancelled");
    assertThat(outcomes(get(failure).trail())).containsExactly("a CANCELLED");
    assertThat(cancelled.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(back.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void requestThatIsCancelledAlreadyAsksNobody() {
    ScriptedCaptioner captioner = model(answers("A cat"));
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();

    CaptionException failure =
        failure(chain(SHORT, captioner), request().cancellation(cancellation).build());

    assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(captioner.calls()).isZero();
  }

  @Test
  void cancellationActionThatFailsDoesNoHarm() {
    ScriptedCaptioner rude =
        model(
            request -> {
              request.onCancel(
                  () -> {
                    throw new IllegalStateException("a defect");
                  });
              return hangUntilInterrupted(request);
            });

    assertThat(failure(chain(SHORT, rude)).reason()).isEqualTo(Reason.TIMEOUT);
  }

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

  @Test
  void errorsOfACaptionerLeaveItsOnlyThreadAndItsOnlyTurnUsable() {
    ExecutorService oneThread = Executors.newSingleThreadExecutor();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    ScriptedCaptioner captioner =
        model(
            request -> overflow(threads),
            request -> overflow(threads),
            request -> {
              threads.add(Thread.currentThread());
              return ScriptedCaptioner.reply(request, "A cat").build();
            });
    CaptionChain chain =
        CaptionChain.builder()
            .executor(oneThread)
            .rung(Rung.builder("a", "typea", captioner).maxConcurrency(1).build())
            .build();

    for (int i = 0; i < 2; i++) {
      CaptionException failure = failure(chain);
      assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(failure).hasMessageContaining("StackOverflowError");
      assertThat(outcomes(failure.trail())).containsExactly("a UNAVAILABLE");
    }

    assertThat(chain.caption(request().build()).text(CaptionStyle.CONCISE)).contains("A cat");
    assertThat(threads).hasSize(1);
    oneThread.shutdown();
  }

  @SuppressWarnings("InfiniteRecursion") // it is to end where the stack does
  private static CaptionReply overflow(Set<Thread> threads) {
    threads.add(Thread.currentThread());
    return overflow(threads);
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
  void callsRunOnVirtualThreadsWhereTheyAreGoodAndOnDaemonsElsewhere() {
    List<Thread> threads = new ArrayList<>();
    CaptionChain chain =
        chain(
            Duration.ofMinutes(1),
            model(
                request -> {
                  threads.add(Thread.currentThread());
                  return ScriptedCaptioner.reply(request, "A cat").build();
                }));

    chain.caption(request().build());

    assertThat(threads.get(0).isDaemon()).isTrue();
    assertThat(threads.get(0).toString().startsWith("VirtualThread")).isEqualTo(VIRTUAL);
  }

  @Test
  void poolThatIsFullMakesItsRungsUnavailable() throws Exception {
    assumeTrue(!VIRTUAL, "virtual threads have no bound");
    CaptionChain chain =
        CaptionChain.builder()
            .maxThreads(1)
            .rung(Rung.builder("a", "typea", model(this::hangUntilInterrupted)).build())
            .build();
    chains.add(chain);
    Future<CaptionException> first = callers.submit(() -> failure(chain));
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

    CaptionException second = failure(chain);

    assertThat(second.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(outcomes(second.trail())).containsExactly("a SKIPPED");
    assertThat(second).hasMessageContaining("no thread is free");
    chain.close();
    assertThat(get(first).reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void executorThatRefusesWorkMakesTheRungUnavailableAndKeepsNoTurn() {
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new SynchronousQueue<>());
    one.execute(() -> awaitRelease());
    CaptionChain chain =
        CaptionChain.builder()
            .executor(one)
            .rung(Rung.builder("a", "typea", model(answers("A cat"))).maxConcurrency(1).build())
            .build();

    for (int i = 0; i < 3; i++) {
      CaptionException failure = failure(chain);
      assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(failure).hasMessageContaining("no thread is free");
    }
    release.countDown();
    one.shutdown();
  }

  @Test
  void systemThatHasNoThreadLeftMakesTheRungUnavailableAndKeepsNoTurn() {
    AtomicInteger refusals = new AtomicInteger(3);
    ExecutorService exhausted =
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
          @Override
          public void execute(Runnable work) {
            if (refusals.getAndDecrement() > 0) {
              throw new OutOfMemoryError("unable to create native thread");
            }
            super.execute(work);
          }
        };
    CaptionChain chain =
        CaptionChain.builder()
            .executor(exhausted)
            .rung(Rung.builder("a", "typea", model(answers("A cat"))).maxConcurrency(1).build())
            .build();

    for (int i = 0; i < 3; i++) {
      CaptionException failure = failure(chain);
      assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(failure).hasMessageContaining("no thread is free");
    }
    assertThat(chain.caption(request().build()).text(CaptionStyle.CONCISE)).contains("A cat");
    exhausted.shutdown();
  }

  @Test
  void noMoreCallsAreUnderWayThanTheRungAllows() throws Exception {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ScriptedCaptioner captioner =
        model(
            request -> {
              most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              LockSupport.parkNanos(100_000); // so that calls overlap
              underWay.decrementAndGet();
              return ScriptedCaptioner.reply(request, "A cat").build();
            });
    CaptionChain chain = chain(Duration.ofMinutes(1), rung -> rung.maxConcurrency(3), captioner);
    List<Callable<CaptionReply>> questions = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      questions.add(() -> chain.caption(request().build()));
    }

    List<Future<CaptionReply>> replies = callers.invokeAll(questions);

    for (Future<CaptionReply> reply : replies) {
      assertThat(get(reply).text(CaptionStyle.CONCISE)).contains("A cat");
    }
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void requestThatWaitsForItsTurnTooLongGoesOn() throws Exception {
    CaptionChain chain =
        chain(
            Duration.ofMinutes(1),
            rung -> rung.maxConcurrency(1),
            model(this::hangUntilInterrupted));
    Future<CaptionException> first = callers.submit(() -> failure(chain));
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

    CaptionException second = failure(chain, request().deadline(Deadline.after(SHORT)).build());

    assertThat(outcomes(second.trail())).containsExactly("a SKIPPED");
    assertThat(second.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(second).hasMessageContaining("1 calls under way");
    chain.close();
    assertThat(get(first).reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void callThatHangsOnKeepsItsTurnUntilItIsBack() throws Exception {
    CaptionChain chain =
        chain(SHORT, rung -> rung.maxConcurrency(1), model(this::hangDeaf, answers("A cat")));
    assertThat(failure(chain).reason()).isEqualTo(Reason.TIMEOUT);

    assertThat(outcomes(failure(chain).trail())).containsExactly("a SKIPPED");
    release.countDown();
    assertThat(back.await(1, TimeUnit.MINUTES)).isTrue();

    assertThat(generousTurn(chain)).contains("A cat");
  }

  /** The turn is handed back just after the captioner has come back: a try or two may be early. */
  private String generousTurn(CaptionChain chain) {
    for (int i = 0; i < 100; i++) {
      try {
        return chain.caption(request().build()).text(CaptionStyle.CONCISE).orElseThrow();
      } catch (CaptionException e) {
        Thread.onSpinWait();
      }
    }
    throw new AssertionError("the turn never came back");
  }

  private CaptionReply hangUntilInterrupted(CaptionRequest request) {
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

  private CaptionReply hangDeaf(CaptionRequest request) {
    request.onCancel(cancelled::countDown);
    asked.countDown();
    awaitRelease();
    back.countDown();
    return ScriptedCaptioner.reply(request, "Too late").build();
  }

  private void awaitRelease() {
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

  private CaptionChain chain(Duration timeout, Captioner... captioners) {
    return chain(timeout, rung -> rung, captioners);
  }

  private CaptionChain chain(
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

  private CaptionChain patient(Captioner captioner, ExecutorService executor) {
    CaptionChain patient =
        CaptionChain.builder()
            .executor(executor)
            .rung(Rung.builder("a", "typea", captioner).build())
            .build();
    chains.add(patient);
    return patient;
  }

  private static CaptionRequest.Builder request() {
    return CaptionRequest.builder(PICTURE).styles(Set.of(CaptionStyle.CONCISE));
  }

  private static CaptionException failure(CaptionChain chain) {
    return failure(chain, request().build());
  }

  private static CaptionException failure(CaptionChain chain, CaptionRequest request) {
    try {
      CaptionReply reply = chain.caption(request);
      throw new AssertionError("answered: " + reply);
    } catch (CaptionException e) {
      return e;
    }
  }

  private static <T> T get(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }
}
