package dev.cutline.core.chain;

import static dev.cutline.core.chain.ScriptedCaptioner.after;
import static dev.cutline.core.chain.ScriptedCaptioner.answers;
import static dev.cutline.core.chain.ScriptedCaptioner.fails;
import static dev.cutline.core.chain.ScriptedCaptioner.hangs;
import static dev.cutline.core.chain.ScriptedCaptioner.model;
import static dev.cutline.core.chain.ScriptedCaptioner.palette;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.Attempt;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.Deadline;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Outcome;
import dev.cutline.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaptionChainTest {
  private static final ImageData PICTURE = ImageData.of(new byte[] {1, 2}, ImageFormat.JPEG, 8, 6);

  private final ManualTime time = new ManualTime();

  @AfterEach
  void wakeAll() throws InterruptedException {
    time.wakeEverybody();
  }

  @Test
  void firstRungThatAnswersWins() {
    ScriptedCaptioner second = model(answers("A dog"));

    CaptionReply reply = caption(chain(model(answers("A cat")), second));

    assertThat(reply.text(CaptionStyle.CONCISE)).contains("A cat");
    assertThat(reply.rung()).contains("a");
    assertThat(reply.provider()).contains("typea");
    assertThat(second.calls()).isZero();
    assertThat(outcomes(reply.trail())).containsExactly("a OK");
    assertThat(reply.trail().get(0).sentSha256()).contains(PICTURE.sha256());
    assertThat(reply.usage()).isEqualTo(ScriptedCaptioner.USAGE);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "TIMEOUT", "UNAUTHORIZED", "MISCONFIGURED", "BUDGET_SPENT"})
  void asksTheNextRungAtOnceFor(Reason reason) {
    ScriptedCaptioner first = model(fails(reason));

    CaptionReply reply = caption(chain(first, model(answers("A dog"))));

    assertThat(reply.rung()).contains("b");
    assertThat(first.calls()).isOne();
    assertThat(time.vainWaits()).isEmpty();
    assertThat(outcomes(reply.trail())).containsExactly("a " + reason, "b OK");
    assertThat(reply.trail().get(0).message()).contains("says " + reason);
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERNAL", "MALFORMED_REPLY"})
  void asksOnceMoreAfterAShortPauseFor(Reason reason) {
    ScriptedCaptioner first = model(fails(reason), answers("A cat"));

    CaptionReply reply = caption(chain(first, model(answers("A dog"))));

    assertThat(outcomes(reply.trail())).containsExactly("a " + reason, "a OK");
    assertThat(time.vainWaits()).containsExactly(Duration.ofMillis(200));
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERNAL", "MALFORMED_REPLY"})
  void asksTheNextRungAfterOneVainRetryFor(Reason reason) {
    CaptionReply reply = caption(chain(model(fails(reason)), model(answers("A dog"))));

    assertThat(outcomes(reply.trail())).containsExactly("a " + reason, "a " + reason, "b OK");
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "INVALID_IMAGE"})
  void stopsAt(Reason reason) {
    ScriptedCaptioner second = model(answers("A dog"));

    CaptionException failure = failure(chain(model(fails(reason)), second));

    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(outcomes(failure.trail())).containsExactly("a " + reason);
    assertThat(second.calls()).isZero();
  }

  @Test
  void keepsOneDeadlineOverFiveHangingRungs() {
    long start = time.nanos();
    CaptionChain chain =
        chain(
            model(hangs(time)),
            model(hangs(time)),
            model(hangs(time)),
            model(hangs(time)),
            model(hangs(time)));

    CaptionException failure = failure(chain);

    assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(Duration.ofNanos(time.nanos() - start)).isEqualTo(Duration.ofSeconds(30));
    assertThat(outcomes(failure.trail()))
        .containsExactly("a TIMEOUT", "b TIMEOUT", "c SKIPPED", "d SKIPPED", "e SKIPPED");
    assertThat(failure.trail())
        .extracting(Attempt::elapsed)
        .startsWith(Duration.ofSeconds(20), Duration.ofSeconds(10));
  }

  @Test
  void waitsForARateLimitedModelRatherThanDescribeByRule() {
    ScriptedCaptioner first =
        model(fails(Reason.RATE_LIMITED, Duration.ofSeconds(3)), answers("A cat"));

    CaptionReply reply = caption(chain(first, palette(answers("Mostly blue"))));

    assertThat(reply.rung()).contains("a");
    assertThat(outcomes(reply.trail())).containsExactly("a RATE_LIMITED", "a OK");
    assertThat(time.vainWaits()).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void skipsARateLimitedRungForLaterRequestsUntilItsTimeHasPassed() {
    ScriptedCaptioner first =
        model(fails(Reason.RATE_LIMITED, Duration.ofSeconds(60)), answers("A cat"));
    CaptionChain chain = chain(first, model(answers("A dog")));

    assertThat(outcomes(caption(chain).trail())).containsExactly("a RATE_LIMITED", "b OK");
    assertThat(outcomes(caption(chain).trail())).containsExactly("a SKIPPED", "b OK");
    time.pass(Duration.ofSeconds(60));
    assertThat(outcomes(caption(chain).trail())).containsExactly("a OK");
  }

  @Test
  void slowAnswerWithinTheTimeoutCounts() {
    CaptionReply reply =
        caption(chain(model(after(time, Duration.ofSeconds(19), answers("A cat")))));

    assertThat(reply.elapsed()).isEqualTo(Duration.ofSeconds(19));
    assertThat(reply.trail().get(0).elapsed()).isEqualTo(Duration.ofSeconds(19));
  }

  private CaptionChain chain(Captioner... captioners) {
    CaptionChain.Builder chain =
        CaptionChain.builder().time(time).executor(time.executor()).random(() -> 0.5);
    char name = 'a';
    for (Captioner captioner : captioners) {
      chain.rung(Rung.builder(String.valueOf(name), "type" + name, captioner).build());
      name++;
    }
    return chain.build();
  }

  private CaptionRequest request() {
    return CaptionRequest.builder(PICTURE)
        .styles(Set.of(CaptionStyle.CONCISE))
        .deadline(Deadline.after(Duration.ofMinutes(5), time::nanos))
        .build();
  }

  private CaptionReply caption(CaptionChain chain) {
    return chain.caption(request());
  }

  private CaptionException failure(CaptionChain chain) {
    return catchThrowableOfType(CaptionException.class, () -> chain.caption(request()));
  }

  private static List<String> outcomes(List<Attempt> trail) {
    return trail.stream().map(each -> each.rung() + " " + each.outcome()).toList();
  }

  @Test
  void outcomesNameEveryReason() {
    for (Reason reason : Reason.values()) {
      assertThat(Outcome.of(reason).name()).isEqualTo(reason.name());
    }
  }
}
