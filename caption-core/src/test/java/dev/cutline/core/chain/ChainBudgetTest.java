package dev.cutline.core.chain;

import static dev.cutline.core.chain.ScriptedCaptioner.after;
import static dev.cutline.core.chain.ScriptedCaptioner.answers;
import static dev.cutline.core.chain.ScriptedCaptioner.fails;
import static dev.cutline.core.chain.ScriptedCaptioner.hangs;
import static dev.cutline.core.chain.ScriptedCaptioner.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cutline.BudgetLedger;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.Reason;
import dev.cutline.StoreException;
import dev.cutline.Usage;
import dev.cutline.core.money.DailyBudgets;
import dev.cutline.core.money.Prices;
import dev.cutline.core.store.MemoryRecordStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the budgets of a day do to the order of the rungs, and what counts as spent. */
class ChainBudgetTest {
  private static final Prices DIME = Prices.builder().image(new BigDecimal("0.1")).build();

  private final ChainBed bed = new ChainBed();
  private final BudgetLedger ledger = new MemoryRecordStore().budgetLedger();
  private Instant now = Instant.parse("2026-11-21T23:59:00Z");
  private DailyBudgets budgets = new DailyBudgets(ledger, () -> now, null);

  @AfterEach
  void endThreads() throws InterruptedException {
    bed.time.wakeEverybody();
  }

  @Test
  void nextRungIsAskedOnceTheBudgetIsSpent() {
    ScriptedCaptioner dear = model(answers("A cat"));
    CaptionChain chain = chain(dear, "0.25", model(answers("A dog")));

    assertThat(bed.caption(chain).rung()).contains("a");
    assertThat(bed.caption(chain).rung()).contains("a");
    CaptionReply third = bed.caption(chain);

    assertThat(third.rung()).contains("b");
    assertThat(ChainBed.outcomes(third.trail())).containsExactly("a SKIPPED", "b OK");
    assertThat(third.trail().get(0).message())
        .contains("its budget of 0.25 dollars a day does not reach for another call");
    assertThat(dear.calls()).isEqualTo(2);
  }

  @Test
  void budgetIsThereAgainTheNextDay() {
    CaptionChain chain = chain(model(answers("A cat")), "0.1", model(answers("A dog")));
    bed.caption(chain);
    assertThat(bed.caption(chain).rung()).contains("b");

    now = now.plusSeconds(60);

    assertThat(bed.caption(chain).rung()).contains("a");
  }

  @Test
  void failureSaysWhenTheNextDayBegins() {
    CaptionChain chain =
        bed.rung(model(answers("A cat")), this::dime).builder().budgets(budgets).build();
    bed.caption(chain);

    CaptionException failure = bed.failure(chain);

    assertThat(failure.reason()).isEqualTo(Reason.BUDGET_SPENT);
    assertThat(failure.retryAfter()).contains(Duration.ofMinutes(1));
  }

  @Test
  void whatFailedWithoutCostIsGivenBack() {
    CaptionChain chain =
        chain(model(fails(Reason.UNAVAILABLE), answers("A cat")), "0.1", model(answers("A dog")));

    assertThat(bed.caption(chain).rung()).contains("b");
    assertThat(spent()).isEqualByComparingTo("0");
    assertThat(bed.caption(chain).rung()).contains("a");
    assertThat(spent()).isEqualByComparingTo("0.1");
  }

  @Test
  void whatWasGivenUpCountsAsEstimatedBecauseItMayBeCharged() {
    CaptionChain chain = chain(model(hangs(bed.time)), "0.1", model(answers("A dog")));

    assertThat(bed.caption(chain).rung()).contains("b");

    assertThat(spent()).isEqualByComparingTo("0.1");
  }

