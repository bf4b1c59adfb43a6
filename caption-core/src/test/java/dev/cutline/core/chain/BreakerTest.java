package dev.cutline.core.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BreakerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualTime time = new ManualTime();
  private final Breaker breaker = new Breaker(time, true, change -> {});

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "TIMEOUT"})
  void opensAfterThreeOutagesInARow(Reason reason) {
    fail(reason, 2);
    assertThat(breaker.refusal()).isEmpty();
    fail(reason, 1);
    assertThat(breaker.enter()).isEmpty();
    assertThat(breaker.refusal()).contains(new Breaker.Refusal(reason, Duration.ofSeconds(5)));
  }

  @Test
  void countsOutagesOfBothKindsInOneRow() {
    fail(Reason.TIMEOUT, 1);
    fail(Reason.UNAVAILABLE, 1);
    fail(Reason.TIMEOUT, 1);
    assertThat(breaker.enter()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNAVAILABLE", "TIMEOUT", "UNAUTHORIZED", "MISCONFIGURED"})
  void everyOtherFailureEndsARow(Reason reason) {
    fail(Reason.UNAVAILABLE, 2);
    fail(reason, 1);
    fail(Reason.UNAVAILABLE, 2);
    assertThat(breaker.enter()).isPresent();
  }

  @ParameterizedTest
  @EnumSource(names = {"RATE_LIMITED", "INVALID_IMAGE", "IMAGE_LIMIT", "REFUSED", "BUDGET_SPENT"})
  void takesWhatIsNoFaultOfTheServerForAnAnswer(Reason reason) {
    fail(reason, 100);
    assertThat(breaker.refusal()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERNAL", "MALFORMED_REPLY"})
  void opensWhereHalfOfTheLastTwentyWereErrorsOfTheServer(Reason reason) {
    answer(10);
    fail(reason, 9);
    answer(1);
    assertThat(breaker.refusal()).isEmpty();
    fail(reason, 1);
    assertThat(breaker.refusal()).contains(new Breaker.Refusal(reason, Duration.ofSeconds(5)));
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERNAL", "MALFORMED_REPLY"})
  void countsErrorsOfTheServerInNoRowForAPictureMayBeToBlame(Reason reason) {
    fail(reason, 19);
    assertThat(breaker.refusal()).isEmpty();
    fail(reason, 1);
    assertThat(breaker.refusal()).as("twenty of twenty").isPresent();
  }

  @Test
  void countsErrorsOfTheServerAlongWithOutages() {
    for (int i = 0; i < 4; i++) {
      answer(2);
      fail(Reason.INTERNAL, 1);
      fail(Reason.UNAVAILABLE, 1);
    }
    answer(2);
    fail(Reason.MALFORMED_REPLY, 1);
    assertThat(breaker.refusal()).isEmpty();
    fail(Reason.TIMEOUT, 1);
    assertThat(breaker.refusal()).isPresent();
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERNAL", "MALFORMED_REPLY"})
  void staysOpenTwiceAsLongWhereTheProbeMetAnErrorOfTheServer(Reason reason) {
    fail(Reason.UNAVAILABLE, 3);
    for (int seconds : List.of(5, 10, 20, 40, 60, 60)) {
      assertThat(left()).hasSeconds(seconds);
      time.pass(Duration.ofSeconds(seconds));
      fail(reason, 1);
    }
    time.pass(Duration.ofMinutes(1));
    answer(1);
    assertThat(breaker.refusal()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERNAL", "MALFORMED_REPLY"})
  void errorOfTheServerEndsARowOfMisconfiguredCalls(Reason reason) {
    fail(Reason.MISCONFIGURED, 2);
    fail(reason, 1);
    fail(Reason.MISCONFIGURED, 2);
    assertThat(breaker.refusal()).isEmpty();
  }

  @Test
  void opensWhenHalfOfTheLastTwentyFailed() {
    for (int i = 0; i < 9; i++) {
      answer(1);
      fail(Reason.UNAVAILABLE, 1);
    }
    answer(1);
    assertThat(breaker.refusal()).isEmpty();
    fail(Reason.UNAVAILABLE, 1);
    assertThat(breaker.refusal()).isPresent();
  }

  @Test
  void staysClosedWhileFewerThanHalfFail() {
    for (int i = 0; i < 100; i++) {
      answer(2);
      fail(Reason.UNAVAILABLE, 1);
    }
    assertThat(breaker.refusal()).isEmpty();
  }

  @Test
  void letsOneProbeThroughAfterFiveSeconds() {
    fail(Reason.UNAVAILABLE, 3);
    time.pass(SECOND.multipliedBy(4));
    assertThat(breaker.enter()).isEmpty();
    time.pass(SECOND);
    assertThat(breaker.refusal()).isEmpty();
    assertThat(breaker.enter()).isPresent();
    assertThat(breaker.enter()).as("a second call beside the probe").isEmpty();
    assertThat(breaker.refusal()).contains(new Breaker.Refusal(Reason.UNAVAILABLE, null));
  }

  @Test
  void closesWhenAProbeIsAnswered() {
    fail(Reason.UNAVAILABLE, 3);
    time.pass(SECOND.multipliedBy(5));
    answer(1);
    fail(Reason.UNAVAILABLE, 2);
    assertThat(breaker.refusal()).as("counts from nothing").isEmpty();
  }

  @Test
  void closesWhenAProbeIsAnsweredWithAnyOtherFailure() {
    fail(Reason.UNAVAILABLE, 3);
    time.pass(SECOND.multipliedBy(5));
    fail(Reason.REFUSED, 1);
    assertThat(breaker.enter()).isPresent();
  }

  @Test
  void doublesTheIntervalUpToAMinuteAndBeginsAnewAfterAnAnswer() {
    fail(Reason.UNAVAILABLE, 3);
    for (int seconds : List.of(5, 10, 20, 40, 60, 60)) {
      assertThat(left()).hasSeconds(seconds);
      time.pass(Duration.ofSeconds(seconds));
      fail(Reason.TIMEOUT, 1);
    }
    time.pass(Duration.ofMinutes(1));
    answer(1);
    fail(Reason.UNAVAILABLE, 3);
    assertThat(left()).hasSeconds(5);
  }

  @Test
  void opensLongAtOnceWhereTheKeyIsWrong() {
    fail(Reason.UNAUTHORIZED, 1);
    assertThat(breaker.refusal())
        .contains(new Breaker.Refusal(Reason.UNAUTHORIZED, Duration.ofMinutes(5)));
    time.pass(Duration.ofMinutes(5));
    fail(Reason.UNAUTHORIZED, 1);
    assertThat(left()).hasMinutes(5);
    time.pass(Duration.ofMinutes(5));
    fail(Reason.UNAVAILABLE, 1);
    assertThat(left()).hasMinutes(1);
  }

  @Test
  void opensLongWhereThreeInARowWereMisconfigured() {
    fail(Reason.MISCONFIGURED, 2);
    answer(1);
    fail(Reason.MISCONFIGURED, 2);
    fail(Reason.UNAVAILABLE, 1);
    fail(Reason.MISCONFIGURED, 2);
    assertThat(breaker.refusal()).isEmpty();
    fail(Reason.MISCONFIGURED, 1);
    assertThat(left()).hasMinutes(5);
  }

  @Test
  void whatAPersonHasToMendIsNoOutageInARow() {
    fail(Reason.UNAVAILABLE, 2);
    fail(Reason.MISCONFIGURED, 1);
    fail(Reason.UNAVAILABLE, 2);
    assertThat(breaker.refusal()).isEmpty();
    fail(Reason.UNAVAILABLE, 1);
    assertThat(breaker.refusal()).isPresent();
  }

  @Test
  void forgetsTheLastTwentyWhenItCloses() {
    for (int i = 0; i < 10; i++) {
      answer(1);
      fail(Reason.UNAVAILABLE, 1);
    }
    time.pass(SECOND.multipliedBy(5));
    answer(1);
    fail(Reason.UNAVAILABLE, 1);
    assertThat(breaker.refusal()).isEmpty();
  }

  @Test
  void answerToACallFromBeforeAnOutageEndsNoRow() {
    Breaker.Permit old = permits(1).get(0);
    fail(Reason.UNAVAILABLE, 3);
    time.pass(SECOND.multipliedBy(5));
    answer(1);
    fail(Reason.UNAVAILABLE, 2);
    old.answered();
    fail(Reason.UNAVAILABLE, 1);
    assertThat(breaker.refusal()).isPresent();
  }

  @Test
  void doesNotCountWhatWasUnderWayBeforeItOpened() {
    List<Breaker.Permit> old = permits(4);
    fail(Reason.UNAVAILABLE, 3);
    old.get(0).answered();
    assertThat(breaker.refusal()).as("an answer from before").isPresent();
    time.pass(SECOND.multipliedBy(5));
    Breaker.Permit probe = breaker.enter().orElseThrow();
    old.get(1).failed(Reason.TIMEOUT);
    old.get(2).abandoned();
    assertThat(breaker.enter()).as("the probe is still under way").isEmpty();
    probe.answered();
    old.get(3).failed(Reason.UNAUTHORIZED);
    assertThat(breaker.refusal()).isEmpty();
  }

  @Test
  void letsTheNextProbeThroughAtOnceIfOneWasGivenUp() {
    fail(Reason.UNAVAILABLE, 3);
    time.pass(SECOND.multipliedBy(5));
    breaker.enter().orElseThrow().abandoned();
    assertThat(breaker.enter()).isPresent();
  }

  @Test
  void countsACallThatWasGivenUpAsNeither() {
    fail(Reason.UNAVAILABLE, 2);
    breaker.enter().orElseThrow().abandoned();
    fail(Reason.UNAVAILABLE, 1);
    assertThat(breaker.refusal()).isPresent();
  }

  @Test
  void countsCallsThatWereCutOffForHalfOfThePartThatTheyHad() {
    cutOff(0.5, 11);
    assertThat(breaker.refusal()).isEmpty();
    cutOff(0.5, 1);
    assertThat(breaker.refusal())
        .contains(new Breaker.Refusal(Reason.TIMEOUT, Duration.ofSeconds(5)));
  }

  @Test
  void countsCallsThatWereCutOffAlongWithOutages() {
    fail(Reason.UNAVAILABLE, 2);
    cutOff(0.75, 2);
    assertThat(breaker.refusal()).isEmpty();
    cutOff(0.75, 1);
    assertThat(left()).hasSeconds(5);
  }

  @Test
  void callThatWasCutOffDoesNotOpenItWhereHalfOfTheOthersHadFailed() {
    fail(Reason.INTERNAL, 10);
    answer(10);

    cutOff(0.125, 1);

    assertThat(breaker.view().state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void countsCallsThatWereCutOffInARowOnly() {
    for (int i = 0; i < 100; i++) {
      cutOff(0.875, 6);
      answer(1);
    }
    assertThat(breaker.refusal()).isEmpty();
  }

  @Test
  void takesACallThatHadAFairTimeForAnOutage() {
    cutOff(1, 3);
    assertThat(left()).hasSeconds(5);
    time.pass(SECOND.multipliedBy(5));
    cutOff(1, 1);
    assertThat(left()).hasSeconds(10);
  }

  @Test
  void staysOpenAsLongAgainWhereTheProbeWasCutOff() {
    fail(Reason.UNAVAILABLE, 3);
    time.pass(SECOND.multipliedBy(5));
    fail(Reason.UNAVAILABLE, 1);
    for (int i = 0; i < 3; i++) {
      time.pass(SECOND.multipliedBy(10));
      cutOff(0.875, 1);
      assertThat(breaker.refusal())
          .contains(new Breaker.Refusal(Reason.UNAVAILABLE, Duration.ofSeconds(10)));
    }
    time.pass(SECOND.multipliedBy(10));
    answer(1);
    assertThat(breaker.refusal()).isEmpty();
  }

  @Test
  void countsNoCutOffOfACallFromBeforeItOpened() {
    List<Breaker.Permit> old = permits(2);
    fail(Reason.UNAVAILABLE, 3);
    time.pass(SECOND.multipliedBy(5));
    Breaker.Permit probe = breaker.enter().orElseThrow();
    old.get(0).timedOut(0.5);
    assertThat(breaker.refusal()).contains(new Breaker.Refusal(Reason.UNAVAILABLE, null));
    probe.answered();
    old.get(1).timedOut(0.5);
    cutOff(0.5, 11);
    assertThat(breaker.refusal()).isEmpty();
  }

  @Test
  void countsTheFirstEndOfACallOnly() {
    Breaker.Permit permit = breaker.enter().orElseThrow();
    for (int i = 0; i < 5; i++) {
      permit.failed(Reason.UNAVAILABLE);
    }
    permit.answered();
    assertThat(breaker.refusal()).isEmpty();
  }

  @Test
  void letsOneOfManyThreadsProbe() throws Exception {
    for (int round = 0; round < 50; round++) {
      Breaker contended = new Breaker(time, true, change -> {});
      for (int i = 0; i < 3; i++) {
        contended.enter().orElseThrow().failed(Reason.UNAVAILABLE);
      }
      time.pass(SECOND.multipliedBy(5));
      assertThat(entered(contended, 8)).isEqualTo(1);
    }
  }

  private static long entered(Breaker breaker, int threads) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Boolean>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        results.add(
            pool.submit(
                () -> {
                  start.await();
                  return breaker.enter().isPresent();
                }));
      }
      start.countDown();
      long count = 0;
      for (Future<Boolean> each : results) {
        count += each.get() ? 1 : 0;
      }
      return count;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void neverOpensWhereItIsOff() {
    Breaker off = new Breaker(time, false, change -> {});
    for (Reason reason : Reason.values()) {
      for (int i = 0; i < 30; i++) {
        off.enter().orElseThrow().failed(reason);
      }
    }
    for (int i = 0; i < 30; i++) {
      off.enter().orElseThrow().timedOut(0.875);
    }
    assertThat(off.refusal()).isEmpty();
  }

  private Duration left() {
    return breaker.refusal().map(Breaker.Refusal::left).orElseThrow();
  }

  private void fail(Reason reason, int times) {
    for (int i = 0; i < times; i++) {
      breaker.enter().orElseThrow().failed(reason);
    }
  }

  private void cutOff(double part, int times) {
    for (int i = 0; i < times; i++) {
      breaker.enter().orElseThrow().timedOut(part);
    }
  }

  private void answer(int times) {
    for (int i = 0; i < times; i++) {
      breaker.enter().orElseThrow().answered();
    }
  }

  private List<Breaker.Permit> permits(int count) {
    List<Breaker.Permit> permits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      permits.add(breaker.enter().orElseThrow());
    }
    return permits;
  }
}
