package dev.cutline.core.chain;

import static dev.cutline.core.chain.ScriptedCaptioner.after;
import static dev.cutline.core.chain.ScriptedCaptioner.answers;
import static dev.cutline.core.chain.ScriptedCaptioner.fails;
import static dev.cutline.core.chain.ScriptedCaptioner.hangs;
import static dev.cutline.core.chain.ScriptedCaptioner.model;
import static dev.cutline.core.chain.ScriptedCaptioner.palette;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Cancellation;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Deadline;
import dev.cutline.Reason;
import dev.cutline.core.store.MemoryRecordStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When another rung is asked as well, whose answer counts, and what becomes of the other call. */
class ChainHedgingTest {
  private static final Duration USUAL = Duration.ofSeconds(1);

  private final ChainBed bed = new ChainBed();

  @AfterEach
  void endThreads() throws InterruptedException {
    bed.time.wakeEverybody();
  }

  @Test
  void asksTheNextRungPastWhatIsUsualAndTakesTheFirstAnswer() {
    ScriptedCaptioner slow = usuallyFast(hangs(bed.time));
    ScriptedCaptioner next = model(after(bed.time, USUAL, answers("A dog")));
    CaptionChain chain = warm(bed.rung(slow, rung -> rung.hedge(95)).rung(next));

    CaptionReply reply = bed.caption(chain);

    assertThat(reply.text(CaptionStyle.CONCISE)).contains("A dog");
    assertThat(reply.rung()).contains("b");
    assertThat(reply.elapsed())
        .as("what is usual, and an answer")
        .isBetween(seconds(2), seconds(2.1));
    assertThat(ChainBed.outcomes(reply.trail())).containsExactly("a CANCELLED", "b OK");
    assertThat(reply.trail().get(0).elapsed()).isBetween(seconds(2), seconds(2.1));
    assertThat(reply.trail().get(0).sentSha256()).isPresent();
    assertThat(slow.requests().get(20).isCancelled()).isTrue();
  }