  @Test
  void answerCountsAsItWasCharged() {
    Prices tokens = Prices.builder().input(BigDecimal.valueOf(1000)).build();
    CaptionChain chain =
        bed.rung(
                model(after(bed.time, Duration.ofSeconds(1), answers("A cat"))),
                rung -> rung.prices(tokens).dailyBudget(BigDecimal.valueOf(100)))
            .builder()
            .budgets(budgets)
            .build();

    CaptionReply reply = bed.caption(chain);

    assertThat(reply.costUsd()).as("a thousand tokens").isEqualByComparingTo("1");
    assertThat(spent()).isEqualByComparingTo("1");
  }

  @Test
  void ownersAreCountedApartAndForAllRungs() {
    budgets = new DailyBudgets(ledger, () -> now, new BigDecimal("0.1"));
    CaptionChain chain =
        bed.rung(model(answers("A cat")), rung -> rung.prices(DIME))
            .rung(model(answers("A dog")), rung -> rung.prices(DIME))
            .rung(model(answers("A free bird")))
            .builder()
            .budgets(budgets)
            .build();

    assertThat(captionFor(chain, "alice").rung()).contains("a");
    CaptionReply second = captionFor(chain, "alice");
    assertThat(second.rung()).as("what costs nothing is still asked").contains("c");
    assertThat(second.trail().get(1).message()).get().asString().startsWith("the owner's budget");
    assertThat(captionFor(chain, "bob").rung()).contains("a");
  }

  @Test
  void nothingStaysSetAsideForARungWhereTheOwnersBudgetDoesNotReach() {
    budgets = new DailyBudgets(ledger, () -> now, new BigDecimal("0.05"));
    CaptionChain chain = chain(model(answers("A cat")), "1", model(answers("A dog")));

    assertThat(captionFor(chain, "alice").rung()).contains("b");

    assertThat(spent()).isEqualByComparingTo("0");
  }

  @Test
  void ownerWhoIsCalledLikeARungIsSomebodyElse() {
    budgets = new DailyBudgets(ledger, () -> now, new BigDecimal("0.1"));
    CaptionChain chain = chain(model(answers("A cat")), "0.2", model(answers("A dog")));

    assertThat(captionFor(chain, "a").rung()).contains("a");
    assertThat(spent()).as("on the rung").isEqualByComparingTo("0.1");
    assertThat(captionFor(chain, "alice").rung()).contains("a");
  }

  @Test
  void whatNoThreadCallsIsGivenBack() {
    CaptionChain chain =
        bed.rung(model(answers("A cat")), this::dime)
            .builder()
            .budgets(budgets)
            .executor(
                new EndlessExecutor() {
                  @Override
                  public void execute(Runnable work) {
                    throw new RejectedExecutionException("no thread is free");
                  }
                })
            .build();

    assertThat(bed.failure(chain).reason()).isEqualTo(Reason.UNAVAILABLE);

    assertThat(spent()).isEqualByComparingTo("0");
  }

  @Test
  void rungIsNotAskedWhereNobodyKnowsWhatWasSpent() {
    ScriptedCaptioner dear = model(answers("A cat"));
    budgets = new DailyBudgets(new BrokenLedger(), () -> now, null);
    CaptionChain chain = chain(dear, "1", model(answers("A dog")));

    CaptionReply reply = bed.caption(chain);

    assertThat(ChainBed.outcomes(reply.trail())).containsExactly("a SKIPPED", "b OK");
    assertThat(reply.trail().get(0).message())
        .contains("nobody knows what was spent today: the disk is gone");
    assertThat(dear.calls()).isZero();
  }

  @Test
  void ledgerThatFailsWithoutAReasonEndsNoChain() {
    budgets =
        new DailyBudgets(
            new BrokenLedger() {
              @Override
              public Optional<Reservation> reserve(
                  String account, LocalDate day, BigDecimal amount, BigDecimal limit) {
                throw new NoClassDefFoundError("com/vendor/Connection");
              }

              @Override
              public BigDecimal total(String account, LocalDate day) {
                throw new IllegalStateException("the pool is closed");
              }
            },
            () -> now,
            null);
    CaptionChain chain = chain(model(answers("A cat")), "1", model(answers("A dog")));

    assertThat(ChainBed.outcomes(bed.caption(chain).trail())).containsExactly("a SKIPPED", "b OK");
    assertThat(chain.status().get(0).spentToday()).isEmpty();
  }

