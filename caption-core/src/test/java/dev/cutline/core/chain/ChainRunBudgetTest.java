package dev.cutline.core.chain;

import static dev.cutline.core.chain.ScriptedCaptioner.after;
import static dev.cutline.core.chain.ScriptedCaptioner.answers;
import static dev.cutline.core.chain.ScriptedCaptioner.fails;
import static dev.cutline.core.chain.ScriptedCaptioner.hangs;
import static dev.cutline.core.chain.ScriptedCaptioner.model;
import static dev.cutline.core.chain.ScriptedCaptioner.palette;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.Reason;
import dev.cutline.core.money.DailyBudgets;
import dev.cutline.core.money.Prices;
import dev.cutline.core.money.RunBudget;
import dev.cutline.core.store.MemoryRecordStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the budget of a run does to the order of the rungs, and when the run is at its end. */
class ChainRunBudgetTest {
  private static final Prices DIME = Prices.builder().image(new BigDecimal("0.1")).build();
  private static final Prices FREE = Prices.builder().build();

  private final ChainBed bed = new ChainBed();
  private final RunBudget budget = RunBudget.of(new BigDecimal("0.25"));

  @AfterEach
  void endThreads() throws InterruptedException {
    bed.time.wakeEverybody();
  }

  @Test
  void theRunEndsWhereTheNextCallWouldGoBeyondIt() {
    ScriptedCaptioner dear = model(answers("A cat"));
    CaptionChain chain = bed.rung(dear, rung -> rung.prices(DIME)).chain();

    caption(chain);
    caption(chain);
    CaptionException failure = failure(chain);

    assertThat(failure.reason()).isEqualTo(Reason.BUDGET_SPENT);
    assertThat(failure)
        .hasMessageContaining("the budget of 0.25 dollars does not reach for another call");
    assertThat(dear.calls()).isEqualTo(2);
    assertThat(budget.total()).isEqualByComparingTo("0.2");
    assertThat(bed.caption(chain).rung()).as("another request is free to spend").contains("a");
  }

  @Test
  void descriptionsByRuleAreNoWayToGoOn() {
    ScriptedCaptioner byRule = palette(answers("Blue and grey"));
    CaptionChain chain =
        bed.rung(model(answers("A cat")), rung -> rung.prices(DIME)).rung(byRule).chain();
    caption(chain);
    caption(chain);

    CaptionException failure = failure(chain);

    assertThat(failure.reason()).isEqualTo(Reason.BUDGET_SPENT);
    assertThat(ChainBed.outcomes(failure.trail())).containsExactly("a SKIPPED", "b SKIPPED");
    assertThat(byRule.calls()).isZero();
  }

  @Test
  void descriptionsByRuleStandInForAModelThatFailsAsLongAsThereIsMoney() {
    CaptionChain chain =
        bed.rung(model(fails(Reason.UNAVAILABLE)), rung -> rung.prices(DIME))
            .rung(palette(answers("Blue and grey")))
            .chain();

    assertThat(caption(chain).rung()).contains("b");
    assertThat(budget.total()).isEqualByComparingTo("0");
  }

  @Test
  void modelsThatCostNothingAreStillAsked() {
    CaptionChain chain =
        bed.rung(model(answers("A cat")), rung -> rung.prices(DIME))
            .rung(model(answers("A dog")), rung -> rung.prices(FREE))
            .chain();
    caption(chain);
    caption(chain);

    CaptionReply third = caption(chain);

    assertThat(third.rung()).contains("b");
    assertThat(ChainBed.outcomes(third.trail())).containsExactly("a SKIPPED", "b OK");
  }

  @Test
  void theBudgetIsTheReasonWhateverElseIsWrong() {
    CaptionChain chain =
        bed.rung(model(fails(Reason.UNAVAILABLE)), rung -> rung.prices(FREE).breaker(false))
            .rung(model(answers("A dog")), rung -> rung.prices(DIME))
            .chain();
    caption(chain);
    caption(chain);

    assertThat(failure(chain).reason()).isEqualTo(Reason.BUDGET_SPENT);
  }

  @Test
  void aRungWithoutAPriceIsNotAsked() {
    ScriptedCaptioner unknown = model(answers("A cat"));
    CaptionChain chain = bed.rung(unknown).chain();

    CaptionException failure = failure(chain);

    assertThat(failure.reason()).isEqualTo(Reason.MISCONFIGURED);
    assertThat(failure).hasMessageContaining("a has no price to count by");
    assertThat(unknown.calls()).isZero();
  }

  @Test
  void countsWhatWasChargedAndNotWhatWasGuessed() {
    Prices tokens = Prices.builder().input(BigDecimal.valueOf(100)).build();
    CaptionChain chain =
        bed.rung(
                model(after(bed.time, Duration.ofSeconds(1), answers("A cat"))),
                rung -> rung.prices(tokens))
            .chain();

    caption(chain);

    assertThat(budget.total()).as("a thousand tokens").isEqualByComparingTo("0.1");
  }

  @Test
  void whatWasGivenUpCountsAsGuessedBecauseItMayBeCharged() {
    CaptionChain chain =
        bed.rung(model(hangs(bed.time)), rung -> rung.prices(DIME))
            .rung(model(answers("A dog")), rung -> rung.prices(FREE))
            .chain();

    assertThat(caption(chain).rung()).contains("b");

    assertThat(budget.total()).isEqualByComparingTo("0.1");
  }

  @Test
  void aDayThatIsSpentTakesNothingFromTheRunNorTheRunFromTheDay() {
    DailyBudgets days =
        new DailyBudgets(
            new MemoryRecordStore().budgetLedger(),
            () -> Instant.parse("2026-11-21T12:00:00Z"),
            new BigDecimal("0.1"));
    CaptionChain chain =
        bed.rung(
                model(answers("A cat")), rung -> rung.prices(DIME).dailyBudget(new BigDecimal("5")))
            .builder()
            .budgets(days)
            .build();
    RunBudget small = RunBudget.of(new BigDecimal("0.05"));

    failure(chain, small);
    assertThat(days.spentToday("a")).as("given back").isEqualByComparingTo("0");
    chain.caption(bed.request().build(), options(budget));
    CaptionException failure = failure(chain, budget);

    assertThat(failure).hasMessageContaining("the owner's budget of 0.1 dollars a day");
    assertThat(budget.total()).isEqualByComparingTo("0.1");
    assertThat(budget.isSpent()).isFalse();
  }

  private CaptionReply caption(CaptionChain chain) {
    return chain.caption(bed.request().build(), options(budget));
  }

  private CaptionException failure(CaptionChain chain) {
    return failure(chain, budget);
  }

  private CaptionException failure(CaptionChain chain, RunBudget from) {
    CaptionException failure =
        catchThrowableOfType(
            CaptionException.class, () -> chain.caption(bed.request().build(), options(from)));
    assertThat(failure).isNotNull();
    return failure;
  }

  private static ChainOptions options(RunBudget from) {
    return ChainOptions.builder().owner("alice").budget(from).build();
  }
}
