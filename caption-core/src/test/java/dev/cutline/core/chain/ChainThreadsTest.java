package dev.cutline.core.chain;

import static dev.cutline.core.chain.ChainBed.outcomes;
import static dev.cutline.core.chain.ScriptedCaptioner.answers;
import static dev.cutline.core.chain.ScriptedCaptioner.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
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
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * Which threads calls run on, how long they are waited for, and what is left of one that was given
 * up.
 */
class ChainThreadsTest extends ChainThreads {
  @Test
  void captionerThatHeedsNothingDoesNotHoldTheCaller() throws InterruptedException {
    CaptionChain chain =
        CaptionChain.builder()
            .time(onceAsked)
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
            .time(onceAsked)
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

  /** A pool of the JDK clears it between two tasks; threads of a user's need not. */
  @Test
  void threadIsGivenBackWithoutTheInterruptThatEndedItsCall() throws InterruptedException {
    List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
    ExecutorService watched =
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
          @Override
          public void execute(Runnable work) {
            super.execute(
                () -> {
                  work.run();
                  interrupted.add(Thread.currentThread().isInterrupted());
                });
          }
        };
    CaptionChain chain =
        CaptionChain.builder()
            .time(onceAsked)
            .executor(watched)
            .rung(
                Rung.builder("a", "typea", model(this::hangUntilInterrupted))
                    .timeout(SHORT)
                    .build())
            .build();

    assertThat(failure(chain).reason()).isEqualTo(Reason.TIMEOUT);

    watched.shutdown();
    assertThat(watched.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(interrupted).containsExactly(false);
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
    ThreadPoolExecutor threads = oneThread();
    CaptionChain chain = on(threads, model(answers("A cat")));

    Thread.currentThread().interrupt();
    CaptionException failure = failure(chain);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(threads.getTaskCount()).isZero();
    threads.shutdown();
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
    ThreadPoolExecutor threads = oneThread();
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();

    CaptionException failure =
        failure(on(threads, model(answers("A cat"))), request().cancellation(cancellation).build());

    assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(threads.getTaskCount()).isZero();
    threads.shutdown();
  }

  @Test
  void callThatWasGivenUpBeforeItGotItsThreadAsksNobody() throws InterruptedException {
    ThreadPoolExecutor threads = oneThread();
    threads.execute(this::awaitRelease);
    ScriptedCaptioner captioner = model(answers("A cat"));

    CaptionException failure =
        failure(on(threads, captioner), request().deadline(Deadline.after(SHORT)).build());

    assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    release.countDown();
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(threads.getCompletedTaskCount()).isEqualTo(2);
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

    assertThreeTimesWithoutAThread(chain);
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

    assertThreeTimesWithoutAThread(chain);
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
    assertThat(second).hasMessageContaining("had 1 call under way for too long");
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

  private static void assertThreeTimesWithoutAThread(CaptionChain chain) {
    for (int i = 0; i < 3; i++) {
      CaptionException failure = failure(chain);
      assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(failure).hasMessageContaining("no thread is free");
    }
  }

  private CaptionChain patient(Captioner captioner, ExecutorService executor) {
    CaptionChain patient = on(executor, captioner);
    chains.add(patient);
    return patient;
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

  @Test
  void turnThatComesAfterTheBreakerHasOpenedIsHandedOn() throws Exception {
    List<ScriptedCaptioner.Line> script =
        new ArrayList<>(Collections.nCopies(20, answers("A cat")));
    script.add(this::hangDeaf);
    CaptionChain chain =
        CaptionChain.builder()
            .rung(
                Rung.builder("a", "typea", model(script.toArray(ScriptedCaptioner.Line[]::new)))
                    .maxConcurrency(3)
                    .build())
            .build();
    chains.add(chain);
    for (int i = 0; i < 20; i++) {
      chain.caption(request().build());
    }

    List<CompletableFuture<CaptionReply>> hanging = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      CaptionRequest hurried = request().deadline(Deadline.after(Duration.ofSeconds(1))).build();
      hanging.add(chain.captionAsync(hurried, ChainOptions.ofDefaults()));
    }
    awaitThat(() -> chain.status().get(0).underWay() == 3);
    CompletableFuture<CaptionReply> waiting =
        chain.captionAsync(request().build(), ChainOptions.ofDefaults());
    awaitThat(() -> chain.status().get(0).waiting() == 1);
    for (CompletableFuture<CaptionReply> each : hanging) {
      assertThatThrownBy(each::join).hasMessageContaining("TIMEOUT");
    }
    assertThat(chain.status().get(0).breaker()).isEqualTo(BreakerState.OPEN);
    release.countDown();

    assertThatThrownBy(waiting::join).hasMessageContaining("is left alone");
    awaitThat(() -> chain.status().get(0).underWay() == 0);
  }

  private static void awaitThat(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 6_000 && !condition.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