  @Test
  void firstRungWinsWhereItAnswersFirstAndTheOtherCallIsCancelled() throws InterruptedException {
    CountDownLatch cancelled = new CountDownLatch(1);
    ScriptedCaptioner slow = usuallyFast(after(bed.time, seconds(3), answers("A late cat")));
    ScriptedCaptioner next =
        model(
            request -> {
              request.onCancel(cancelled::countDown);
              return hangs(bed.time).answer(request);
            });
    CaptionChain chain = warm(bed.rung(slow, rung -> rung.hedge(95)).rung(next));

    CaptionReply reply = bed.caption(chain);

    assertThat(reply.text(CaptionStyle.CONCISE)).contains("A late cat");
    assertThat(ChainBed.outcomes(reply.trail())).containsExactly("a OK", "b CANCELLED");
    assertThat(cancelled.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void rungOfTheSameModelIsAskedAsWellAndDoesNotWaitForTheAnswerOfTheFirst() {
    ScriptedCaptioner slow = usuallyFast(hangs(bed.time));
    ScriptedCaptioner twin = model(answers("A dog"));
    assertThat(twin.fingerprint()).isEqualTo(slow.fingerprint());
    bed.builder().cache(new MemoryRecordStore().captionCache());
    CaptionChain chain = warm(bed.rung(slow, rung -> rung.hedge(95)).rung(twin));

    CaptionReply reply =
        chain.caption(bed.request().build(), ChainOptions.builder().owner("alice").build());

    assertThat(ChainBed.outcomes(reply.trail())).containsExactly("a CANCELLED", "b OK");
  }

  @Test
  void probeThatAHedgeOvertakesIsNotMadeAgainAtOnce() {
    ScriptedCaptioner dead =
        usuallyFast(
            fails(Reason.UNAVAILABLE),
            fails(Reason.UNAVAILABLE),
            fails(Reason.UNAVAILABLE),
            hangs(bed.time));
    CaptionChain chain = warm(bed.rung(dead, rung -> rung.hedge(95)).rung(model(answers("A dog"))));
    for (int i = 0; i < 3; i++) {
      assertThat(bed.caption(chain).rung()).contains("b");
    }
    bed.time.pass(seconds(5));

    assertThat(ChainBed.outcomes(bed.caption(chain).trail()))
        .as("the probe")
        .containsExactly("a CANCELLED", "b OK");
    assertThat(ChainBed.outcomes(bed.caption(chain).trail()))
        .as("the request after it")
        .containsExactly("a SKIPPED", "b OK");
    assertThat(chain.status().get(0).leftAlone()).isPresent();
  }

  @Test
  void asksOneRungWhereItAnswersInItsUsualTime() {
    ScriptedCaptioner next = model(answers("A dog"));
    CaptionChain chain =
        warm(
            bed.rung(model(after(bed.time, USUAL, answers("A cat"))), rung -> rung.hedge(95))
                .rung(next));

    assertThat(bed.caption(chain).rung()).contains("a");
    assertThat(next.calls()).isZero();
  }

  @Test
  void nobodyElseIsAskedUnlessItIsWanted() {
    ScriptedCaptioner next = model(answers("A dog"));
    CaptionChain chain =
        warm(bed.rung(usuallyFast(after(bed.time, seconds(9), answers("A late cat")))).rung(next));

    assertThat(bed.caption(chain).rung()).contains("a");
    assertThat(next.calls()).isZero();
  }

  @Test
  void nobodyElseIsAskedBeforeItIsKnownWhatIsUsual() {
    ScriptedCaptioner next = model(answers("A dog"));
    CaptionChain chain =
        bed.rung(model(after(bed.time, seconds(9), answers("A cat"))), rung -> rung.hedge(95))
            .rung(next)
            .chain();

    for (int i = 0; i < 20; i++) {
      assertThat(bed.caption(chain).rung()).contains("a");
    }
    assertThat(next.calls()).isZero();
  }

  @Test
  void descriptionByRuleIsNoHedge() {
    ScriptedCaptioner byRule = palette(answers("A dark picture"));
    CaptionChain chain =
        warm(
            bed.rung(
                    usuallyFast(after(bed.time, seconds(9), answers("A late cat"))),
                    rung -> rung.hedge(95))
                .rung(byRule));

    assertThat(bed.caption(chain).text(CaptionStyle.CONCISE)).contains("A late cat");
    assertThat(byRule.calls()).isZero();
  }

  @Test
  void hedgePassesOverRungsThatAreLeftAlone() {
    ScriptedCaptioner limited = model(fails(Reason.RATE_LIMITED, Duration.ofHours(1)));
    ScriptedCaptioner third = model(answers("A dog"));
    ScriptedCaptioner first = usuallyFast(fails(Reason.UNAVAILABLE), hangs(bed.time));
    CaptionChain chain = warm(bed.rung(first, rung -> rung.hedge(95)).rung(limited).rung(third));
    assertThat(bed.caption(chain).rung()).contains("c");

    assertThat(ChainBed.outcomes(bed.caption(chain).trail()))
        .containsExactly("a CANCELLED", "c OK");
    assertThat(limited.calls()).isEqualTo(1);
  }

  @Test
  void whatTheHedgeGivesCountsWhereTheFirstRungFails() {
    ScriptedCaptioner first = usuallyFast(after(bed.time, seconds(2), fails(Reason.UNAVAILABLE)));
    ScriptedCaptioner next = model(after(bed.time, seconds(5), answers("A dog")));
    CaptionChain chain = warm(bed.rung(first, rung -> rung.hedge(95)).rung(next));

    CaptionReply reply = bed.caption(chain);

    assertThat(ChainBed.outcomes(reply.trail())).containsExactly("a UNAVAILABLE", "b OK");
    assertThat(next.calls()).as("it is not asked again").isEqualTo(1);
  }

  @Test
  void rungsAfterTheHedgeAreAskedWhereBothFail() {
    ScriptedCaptioner first = usuallyFast(after(bed.time, seconds(3), fails(Reason.UNAVAILABLE)));
    ScriptedCaptioner next = model(fails(Reason.UNAVAILABLE));
    CaptionChain chain =
        warm(bed.rung(first, rung -> rung.hedge(95)).rung(next).rung(model(answers("A dog"))));

    CaptionReply reply = bed.caption(chain);

    assertThat(ChainBed.outcomes(reply.trail()))
        .containsExactly("a UNAVAILABLE", "b UNAVAILABLE", "c OK");
    assertThat(next.calls()).isEqualTo(1);
  }

  @Test
  void refusalOfTheHedgeStopsOnlyOnceTheFirstRungHasFailed() {
    ScriptedCaptioner first =
        usuallyFast(
            after(bed.time, seconds(3), answers("A late cat")),
            after(bed.time, seconds(3), fails(Reason.UNAVAILABLE)));
    CaptionChain chain =
        warm(
            bed.rung(first, rung -> rung.hedge(75))
                .rung(model(fails(Reason.REFUSED)))
                .rung(model(answers("A dog"))));

    assertThat(bed.caption(chain).text(CaptionStyle.CONCISE)).contains("A late cat");
    CaptionException refused = bed.failure(chain);

    assertThat(refused.reason()).isEqualTo(Reason.REFUSED);
    assertThat(ChainBed.outcomes(refused.trail())).containsExactly("a UNAVAILABLE", "b REFUSED");
  }

  @Test
  void secondTryOfASlowRungStartsNoSecondHedge() {
    ScriptedCaptioner first =
        usuallyFast(
            after(bed.time, seconds(3), fails(Reason.INTERNAL)),
            after(bed.time, seconds(3), answers("A late cat")));
    ScriptedCaptioner next = model(after(bed.time, seconds(9), answers("A dog")));
    CaptionChain chain = warm(bed.rung(first, rung -> rung.hedge(75)).rung(next));

    CaptionReply reply = bed.caption(chain);

    assertThat(reply.text(CaptionStyle.CONCISE)).contains("A late cat");
    assertThat(next.calls()).isEqualTo(1);
    assertThat(ChainBed.outcomes(reply.trail()))
        .containsExactly("a INTERNAL", "b CANCELLED", "a OK");
  }

  @Test
  void cancellingTheRequestCancelsBothCalls() {
    Cancellation cancellation = new Cancellation();
    ScriptedCaptioner first = usuallyFast(hangs(bed.time));
    ScriptedCaptioner next =
        model(
            request -> {
              cancellation.cancel();
              return hangs(bed.time).answer(request);
            });
    CaptionChain chain = warm(bed.rung(first, rung -> rung.hedge(95)).rung(next));

    CaptionException failure = bed.failure(chain, bed.request().cancellation(cancellation).build());

    assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(failure).hasMessageContaining("cancelled");
    assertThat(ChainBed.outcomes(failure.trail())).containsExactly("a CANCELLED", "b CANCELLED");
    assertThat(first.requests().get(20).isCancelled()).isTrue();
  }

  @Test
  void rungThatBecomesSlowAsAWholeDoesNotDoubleTheCalls() {
    ScriptedCaptioner first =
        usuallyFast(after(bed.time, Duration.ofSeconds(10), answers("A late cat")));
    ScriptedCaptioner next = model(answers("A dog"));
    CaptionChain chain = warm(bed.rung(first, rung -> rung.hedge(95)).rung(next));

    for (int i = 0; i < 100; i++) {
      bed.caption(chain);
    }

    assertThat(next.calls()).as("six in a hundred of 120 calls").isBetween(1, 7);
  }

  @Test
  void hedgeThatNoThreadTakesWasNeverOneAndItsRungIsAskedInItsTurn() {
    FullWhileAsked threads = new FullWhileAsked(bed.time.executor());
    AtomicInteger hedges = new AtomicInteger();
    ScriptedCaptioner first =
        usuallyFast(
            threads.fullDuring(after(bed.time, seconds(3), answers("A late cat"))),
            threads.fullDuring(after(bed.time, seconds(3), fails(Reason.UNAVAILABLE))));
    ScriptedCaptioner next = model(answers("A dog"));
    bed.rung(first, rung -> rung.hedge(75)).rung(next);
    bed.builder().executor(threads).listener(countingHedges(hedges));
    CaptionChain chain = warm(bed);

    CaptionReply late = bed.caption(chain);
    CaptionReply other = bed.caption(chain);

    assertThat(late.text(CaptionStyle.CONCISE)).contains("A late cat");
    assertThat(ChainBed.outcomes(late.trail())).containsExactly("a OK");
    assertThat(other.text(CaptionStyle.CONCISE)).contains("A dog");
    assertThat(ChainBed.outcomes(other.trail())).containsExactly("a UNAVAILABLE", "b OK");
    assertThat(other.elapsed()).as("nobody waits for it").isEqualTo(seconds(3));
    assertThat(threads.refused).as("one a call").isEqualTo(2);
    assertThat(hedges).as("told to listeners").hasValue(0);
  }

  @Test
  void callsThatAHedgeCutShortCountAsSlow() {
    // Left out, the slow ones would seem ever rarer, and what is usual ever shorter.
    ScriptedCaptioner next = model(after(bed.time, USUAL, answers("A dog")));
    CaptionChain chain =
        warm(bed.rung(usuallyFast(hangs(bed.time)), rung -> rung.hedge(75)).rung(next));
    List<Duration> elapsed = new ArrayList<>();

    for (int i = 0; i < 8; i++) {
      elapsed.add(bed.caption(chain).elapsed());
    }

    assertThat(elapsed.subList(0, 7)).allSatisfy(time -> assertThat(time).isLessThan(seconds(2.1)));
    assertThat(elapsed.get(7))
        .as("7 of 27 took 2 s or more, so that this is usual at 75 %")
        .isBetween(seconds(3), seconds(3.2));
  }

  @Test
  void requestInAHurryWaitsNoLongerThanItsOwnDeadlineForWhatIsUsual() {
    ScriptedCaptioner next = model(answers("A dog"));
    CaptionChain chain =
        warm(bed.rung(usuallyFast(hangs(bed.time)), rung -> rung.hedge(95)).rung(next));
    Deadline hurried = Deadline.after(USUAL.dividedBy(2), bed.time::nanos);
    long start = bed.time.nanos();

    CaptionException failure = bed.failure(chain, bed.request().deadline(hurried).build());

    assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(Duration.ofNanos(bed.time.nanos() - start)).isEqualTo(USUAL.dividedBy(2));
    assertThat(next.calls()).isZero();
  }

  /** Returns a captioner whose first 20 answers take one second. */
  private ScriptedCaptioner usuallyFast(ScriptedCaptioner.Line... then) {
    List<ScriptedCaptioner.Line> script = new ArrayList<>(Collections.nCopies(20, fast()));
    script.addAll(List.of(then));
    return model(script.toArray(ScriptedCaptioner.Line[]::new));
  }

  private ScriptedCaptioner.Line fast() {
    return after(bed.time, USUAL, answers("A cat"));
  }

  private static CaptionChain warm(ChainBed bed) {
    CaptionChain chain = bed.chain();
    for (int i = 0; i < 20; i++) {
      bed.caption(chain);
    }
    return chain;
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  private static ChainListener countingHedges(AtomicInteger hedges) {
    return new ChainListener() {
      @Override
      public OfRequest request(CaptionRequest request) {
        return new OfRequest() {
          @Override
          public void hedged(Rung slow, Rung other) {
            hedges.incrementAndGet();
          }
        };
      }
    };
  }

  /** Threads of which none is free as long as a call of its own is under way. */
  private static final class FullWhileAsked extends EndlessExecutor {
    private final ExecutorService threads;
    private volatile boolean full;
    private int refused;

    private FullWhileAsked(ExecutorService threads) {
      this.threads = threads;
    }

    private ScriptedCaptioner.Line fullDuring(ScriptedCaptioner.Line call) {
      return request -> {
        full = true;
        try {
          return call.answer(request);
        } finally {
          full = false;
        }
      };
    }

    @Override
    public void execute(Runnable work) {
      if (full) {
        refused++;
        throw new RejectedExecutionException("no thread is free");
      }
      threads.execute(work);
    }
  }
}
