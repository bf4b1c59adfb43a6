package dev.cutline.core.chain;

import static dev.cutline.core.chain.ScriptedCaptioner.after;
import static dev.cutline.core.chain.ScriptedCaptioner.answers;
import static dev.cutline.core.chain.ScriptedCaptioner.fails;
import static dev.cutline.core.chain.ScriptedCaptioner.hangs;
import static dev.cutline.core.chain.ScriptedCaptioner.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Attempt;
import dev.cutline.Cancellation;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Reason;
import dev.cutline.core.money.DailyBudgets;
import dev.cutline.core.money.Prices;
import dev.cutline.core.store.MemoryRecordStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What those are told who listen to a chain, and what it says of its rungs when asked. */
class ChainListenerTest {
  private final ChainBed bed = new ChainBed();
  private final Diary diary = new Diary();

  @AfterEach
  void endThreads() throws InterruptedException {
    bed.time.wakeEverybody();
  }

  @Test
  void tellsOfTheRequestEachCallAndTheAnswer() {
    CaptionChain chain =
        bed.rung(model(fails(Reason.UNAVAILABLE)))
            .rung(model(answers("A dog")))
            .builder()
            .listener(diary)
            .build();

    bed.caption(chain);

    assertThat(diary.lines)
        .containsExactly("request", "call a", "a UNAVAILABLE", "call b", "b OK", "answered by b");
  }

  @Test
  void tellsThatNobodyAnswered() {
    CaptionChain chain = bed.rung(model(fails(Reason.REFUSED))).builder().listener(diary).build();

    bed.failure(chain);

    assertThat(diary.lines).containsExactly("request", "call a", "a REFUSED", "failed REFUSED");
  }

  @Test
  void tellsOfACallThatIsNoLongerWaitedFor() {
    Cancellation cancellation = new Cancellation();
    CaptionChain chain =
        bed.rung(
                model(
                    request -> {
                      cancellation.cancel();
                      return hangs(bed.time).answer(request);
                    }))
            .builder()
            .listener(diary)
            .build();

    bed.failure(chain, bed.request().cancellation(cancellation).build());

    assertThat(diary.lines).containsExactly("request", "call a", "a CANCELLED", "failed TIMEOUT");
  }

  @Test
  void tellsOfAHedge() {
    List<ScriptedCaptioner.Line> script =
        new ArrayList<>(
            Collections.nCopies(20, after(bed.time, Duration.ofSeconds(1), answers("A cat"))));
    script.add(hangs(bed.time));
    CaptionChain chain =
        bed.rung(model(script.toArray(ScriptedCaptioner.Line[]::new)), rung -> rung.hedge(95))
            .rung(model(after(bed.time, Duration.ofSeconds(1), answers("A dog"))))
            .builder()
            .listener(diary)
            .build();
    for (int i = 0; i < 20; i++) {
      bed.caption(chain);
    }
    assertThat(diary.lines).noneMatch(line -> line.contains("hedged"));

    bed.caption(chain);

    assertThat(diary.lines.subList(80, diary.lines.size()))
        .contains("a hedged by b", "call b", "b OK", "a CANCELLED")
        .endsWith("answered by b");
  }

  @Test
  void tellsWhenABreakerOpensStaysOpenAndCloses() {
    CaptionChain chain =
        bed.rung(model(fails(Reason.UNAUTHORIZED), fails(Reason.UNAUTHORIZED), answers("A cat")))
            .rung(model(answers("A dog")))
            .builder()
            .listener(diary)
            .build();

    bed.caption(chain);
    bed.time.pass(Duration.ofMinutes(5));
    bed.caption(chain);
    bed.time.pass(Duration.ofMinutes(5));
    bed.caption(chain);

    assertThat(diary.breakers)
        .containsExactly(
            "a OPEN UNAUTHORIZED PT5M",
            "a OPEN UNAUTHORIZED PT5M by a probe",
            "a CLOSED null PT0S by a probe");
  }

  @Test
  void noListenerStopsARequestWhateverItThrows() {
    ChainListener broken =
        new ChainListener() {
          @Override
          public OfRequest request(CaptionRequest request) {
            throw new IllegalStateException("broken");
          }

          @Override
          public void breaker(BreakerEvent event) {
            throw new AssertionError("broken");
          }
        };
    ChainListener brokenLater =
        new ChainListener() {
          @Override
          public OfRequest request(CaptionRequest request) {
            return new OfRequest() {
              @Override
              public OfCall call(Rung rung) {
                return attempt -> {
                  throw new IllegalStateException("broken");
                };
              }

              @Override
              public void answered(CaptionReply reply) {
                throw new IllegalStateException("broken");
              }
            };
          }
        };
    CaptionChain chain =
        bed.rung(model(fails(Reason.UNAUTHORIZED)))
            .rung(model(answers("A dog")))
            .builder()
            .listener(broken)
            .listener(brokenLater)
            .listener(diary)
            .build();

    assertThat(bed.caption(chain).rung()).contains("b");
    assertThat(diary.lines).contains("answered by b");
    assertThat(diary.breakers).hasSize(1);
  }

