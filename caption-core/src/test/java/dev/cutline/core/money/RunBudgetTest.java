package dev.cutline.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.CaptionException;
import dev.cutline.Reason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RunBudgetTest {
  private static final BigDecimal CENT = new BigDecimal("0.01");

  private final RunBudget budget = RunBudget.of(BigDecimal.ONE);

  @Test
  void whatIsSetAsideCountsUntilItIsSettled() {
    Funds funds = new Funds();
    budget.setAside(new BigDecimal("0.6"), funds);
    assertThat(budget.total()).isEqualByComparingTo("0.6");
    assertThat(refusal("0.5").reason()).isEqualTo(Reason.BUDGET_SPENT);

    funds.settle(new BigDecimal("0.123456789"));
    funds.settle(new BigDecimal("0.9"));

    assertThat(budget.total()).as("settled once").isEqualByComparingTo("0.123456789");
    budget.setAside(new BigDecimal("0.876543211"), new Funds());
    assertThat(budget.total()).as("to the last billionth").isEqualByComparingTo("1");
  }

  @Test
  void aRefusalSetsNothingAsideAndSaysHowMuchThereIs() {
    budget.setAside(new BigDecimal("0.99"), new Funds());
    assertThat(budget.isSpent()).isFalse();

    assertThat(refusal("0.010000000001"))
        .hasMessage(
            "the budget of 1 dollars does not reach for another call: 0.99 are spent or set"
                + " aside, and a call may cost 0.010000001");

    assertThat(budget.total()).isEqualByComparingTo("0.99");
    assertThat(budget.isSpent()).isTrue();
  }

  @Test
  void whatCostsNothingAlwaysMayBeEvenBeyondTheLimit() {
    Funds funds = new Funds();
    budget.setAside(BigDecimal.ONE, funds);
    funds.settle(new BigDecimal("1.5"));

    budget.setAside(BigDecimal.ZERO, new Funds());

    assertThat(budget.isSpent()).isFalse();
  }

  @Test
  void isMoreThanNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> RunBudget.of(BigDecimal.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunBudget.of(new BigDecimal("-1")))
        .withMessage("a budget is more than zero, not -1");
  }

  @Test
  void manyThreadsTogetherSetAsideExactlyWhatThereIs() throws Exception {
    int granted = together(random -> 0);

    assertThat(granted).isEqualTo(100);
    assertThat(budget.total()).isEqualByComparingTo("1");
  }

  @Test
  void whatIsSettledByManyThreadsAddsUp() throws Exception {
    List<Integer> spent = new ArrayList<>();
    int granted =
        together(
            random -> {
              int tenths = random.nextInt(10);
              synchronized (spent) {
                spent.add(tenths);
              }
              return tenths + 1;
            });

    BigDecimal sum =
        spent.stream()
            .map(tenths -> new BigDecimal(tenths).movePointLeft(3))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(granted).isEqualTo(spent.size()).isGreaterThan(100);
    assertThat(budget.total()).isEqualByComparingTo(sum).isLessThanOrEqualTo(BigDecimal.ONE);
  }

  /** Says what a call of a cent has cost in tenths of a cent, and one; 0: it is not settled. */
  private interface Spending {
    int next(Random random);
  }

  /** Returns how many calls of a cent were let through. */
  private int together(Spending spending) throws Exception {
    long seed = new Random().nextLong();
    System.out.println("RunBudgetTest seed " + seed);
    int threads = 16;
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Integer>> counts = new ArrayList<>();
    try {
      for (int i = 0; i < threads; i++) {
        Random random = new Random(seed + i);
        counts.add(workers.submit(worker(start, random, spending)));
      }
      start.countDown();
      int granted = 0;
      for (Future<Integer> count : counts) {
        granted += count.get();
      }
      return granted;
    } finally {
      workers.shutdownNow();
    }
  }

  private Callable<Integer> worker(CountDownLatch start, Random random, Spending spending) {
    return () -> {
      start.await();
      int granted = 0;
      for (int i = 0; i < 2000; i++) {
        Funds funds = new Funds();
        try {
          budget.setAside(CENT, funds);
        } catch (CaptionException e) {
          continue;
        }
        granted++;
        int spent = spending.next(random);
        if (spent > 0) {
          funds.settle(new BigDecimal(spent - 1).movePointLeft(3));
        }
      }
      return granted;
    };
  }

  private CaptionException refusal(String amount) {
    CaptionException refusal =
        catchThrowableOfType(
            CaptionException.class, () -> budget.setAside(new BigDecimal(amount), new Funds()));
    assertThat(refusal).isNotNull();
    return refusal;
  }
}
