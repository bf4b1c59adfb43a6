package dev.cutline.core.chain;

import static dev.cutline.core.chain.ChainBed.outcomes;
import static dev.cutline.core.chain.ScriptedCaptioner.answers;
import static dev.cutline.core.chain.ScriptedCaptioner.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Cancellation;
import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Captioners that come back in time by themselves need no thread of their own. */
class ChainPunctualTest extends ChainThreads {
  private static final Capabilities PUNCTUAL = Capabilities.builder().punctual(true).build();

  private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());

  @Test
  void onlyOneThatIsPunctualIsAskedOnTheThreadOfItsCaller() {
    CaptionChain chain =
        chain(Duration.ofMinutes(1), model(this::noteThread), punctual(this::noteThread));

    chain.caption(request().build());

    assertThat(threads).hasSize(2);
    assertThat(threads.get(0)).isNotSameAs(Thread.currentThread());
    assertThat(threads.get(1)).isSameAs(Thread.currentThread());
  }

  @Test
  void oneThatMayHaveToBeHedgedHasAThreadOfItsOwn() {
    CaptionChain chain =
        chain(
            Duration.ofMinutes(1),
            rung -> rung.hedge(50),
            punctual(
                request -> {
                  threads.add(Thread.currentThread());
                  return ScriptedCaptioner.reply(request, "A cat").build();
                }),
            punctual(answers("A dog")));

    for (int i = 0; i < 200; i++) { // it takes some calls to know what is usual
      chain.caption(request().context("question " + i).build());
    }

    assertThat(threads.get(0)).isSameAs(Thread.currentThread());
    assertThat(threads.get(threads.size() - 1)).isNotSameAs(Thread.currentThread());
  }

  @Test
  void hedgeThatIsNotNeededAnyMoreIsCancelled() throws Exception {
    CaptionChain chain =
        chain(
            Duration.ofMinutes(1),
            rung -> rung.hedge(50),
            punctual(
                request -> {
                  if (request.context().isPresent()) {
                    awaitAsked();
                  }
                  return ScriptedCaptioner.reply(request, "A cat").build();
                }),
            punctual(this::hangUntilCancelled));
    for (int i = 0; i < 200; i++) {
      chain.caption(request().build());
    }

    CaptionReply reply = chain.caption(request().context("slow").build());

    assertThat(reply.text(CaptionStyle.CONCISE)).contains("A cat");
    assertThat(cancelled.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void asynchronousRequestAsksOnTheThreadThatWaitsForIt() {
    ThreadPoolExecutor one = oneThread();
    CaptionChain chain = on(one, punctual(answers("A cat")));
    chains.add(chain);

    CaptionReply reply =
        chain
            .captionAsync(request().build(), ChainOptions.ofDefaults())
            .orTimeout(1, TimeUnit.MINUTES)
            .join();

    assertThat(reply.text(CaptionStyle.CONCISE)).contains("A cat");
    assertThat(one.getTaskCount()).isOne();
    one.shutdown();
  }

  @Test
  void timeoutThatItReportsLeadsToTheNextRung() {
    CaptionChain chain =
        chain(
            SHORT,
            punctual(
                request -> {
                  assertThat(request.deadline().remaining()).isLessThanOrEqualTo(SHORT);
                  throw new CaptionException(Reason.TIMEOUT, "nothing came");
                }),
            punctual(answers("A dog")));

    CaptionReply reply = chain.caption(request().build());

    assertThat(outcomes(reply.trail())).containsExactly("a TIMEOUT", "b OK");
  }

  @Test
  void interruptOfTheCallerReachesItAndIsKept() throws Exception {
    CaptionChain chain =
        chain(
            Duration.ofMinutes(1),
            punctual(this::hangUntilInterrupted),
            punctual(answers("A dog")));
    List<CaptionException> failures = new ArrayList<>();
    AtomicBoolean kept = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              failures.add(failure(chain));
              kept.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

    caller.interrupt();

    caller.join(TimeUnit.MINUTES.toMillis(1));
    assertThat(kept).isTrue();
    assertThat(failures.get(0)).hasMessageContaining("interrupted");
    assertThat(outcomes(failures.get(0).trail())).containsExactly("a CANCELLED");
  }

  @Test
  void answerCountsAlthoughTheCallerWasInterruptedMeanwhile() {
    CaptionChain chain =
        chain(
            Duration.ofMinutes(1),
            punctual(
                request -> {
                  Thread.currentThread().interrupt();
                  return ScriptedCaptioner.reply(request, "A cat").build();
                }));

    CaptionReply reply = chain.caption(request().build());

    assertThat(Thread.interrupted()).as("interrupt status").isTrue();
    assertThat(reply.text(CaptionStyle.CONCISE)).contains("A cat");
  }

  @Test
  void cancellationReachesItAndInterruptsNobody() throws Exception {
    CaptionChain chain =
        chain(
            Duration.ofMinutes(1), punctual(this::hangUntilCancelled), punctual(answers("A dog")));
    Cancellation cancellation = new Cancellation();
    AtomicBoolean interrupted = new AtomicBoolean();
    Future<CaptionException> failure =
        callers.submit(
            () -> {
              CaptionException thrown =
                  failure(chain, request().cancellation(cancellation).build());
              interrupted.set(Thread.currentThread().isInterrupted());
              return thrown;
            });
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

    cancellation.cancel();

    assertThat(get(failure)).hasMessage("the request was cancelled");
    assertThat(outcomes(get(failure).trail())).containsExactly("a CANCELLED");
    assertThat(interrupted).isFalse();
  }

  @Test
  void closingTheChainCancelsItsCall() throws Exception {
    CaptionChain chain = chain(Duration.ofMinutes(1), punctual(this::hangUntilCancelled));
    Future<CaptionException> failure = callers.submit(() -> failure(chain));
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();

    chain.close();

    assertThat(get(failure).reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(get(failure)).hasMessageContaining("the chain was closed");
  }

  @Test
  void callThatComesAfterTheEndOfTheThreadsNeverRuns() {
    Calls calls = Calls.onOwnThreads(1);
    calls.close();
    List<String> over = new ArrayList<>();
    Call<String> call =
        new Call<>(
            () -> {
              throw new AssertionError("ran");
            },
            new Cancellation(),
            (reply, failure) -> over.add(reply + " " + failure));

    calls.runHere(call);

    assertThat(over).containsExactly("null null");
    assertThat(call.answer())
        .failsWithin(Duration.ofMinutes(1))
        .withThrowableThat()
        .withMessageContaining("the chain was closed");
  }

  @Test
  void errorsOfItLeaveItsOnlyTurnUsable() {
    CaptionChain chain =
        chain(
            Duration.ofMinutes(1),
            rung -> rung.maxConcurrency(1),
            punctual(
                request -> {
                  throw new StackOverflowError();
                },
                answers("A cat")));

    CaptionException failure = failure(chain);

    assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("StackOverflowError");
    assertThat(chain.caption(request().build()).text(CaptionStyle.CONCISE)).contains("A cat");
  }

  private static ScriptedCaptioner punctual(ScriptedCaptioner.Line... script) {
    return new ScriptedCaptioner(PUNCTUAL, script);
  }

  private CaptionReply noteThread(CaptionRequest request) {
    threads.add(Thread.currentThread());
    if (threads.size() == 1) {
      throw new CaptionException(Reason.UNAUTHORIZED, "the other one is to be asked, too");
    }
    return ScriptedCaptioner.reply(request, "A cat").build();
  }

  private void awaitAsked() {
    try {
      assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private CaptionReply hangUntilCancelled(CaptionRequest request) {
    request.onCancel(cancelled::countDown);
    asked.countDown();
    try {
      if (!cancelled.await(1, TimeUnit.MINUTES)) {
        throw new AssertionError("not cancelled");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
    throw new CaptionException(Reason.TIMEOUT, "cancelled");
  }
}
