package dev.cutline.core.chain;

import static dev.cutline.core.chain.ChainBed.outcomes;
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
import dev.cutline.Deadline;
import dev.cutline.Reason;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChainBreakerTest {
  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

  private final ChainBed bed = new ChainBed();

  @AfterEach
  void endThreads() throws InterruptedException {
    bed.time.wakeEverybody();
  }

  @Test
  void hangingRungCostsItsTimeoutThreeTimesAndThenOneProbeAnInterval() {
    ScriptedCaptioner dead = model(hangs(bed.time));
    CaptionChain chain =
        bed.rung(dead, rung -> rung.timeout(TWO_SECONDS)).rung(model(answers("A dog"))).chain();
    for (int i = 0; i < 3; i++) {
      assertThat(bed.caption(chain).elapsed()).isEqualTo(TWO_SECONDS);
    }
    for (int i = 0; i < 100; i++) {
      CaptionReply reply = bed.caption(chain);
      assertThat(reply.elapsed()).isZero();
      assertThat(outcomes(reply.trail())).containsExactly("a SKIPPED", "b OK");
    }
    assertThat(dead.calls()).isEqualTo(3);
    bed.time.pass(Duration.ofSeconds(5));
    for (int i = 0; i < 100; i++) {
      bed.caption(chain);
    }
    assertThat(dead.calls()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERNAL", "MALFORMED_REPLY"})
  void rungThatFailsOnEveryPictureCostsTwentyCallsAndThenOneProbeAnInterval(Reason reason) {
    ScriptedCaptioner broken = model(fails(reason));
    CaptionChain chain = bed.rung(broken).rung(model(answers("A dog"))).chain();
    for (int i = 0; i < 10; i++) { // each asks twice
      assertThat(bed.caption(chain).elapsed()).isPositive();
    }
    assertThat(broken.calls()).isEqualTo(20);
    for (int i = 0; i < 100; i++) {
      CaptionReply reply = bed.caption(chain);
      assertThat(reply.elapsed()).isZero();
      assertThat(outcomes(reply.trail())).containsExactly("a SKIPPED", "b OK");
    }
    assertThat(broken.calls()).isEqualTo(20);

    bed.time.pass(Duration.ofSeconds(5));
    CaptionReply probing = bed.caption(chain);
    assertThat(outcomes(probing.trail())).containsExactly("a " + reason, "b OK");
    assertThat(probing.elapsed()).as("no pause for a second try that is not made").isZero();
    bed.time.pass(Duration.ofSeconds(9));
    assertThat(outcomes(bed.caption(chain).trail())).containsExactly("a SKIPPED", "b OK");
    assertThat(broken.calls()).isEqualTo(21);
  }

  @Test
  void countsAnswersThatBreakTheContractAsFailures() {
    ScriptedCaptioner chatty = model(answers("cat ".repeat(40)));
    CaptionChain chain = bed.rung(chatty).rung(model(answers("A dog"))).chain();
    for (int i = 0; i < 30; i++) {
      bed.caption(chain);
    }
    assertThat(chatty.calls()).isEqualTo(20);
    assertThat(chain.status().get(0).outage()).contains(Reason.MALFORMED_REPLY);
  }

  @Test
  void refusalThatTheContractFindsInATextIsAnAnswer() {
    ScriptedCaptioner shy = model(answers("I'm sorry, but I can't help with that."));
    CaptionChain chain =
        bed.rung(shy, rung -> rung.onRefused(Rung.OnRefused.NEXT))
            .rung(model(answers("A dog")))
            .chain();
    for (int i = 0; i < 40; i++) {
      assertThat(outcomes(bed.caption(chain).trail())).containsExactly("a REFUSED", "b OK");
    }
    assertThat(shy.calls()).isEqualTo(40);
  }

  @Test
  void pictureThatWasNotShownToARungThatAnswersNonsenseIsWorthAnotherTry() {
    CaptionChain chain = bed.rung(model(fails(Reason.MALFORMED_REPLY))).chain();
    for (int i = 0; i < 10; i++) {
      assertThat(bed.failure(chain).reason()).isEqualTo(Reason.MALFORMED_REPLY);
    }
    CaptionException failure = bed.failure(chain);
    assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(5));
  }

  @Test
  void comesBackToARungThatWorksAgain() {
    CaptionChain chain =
        bed.rung(
                model(
                    fails(Reason.UNAVAILABLE),
                    fails(Reason.UNAVAILABLE),
                    fails(Reason.UNAVAILABLE),
                    answers("A cat")))
            .rung(model(answers("A dog")))
            .chain();
    for (int i = 0; i < 4; i++) {
      assertThat(bed.caption(chain).rung()).contains("b");
    }
    bed.time.pass(Duration.ofSeconds(5));
    assertThat(bed.caption(chain).rung()).contains("a");
    assertThat(bed.caption(chain).rung()).contains("a");
  }

  @Test
  void answerEndsARowOfFailures() {
    CaptionChain chain =
        bed.rung(
                model(
                    fails(Reason.UNAVAILABLE),
                    fails(Reason.UNAVAILABLE),
                    answers("A cat"),
                    fails(Reason.UNAVAILABLE),
                    fails(Reason.UNAVAILABLE),
                    answers("A bird")))
            .rung(model(answers("A dog")))
            .chain();
    for (String rung : List.of("b", "b", "a", "b", "b", "a")) {
      assertThat(bed.caption(chain).rung()).contains(rung);
    }
  }

  @Test
  void saysWhyAndForHowLongARungIsLeftAlone() {
    CaptionChain chain = bed.rung(model(fails(Reason.UNAVAILABLE))).chain();
    for (int i = 0; i < 3; i++) {
      bed.failure(chain);
    }
    bed.time.pass(Duration.ofMillis(800));

    CaptionException failure = bed.failure(chain);

    assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("left alone for another 4.2 s");
    assertThat(failure.retryAfter()).contains(Duration.ofMillis(4200));
    assertThat(outcomes(failure.trail())).containsExactly("a SKIPPED");
  }

  @Test
  void triesAWrongKeyOnceInFiveMinutes() {
    ScriptedCaptioner locked = model(fails(Reason.UNAUTHORIZED));
    CaptionChain chain = bed.rung(locked).rung(model(answers("A dog"))).chain();
    for (int i = 0; i < 10; i++) {
      bed.caption(chain);
      bed.time.pass(Duration.ofSeconds(29));
    }
    assertThat(locked.calls()).isEqualTo(1);
    bed.time.pass(Duration.ofSeconds(10));
    bed.caption(chain);
    assertThat(locked.calls()).isEqualTo(2);
  }

  @Test
  void doesNotHoldARequestWithoutTimeAgainstAServerThatUsuallyNeedsMore() {
    ScriptedCaptioner slow = model(after(bed.time, TWO_SECONDS, answers("A cat")));
    CaptionChain chain = bed.rung(slow).chain();
    for (int i = 0; i < 20; i++) {
      bed.caption(chain);
    }
    for (int i = 0; i < 5; i++) {
      Deadline soon = Deadline.after(Duration.ofSeconds(1), bed.time::nanos);
      CaptionException failure = bed.failure(chain, bed.request().deadline(soon).build());
      assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    }
    assertThat(bed.caption(chain).rung()).contains("a");
  }

  @Test
  void doesNotHoldRequestsInAHurryAgainstARungThatNobodyKnowsYet() {
    ScriptedCaptioner slow = model(after(bed.time, TWO_SECONDS, answers("A cat")));
    CaptionChain chain = bed.rung(slow).chain();
    for (int i = 0; i < 10; i++) {
      assertThat(outcomes(hurried(chain, Duration.ofMillis(500)).trail()))
          .containsExactly("a TIMEOUT");
    }
    assertThat(bed.caption(chain).rung()).contains("a");
  }

  @Test
  void leavesAHangingRungAloneThatNobodyKnowsYetAlthoughAllRequestsAreInAHurry() {
    ScriptedCaptioner dead = model(hangs(bed.time));
    CaptionChain chain = bed.rung(dead).rung(model(answers("A dog"))).chain();
    for (int i = 0; i < 10; i++) { // each has 10 of 16 s
      hurried(chain, Duration.ofSeconds(10));
    }
    assertThat(hurriedReply(chain, Duration.ofSeconds(10)).rung()).contains("b");
    assertThat(dead.calls()).isEqualTo(10);
  }

  @Test
  void leavesAHangingRungAloneAlthoughAllRequestsHaveLessTimeThanItUsuallyNeeds() {
    ScriptedCaptioner.Line[] script = new ScriptedCaptioner.Line[21];
    Arrays.fill(script, after(bed.time, TWO_SECONDS, answers("A cat")));
    script[20] = hangs(bed.time);
    ScriptedCaptioner server = model(script);
    CaptionChain chain = bed.rung(server).rung(model(answers("A dog"))).chain();
    for (int i = 0; i < 20; i++) {
      bed.caption(chain);
    }
    for (int i = 0; i < 10; i++) { // each has 1 of 1.6 s
      hurried(chain, Duration.ofSeconds(1));
    }
    assertThat(hurriedReply(chain, Duration.ofSeconds(1)).rung()).contains("b");
    assertThat(server.calls()).isEqualTo(30);
  }

  @Test
  void countsATimeoutThatTheServerTellsHoweverSoonItDoes() {
    ScriptedCaptioner.Line[] script = new ScriptedCaptioner.Line[21];
    Arrays.fill(script, after(bed.time, TWO_SECONDS, answers("A cat")));
    script[20] = after(bed.time, Duration.ofMillis(100), fails(Reason.TIMEOUT));
    CaptionChain chain = bed.rung(model(script)).chain();
    for (int i = 0; i < 20; i++) {
      bed.caption(chain);
    }
    for (int i = 0; i < 3; i++) {
      assertThat(outcomes(bed.failure(chain).trail())).containsExactly("a TIMEOUT");
    }
    assertThat(outcomes(bed.failure(chain).trail())).containsExactly("a SKIPPED");
  }

  @Test
  void takesAllTheTimeThatTheChainGivesForAFairOneHoweverLongTheTimeout() {
    ScriptedCaptioner dead = model(hangs(bed.time));
    CaptionChain chain = bed.rung(dead, rung -> rung.timeout(Duration.ofMinutes(2))).chain();
    for (int i = 0; i < 3; i++) {
      assertThat(outcomes(bed.failure(chain).trail())).containsExactly("a TIMEOUT");
    }
    assertThat(outcomes(bed.failure(chain).trail())).containsExactly("a SKIPPED");
  }

  @Test
  void measuresAFirstCallByTheTimeoutThatIsItsOwn() {
    bed.builder().deadline(Duration.ofHours(1));
    ScriptedCaptioner loading = model(hangs(bed.time));
    CaptionChain chain =
        bed.rung(loading, rung -> rung.timeout(TWO_SECONDS).firstTimeout(Duration.ofMinutes(10)))
            .chain();
    for (int i = 0; i < 4; i++) { // the first one has 5 of 8 minutes
      assertThat(outcomes(bed.failure(chain).trail())).containsExactly("a TIMEOUT");
    }
    assertThat(outcomes(bed.failure(chain).trail())).containsExactly("a SKIPPED");
  }

  @Test
  void letsNoProbeFollowAnotherThatWasCutOff() {
    ScriptedCaptioner.Line down = fails(Reason.UNAVAILABLE);
    ScriptedCaptioner server = model(down, down, down, hangs(bed.time));
    CaptionChain chain = bed.rung(server).rung(model(answers("A dog"))).chain();
    for (int i = 0; i < 3; i++) {
      bed.caption(chain);
    }
    bed.time.pass(Duration.ofSeconds(5));
    assertThat(outcomes(hurried(chain, Duration.ofMillis(100)).trail()))
        .containsExactly("a TIMEOUT", "b SKIPPED");

    for (int i = 0; i < 10; i++) {
      assertThat(hurriedReply(chain, Duration.ofMillis(100)).rung()).contains("b");
    }
    assertThat(server.calls()).isEqualTo(4);
    bed.time.pass(Duration.ofSeconds(5));
    hurried(chain, Duration.ofMillis(100));
    assertThat(server.calls()).isEqualTo(5);
  }

  private CaptionException hurried(CaptionChain chain, Duration deadline) {
    return bed.failure(chain, hurriedRequest(deadline));
  }

  private CaptionReply hurriedReply(CaptionChain chain, Duration deadline) {
    return chain.caption(hurriedRequest(deadline));
  }

  private CaptionRequest hurriedRequest(Duration deadline) {
    return bed.request().deadline(Deadline.after(deadline, bed.time::nanos)).build();
  }

  @Test
  void countsHangsOfAServerThatUsuallyTakesNearlyAllOfItsTime() {
    ScriptedCaptioner.Line[] script = new ScriptedCaptioner.Line[21];
    Arrays.fill(script, after(bed.time, Duration.ofMillis(1900), answers("A cat")));
    script[20] = hangs(bed.time);
    ScriptedCaptioner server = model(script);
    CaptionChain chain = bed.rung(server, rung -> rung.timeout(TWO_SECONDS)).chain();
    for (int i = 0; i < 20; i++) {
      bed.caption(chain);
    }
    for (int i = 0; i < 3; i++) {
      assertThat(outcomes(bed.failure(chain).trail())).containsExactly("a TIMEOUT");
    }

    assertThat(outcomes(bed.failure(chain).trail())).containsExactly("a SKIPPED");
    assertThat(server.calls()).isEqualTo(23);
  }

  @Test
  void waitsForALimitedModelWhereTheOtherDoesNotWork() {
    ScriptedCaptioner.Line spent = fails(Reason.BUDGET_SPENT);
    ScriptedCaptioner.Line limited = fails(Reason.RATE_LIMITED, TWO_SECONDS);
    CaptionChain chain =
        bed.rung(model(spent, spent, spent, limited, answers("A cat")))
            .rung(palette(spent, spent, spent, answers("Mostly blue")))
            .rung(model(fails(Reason.UNAVAILABLE)))
            .chain();
    for (int i = 0; i < 3; i++) {
      bed.failure(chain);
    }

    assertThat(bed.caption(chain).rung()).contains("a");
    assertThat(bed.time.vainWaits()).containsExactly(TWO_SECONDS);
  }

  @Test
  void triesAgainAtOnceWhereTheProbeWasCancelled() {
    Cancellation cancellation = new Cancellation();
    ScriptedCaptioner.Line down = fails(Reason.UNAVAILABLE);
    CaptionChain chain =
        bed.rung(
                model(
                    down,
                    down,
                    down,
                    request -> {
                      cancellation.cancel();
                      return hangs(bed.time).answer(request);
                    },
                    answers("A cat")))
            .chain();
    for (int i = 0; i < 3; i++) {
      bed.failure(chain);
    }
    bed.time.pass(Duration.ofSeconds(5));
    CaptionException given = bed.failure(chain, bed.request().cancellation(cancellation).build());
    assertThat(given).hasMessageContaining("cancelled");

    assertThat(bed.caption(chain).rung()).contains("a");
  }

  @Test
  void asksOnAndOnWhereTheBreakerIsOff() {
    ScriptedCaptioner dead = model(fails(Reason.UNAVAILABLE));
    CaptionChain chain = bed.rung(dead, rung -> rung.breaker(false)).chain();
    for (int i = 0; i < 10; i++) {
      bed.failure(chain);
    }
    assertThat(dead.calls()).isEqualTo(10);
  }
}