  @Test
  void answerThatWasPaidForIsNotLostWhereItsCostCannotBeNoted() {
    budgets =
        new DailyBudgets(
            new BrokenLedger() {
              @Override
              public Optional<Reservation> reserve(
                  String account, LocalDate day, BigDecimal amount, BigDecimal limit) {
                return ledger.reserve(account, day, amount, limit);
              }

              @Override
              public void settle(Reservation reservation, BigDecimal spent) {
                throw new IllegalStateException("the pool is closed");
              }
            },
            () -> now,
            null);
    CaptionChain chain = chain(model(answers("A cat")), "1", model(answers("A dog")));

    assertThat(ChainBed.outcomes(bed.caption(chain).trail())).containsExactly("a OK");
  }

  @Test
  void numbersOfTokensThatCannotBeAddedUpCostNoAnswer() {
    Usage most = new Usage(Long.MAX_VALUE, Long.MAX_VALUE);
    CaptionChain chain =
        bed.rung(
                model(
                    request -> ScriptedCaptioner.reply(request, "").usage(most).build(),
                    request -> ScriptedCaptioner.reply(request, "A cat").usage(most).build()))
            .chain();

    CaptionReply reply = bed.caption(chain);

    assertThat(ChainBed.outcomes(reply.trail())).containsExactly("a MALFORMED_REPLY", "a OK");
    assertThat(reply.usage()).isEqualTo(most);
  }

  @Test
  void turnsAndProbesAreGivenBackWhereTheBudgetDoesNotReach() {
    CaptionChain chain =
        bed.rung(model(answers("A cat")), rung -> dime(rung).maxConcurrency(1))
            .rung(model(answers("A dog")))
            .builder()
            .budgets(budgets)
            .build();
    bed.caption(chain);
    bed.caption(chain);
    now = now.plusSeconds(60);

    assertThat(bed.caption(chain).rung()).contains("a");
  }

  @Test
  void budgetsNeedPricesAndAPlaceToBeKept() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> bed.rung(model(answers("A cat")), rung -> rung.dailyBudget(BigDecimal.ONE)))
        .withMessageContaining("no prices to count by");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bed.rung(model(answers("A cat")), this::dime).chain())
        .withMessageContaining("the chain no budgets");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> bed.rung(model(answers("A cat")), rung -> rung.dailyBudget(BigDecimal.ZERO)))
        .withMessageContaining("is positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DailyBudgets(ledger, () -> now, BigDecimal.ZERO));
  }

  private Rung.Builder dime(Rung.Builder rung) {
    return rung.prices(DIME).dailyBudget(new BigDecimal("0.1"));
  }

  private CaptionChain chain(ScriptedCaptioner dear, String budget, ScriptedCaptioner free) {
    return bed.rung(dear, rung -> rung.prices(DIME).dailyBudget(new BigDecimal(budget)))
        .rung(free)
        .builder()
        .budgets(budgets)
        .build();
  }

  private CaptionReply captionFor(CaptionChain chain, String owner) {
    return chain.caption(bed.request().build(), ChainOptions.builder().owner(owner).build());
  }

  private BigDecimal spent() {
    return budgets.spentToday("a");
  }

  private static class BrokenLedger implements BudgetLedger {
    @Override
    public Optional<Reservation> reserve(
        String account, LocalDate day, BigDecimal amount, BigDecimal limit) {
      throw new StoreException(StoreException.Kind.UNAVAILABLE, "the disk is gone");
    }

    @Override
    public void settle(Reservation reservation, BigDecimal spent) {}

    @Override
    public BigDecimal total(String account, LocalDate day) {
      return BigDecimal.ZERO;
    }
  }
}
