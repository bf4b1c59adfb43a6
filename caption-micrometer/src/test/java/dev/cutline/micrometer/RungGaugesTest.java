package dev.cutline.micrometer;

import static dev.cutline.micrometer.ScriptedCaptioner.after;
import static dev.cutline.micrometer.ScriptedCaptioner.answers;
import static dev.cutline.micrometer.ScriptedCaptioner.fails;
import static dev.cutline.micrometer.ScriptedCaptioner.model;
import static dev.cutline.micrometer.ScriptedCaptioner.telling;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.BudgetLedger;
import dev.cutline.Reason;
import dev.cutline.StoreException;
import dev.cutline.core.chain.CaptionChain;
import dev.cutline.core.money.DailyBudgets;
import dev.cutline.core.money.Prices;
import dev.cutline.core.store.MemoryRecordStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the gauges say of how rungs stand. */
class RungGaugesTest {
  private static final Prices DIME = Prices.builder().image(new BigDecimal("0.1")).build();

  private final MockClock clock = new MockClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
  private final CaptionMeters meters = CaptionMeters.of(registry);
  private final Bed bed = new Bed();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicBoolean down = new AtomicBoolean();
  private volatile Runnable whileAsked = () -> {};

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void tellHowBreakersStand() {
    CaptionChain chain =
        bed.rung(model(fails(Reason.UNAUTHORIZED))).rung(model(answers("A cat"))).chain(meters);
    assertThat(meters.bindTo(chain)).isSameAs(chain);
    assertThat(breaker("a", "closed")).isEqualTo(1);
    assertThat(breaker("a", "open")).isZero();

    Bed.caption(chain);
    clock.addSeconds(1);

    assertThat(breaker("a", "closed")).isZero();
    assertThat(breaker("a", "open")).isEqualTo(1);
    assertThat(breaker("a", "probing")).isZero();
    assertThat(breaker("b", "closed")).isEqualTo(1);
  }

  @Test
  void tellWhoWaitsAndWhoIsServed() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    CaptionChain chain =
        meters.bindTo(
            bed.rung(
                    model(telling(asked, after(answer, answers("A cat")))),
                    rung -> rung.maxConcurrency(1))
                .rung(model(answers("A dog")))
                .chain(meters));
    ExecutorService callers = Executors.newFixedThreadPool(3);
    for (int i = 0; i < 3; i++) {
      callers.execute(() -> Bed.caption(chain));
    }
    asked.await();
    while (chain.status().get(0).waiting() < 2) {
      Thread.onSpinWait();
    }
    clock.addSeconds(1);

    assertThat(gauge("cutline.calls.active", "a")).isEqualTo(1);
    assertThat(gauge("cutline.calls.waiting", "a")).isEqualTo(2);
    assertThat(gauge("cutline.calls.allowed", "a")).isEqualTo(1);
    assertThat(gauge("cutline.calls.allowed", "b")).isEqualTo(Double.POSITIVE_INFINITY);
    answer.countDown();
    callers.shutdown();
    assertThat(callers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void tellWhatWasSpentTodayWhereThereIsABudget() {
    CaptionChain chain = chainWithBudget();

    Bed.caption(chain);
    clock.addSeconds(1);

    assertThat(gauge("cutline.budget.spent", "a")).isEqualTo(0.1);
    assertThat(gauge("cutline.budget.limit", "a")).isEqualTo(5);
    assertThat(registry.find("cutline.budget.spent").tag("rung", "b").gauge()).isNull();
  }

  @Test
  void moneyIsUnknownWhereTheLedgerCannotBeReached() {
    chainWithBudget();

    down.set(true);
    clock.addSeconds(1);

    assertThat(gauge("cutline.budget.spent", "a")).isNaN();
    assertThat(gauge("cutline.calls.active", "a")).isZero();
  }

  @Test
  void allOfThemLookOnceASecond() {
    chainWithBudget();
    int before = reads.get();

    readAll();
    assertThat(reads).hasValue(before + 1);
    clock.add(Duration.ofMillis(999));
    readAll();
    assertThat(reads).hasValue(before + 1);
    clock.add(Duration.ofMillis(1));
    readAll();
    assertThat(reads).hasValue(before + 2);
  }

  @Test
  void readerThatComesWhileAnotherLooksWaitsForWhatThatOneSees() throws InterruptedException {
    chainWithBudget();
    int before = reads.get();
    clock.addSeconds(1);
    Thread second = new Thread(this::readAll, "second");
    whileAsked =
        () -> {
          whileAsked = () -> {};
          second.start();
          while (second.getState() != Thread.State.BLOCKED && reads.get() == before + 1) {
            Thread.onSpinWait();
          }
        };

    readAll();
    second.join();

    assertThat(reads).hasValue(before + 1);
  }

  private CaptionChain chainWithBudget() {
    bed.builder().budgets(new DailyBudgets(new Ledger(), Instant::now, null));
    return meters.bindTo(
        bed.rung(model(answers("A cat")), rung -> rung.prices(DIME).dailyBudget(new BigDecimal(5)))
            .rung(model(answers("A dog")))
            .chain(meters));
  }

  private void readAll() {
    registry.getMeters().forEach(meter -> meter.measure().forEach(each -> each.getValue()));
  }

  private double breaker(String rung, String state) {
    return registry
        .get("cutline.breaker.state")
        .tags("rung", rung, "type", "type" + rung, "state", state)
        .gauge()
        .value();
  }

  private double gauge(String name, String rung) {
    Gauge gauge = registry.get(name).tags("rung", rung, "type", "type" + rung).gauge();
    return gauge.value();
  }

  /** Counts how often it is asked what was spent, and can be out of reach. */
  private final class Ledger implements BudgetLedger {
    private final BudgetLedger memory = new MemoryRecordStore().budgetLedger();

    @Override
    public Optional<Reservation> reserve(
        String account, LocalDate day, BigDecimal amount, BigDecimal limit) {
      return memory.reserve(account, day, amount, limit);
    }

    @Override
    public void settle(Reservation reservation, BigDecimal spent) {
      memory.settle(reservation, spent);
    }

    @Override
    public BigDecimal total(String account, LocalDate day) {
      reads.incrementAndGet();
      whileAsked.run();
      if (down.get()) {
        throw new StoreException(StoreException.Kind.UNAVAILABLE, "out of reach");
      }
      return memory.total(account, day);
    }
  }
}
