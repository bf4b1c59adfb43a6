package dev.cutline.core.chain;

import static dev.cutline.core.chain.ChainBed.outcomes;
import static dev.cutline.core.chain.ScriptedCaptioner.answers;
import static dev.cutline.core.chain.ScriptedCaptioner.fails;
import static dev.cutline.core.chain.ScriptedCaptioner.model;
import static dev.cutline.core.chain.ScriptedCaptioner.palette;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChainRateLimitTest {
  private static final Duration THREE_SECONDS = Duration.ofSeconds(3);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ChainBed bed = new ChainBed();

  @AfterEach
  void endThreads() throws InterruptedException {
    bed.time.wakeEverybody();
  }

  @Test
  void asksAnotherModelRatherThanWait() {
    ScriptedCaptioner first = model(fails(Reason.RATE_LIMITED, THREE_SECONDS), answers("A cat"));

    CaptionReply reply = bed.rung(first).rung(model(answers("A dog"))).caption();

    assertThat(outcomes(reply.trail())).containsExactly("a RATE_LIMITED", "b OK");
    assertThat(bed.time.vainWaits()).isEmpty();
  }

  @Test
  void guessesAfreshHowLongToWaitOnceTheServerHasAnswered() {
    ScriptedCaptioner first =
        model(fails(Reason.RATE_LIMITED), answers("A cat"), fails(Reason.RATE_LIMITED));
    CaptionChain chain = bed.rung(first).rung(model(answers("A dog"))).chain();
    for (String rung : List.of("b", "a")) {
      assertThat(bed.caption(chain).rung()).contains(rung);
      bed.time.pass(Duration.ofSeconds(1));
    }

    bed.caption(chain);
    bed.time.pass(Duration.ofSeconds(1));
    bed.caption(chain);

    assertThat(first.calls()).isEqualTo(4);
  }

  @Test
  void waitsForAModelRatherThanDescribeByRule() {
    ScriptedCaptioner first = model(fails(Reason.RATE_LIMITED, THREE_SECONDS), answers("A cat"));

    CaptionReply reply = bed.rung(first).rung(palette(answers("Mostly blue"))).caption();

    assertThat(outcomes(reply.trail())).containsExactly("a RATE_LIMITED", "a OK");
    assertThat(bed.time.vainWaits()).containsExactly(THREE_SECONDS);
  }

  @Test
  void describesByRuleWhereTheWaitWouldOutlastTheDeadline() {
    CaptionReply reply =
        bed.rung(model(fails(Reason.RATE_LIMITED, MINUTE)))
            .rung(palette(answers("Mostly blue")))
            .caption();

    assertThat(outcomes(reply.trail())).containsExactly("a RATE_LIMITED", "b OK");
    assertThat(bed.time.vainWaits()).isEmpty();
  }

  @Test
  void doesNotWaitWhereAModelBehindTheRuleIsReady() {
    ScriptedCaptioner third = model(answers("A dog"));

    CaptionReply reply =
        bed.rung(model(fails(Reason.RATE_LIMITED, THREE_SECONDS)))
            .rung(palette(answers("Mostly blue")))
            .rung(third)
            .caption();

    assertThat(outcomes(reply.trail())).containsExactly("a RATE_LIMITED", "b OK");
    assertThat(third.calls()).isZero();
  }

  @Test
  void waitsForTheOneThatIsReadySoonest() {
    ScriptedCaptioner first =
        model(fails(Reason.RATE_LIMITED, Duration.ofSeconds(9)), answers("A cat"));
    ScriptedCaptioner second = model(fails(Reason.RATE_LIMITED, THREE_SECONDS), answers("A dog"));

    CaptionReply reply =
        bed.rung(first).rung(second).rung(palette(answers("Mostly blue"))).caption();

    assertThat(outcomes(reply.trail())).containsExactly("a RATE_LIMITED", "b RATE_LIMITED", "b OK");
    assertThat(bed.time.vainWaits()).containsExactly(THREE_SECONDS);
  }

  @Test
  void waitsForTheNextOneWhereTheFirstFailsAfterTheWait() {
    ScriptedCaptioner first =
        model(fails(Reason.RATE_LIMITED, Duration.ofSeconds(9)), answers("A cat"));
    ScriptedCaptioner second =
        model(fails(Reason.RATE_LIMITED, THREE_SECONDS), fails(Reason.UNAVAILABLE));

    CaptionReply reply = bed.rung(first).rung(second).caption();

    assertThat(outcomes(reply.trail()))
        .containsExactly("a RATE_LIMITED", "b RATE_LIMITED", "b UNAVAILABLE", "a OK");
    assertThat(bed.time.vainWaits()).containsExactly(THREE_SECONDS, Duration.ofSeconds(6));
  }

  @Test
  void waitsThreeTimesForOneRungAndNoMore() {
    ScriptedCaptioner first = model(fails(Reason.RATE_LIMITED, Duration.ofMillis(10)));

    CaptionException failure = bed.rung(first).failure();

    assertThat(first.calls()).isEqualTo(4);
    assertThat(failure.reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(failure.retryAfter()).contains(Duration.ofMillis(10));
  }

  @Test
  void takesASecondForGrantedWhereTheServerNamesNoTime() {
    ScriptedCaptioner first = model(fails(Reason.RATE_LIMITED), answers("A cat"));

    CaptionReply reply = bed.rung(first).rung(palette(answers("Mostly blue"))).caption();

    assertThat(outcomes(reply.trail())).containsExactly("a RATE_LIMITED", "a OK");
    assertThat(bed.time.vainWaits()).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void skipsTheRungForLaterRequestsUntilItsTimeHasPassed() {
    ScriptedCaptioner first = model(fails(Reason.RATE_LIMITED, MINUTE), answers("A cat"));
    CaptionChain chain = bed.rung(first).rung(model(answers("A dog"))).chain();

    assertThat(outcomes(bed.caption(chain).trail())).containsExactly("a RATE_LIMITED", "b OK");
    CaptionReply skipped = bed.caption(chain);
    assertThat(outcomes(skipped.trail())).containsExactly("a SKIPPED", "b OK");
    assertThat(skipped.trail().get(0).message())
        .contains("asked to be left alone for another 60.0 s");
    bed.time.pass(MINUTE);
    assertThat(outcomes(bed.caption(chain).trail())).containsExactly("a OK");
  }

  @Test
  void laterRequestsWaitForTheSkippedRungLikeTheOneThatFoundItLimited() {
    ScriptedCaptioner first = model(fails(Reason.RATE_LIMITED, MINUTE), answers("A cat"));
    CaptionChain chain = bed.rung(first).rung(palette(answers("Mostly blue"))).chain();
    bed.caption(chain);
    bed.time.pass(Duration.ofSeconds(50));

    CaptionReply reply = bed.caption(chain);

    assertThat(outcomes(reply.trail())).containsExactly("a SKIPPED", "a OK");
    assertThat(bed.time.vainWaits()).containsExactly(Duration.ofSeconds(10));
  }

  @Test
  void tellsWhenToComeBackWhereEveryRungIsSkipped() {
    CaptionChain chain = bed.rung(model(fails(Reason.RATE_LIMITED, MINUTE))).chain();
    bed.failure(chain);
    bed.time.pass(Duration.ofSeconds(20));

    CaptionException failure = bed.failure(chain);

    assertThat(failure.reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(40));
    assertThat(outcomes(failure.trail())).containsExactly("a SKIPPED");
  }

  @Test
  void serverThatIsStillLoadingIsWaitedForAsOneThatIsLimited() {
    ScriptedCaptioner first = model(fails(Reason.UNAVAILABLE, THREE_SECONDS), answers("A cat"));

    CaptionReply reply = bed.rung(first).rung(palette(answers("Mostly blue"))).caption();

    assertThat(outcomes(reply.trail())).containsExactly("a UNAVAILABLE", "a OK");
  }

  @Test
  void deadServerIsNotWaitedFor() {
    CaptionReply reply =
        bed.rung(model(fails(Reason.UNAVAILABLE))).rung(palette(answers("Mostly blue"))).caption();

    assertThat(outcomes(reply.trail())).containsExactly("a UNAVAILABLE", "b OK");
    assertThat(bed.time.vainWaits()).isEmpty();
  }
}