  @Test
  void statusTellsHowEachRungStands() {
    List<ScriptedCaptioner.Line> script =
        new ArrayList<>(
            Collections.nCopies(18, after(bed.time, Duration.ofSeconds(1), answers("A cat"))));
    script.addAll(
        Collections.nCopies(2, after(bed.time, Duration.ofSeconds(3), answers("A late cat"))));
    script.add(fails(Reason.UNAUTHORIZED));
    Prices dime = Prices.builder().image(new BigDecimal("0.1")).build();
    CaptionChain chain =
        bed.rung(
                model(script.toArray(ScriptedCaptioner.Line[]::new)),
                rung -> rung.prices(dime).dailyBudget(BigDecimal.TEN).maxConcurrency(7))
            .rung(model(answers("A dog")))
            .builder()
            .budgets(
                new DailyBudgets(
                    new MemoryRecordStore().budgetLedger(), java.time.Instant::now, null))
            .build();
    RungStatus before = chain.status().get(0);
    for (int i = 0; i < 21; i++) {
      bed.caption(chain);
    }

    RungStatus first = chain.status().get(0);
    RungStatus second = chain.status().get(1);

    assertThat(before.median()).isEmpty();
    assertThat(before.lastFailure()).isEmpty();
    assertThat(before.breaker()).isEqualTo(BreakerState.CLOSED);
    assertThat(before.leftAlone()).isEmpty();
    assertThat(first.breaker()).isEqualTo(BreakerState.OPEN);
    assertThat(first.outage()).contains(Reason.UNAUTHORIZED);
    assertThat(first.leftAlone()).contains(Duration.ofMinutes(5));
    assertThat(first.lastFailure()).contains("UNAUTHORIZED (says UNAUTHORIZED)");
    assertThat(first.median().orElseThrow())
        .isBetween(Duration.ofSeconds(1), Duration.ofMillis(1050));
    assertThat(first.p95().orElseThrow()).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3150));
    assertThat(first.dailyBudget()).contains(BigDecimal.TEN);
    assertThat(second.dailyBudget()).isEmpty();
    assertThat(first.spentToday().orElseThrow()).isEqualByComparingTo("2");
    assertThat(first.allowed()).hasValue(7);
    assertThat(first.underWay()).isZero();
    assertThat(first.waiting()).isZero();
    assertThat(second.breaker()).isEqualTo(BreakerState.CLOSED);
    assertThat(second.allowed()).isEmpty();
    assertThat(second.spentToday()).isEmpty();

    bed.time.pass(Duration.ofMinutes(5));
    assertThat(chain.status().get(0).breaker()).isEqualTo(BreakerState.PROBING);
  }

  @Test
  void statusTellsOfAnAnswerThatNobodyCanUse() {
    CaptionChain chain = bed.rung(model(answers(" "))).rung(model(answers("A dog"))).chain();

    assertThat(bed.caption(chain).rung()).contains("b");

    assertThat(chain.status().get(0).lastFailure().orElseThrow()).startsWith("MALFORMED_REPLY (");
    assertThat(chain.status().get(1).lastFailure()).isEmpty();
  }

  /** Writes down what it is told. */
  private static final class Diary implements ChainListener {
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final List<String> breakers = new ArrayList<>();

    @Override
    public OfRequest request(CaptionRequest request) {
      lines.add("request");
      return new OfRequest() {
        @Override
        public OfCall call(Rung rung) {
          lines.add("call " + rung.name());
          return (Attempt attempt) -> lines.add(attempt.rung() + " " + attempt.outcome());
        }

        @Override
        public void hedged(Rung slow, Rung other) {
          lines.add(slow.name() + " hedged by " + other.name());
        }

        @Override
        public void answered(CaptionReply reply) {
          lines.add("answered by " + reply.rung().orElseThrow());
        }

        @Override
        public void failed(CaptionException failure) {
          lines.add("failed " + failure.reason());
        }
      };
    }

    @Override
    public void breaker(BreakerEvent event) {
      breakers.add(
          event.rung().name()
              + " "
              + event.state()
              + " "
              + event.cause()
              + " "
              + event.leftAlone()
              + (event.byProbe() ? " by a probe" : ""));
    }
  }
}
