package dev.cutline.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import dev.cutline.BudgetLedger.Reservation;
import dev.cutline.RateLimiter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * No money is spent twice and no request let through twice, however threads run into each other:
 * Lincheck lets them do so at every single step. What it does not look into, maps of the JDK and
 * Caffeine, it takes for atomic; the ledger's maps are not, so that is also tried by sheer number.
 */
class AtomicityTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

  @Test
  void ledgerReservesAndSettlesWhole() {
    UUID.randomUUID(); // makes its source of randomness, which Lincheck would step through
    options(5, 100)
        .addGuarantee(forClasses(UUID.class.getName()).allMethods().ignore())
        .check(Ledger.class);
  }

  @Test
  void rateLimiterLetsEachTokenThroughOnce() {
    options(5, 100)
        .addGuarantee(
            forClasses(name -> name.startsWith("com.github.benmanes.caffeine"))
                .allMethods()
                .ignore())
        .check(Limiter.class);
  }

  private static ModelCheckingOptions options(int scenarios, int interleavings) {
    return new ModelCheckingOptions()
        .iterations(scenarios)
        .invocationsPerIteration(interleavings)
        .threads(3)
        .actorsBefore(2)
        .actorsPerThread(2)
        .actorsAfter(2);
  }

  @Test
  void moneyThatManyThreadsSetAsideAndSpendAddsUp() throws Exception {
    MemoryBudgetLedger ledger = new MemoryBudgetLedger();
    BigDecimal two = new BigDecimal("0.000000002");
    BigDecimal one = new BigDecimal("0.000000001");
    atOnce(
        4,
        () -> {
          for (int i = 0; i < 20_000; i++) {
            ledger.settle(ledger.reserve("rung", DAY, two, BigDecimal.ONE).orElseThrow(), one);
          }
          return 0L;
        });
    assertThat(ledger.total("rung", DAY)).isEqualByComparingTo("0.00008");
  }

  @Test
  void tokensThatManyThreadsTakeAddUp() throws Exception {
    RateLimiter limiter = MemoryRateLimiter.of(100_000, Duration.ofHours(1), () -> 0);
    List<Long> taken =
        atOnce(
            4,
            () -> {
              long mine = 0;
              for (int i = 0; i < 50_000; i++) {
                mine += limiter.tryAcquire("alice").allowed() ? 1 : 0;
              }
              return mine;
            });
    assertThat(taken.stream().mapToLong(Long::longValue).sum()).isEqualTo(100_000);
  }

  private static List<Long> atOnce(int threads, Callable<Long> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Long> results = new ArrayList<>();
      for (Future<Long> each : pool.invokeAll(Collections.nCopies(threads, work))) {
        results.add(each.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  /** A dollar a day, and sixty cents of it set aside. */
  public static class Ledger {
    private final MemoryBudgetLedger ledger = new MemoryBudgetLedger();
    private final Reservation sixty =
        ledger.reserve("rung", DAY, new BigDecimal("0.6"), BigDecimal.ONE).orElseThrow();

    @Operation
    public boolean reserve() {
      return ledger.reserve("rung", DAY, new BigDecimal("0.3"), BigDecimal.ONE).isPresent();
    }

    @Operation
    public void settle() {
      ledger.settle(sixty, new BigDecimal("0.1"));
    }

    @Operation
    public BigDecimal total() {
      return ledger.total("rung", DAY);
    }
  }

  /** Three requests an hour, while no time passes. */
  public static class Limiter {
    private final RateLimiter limiter = MemoryRateLimiter.of(3, Duration.ofHours(1), () -> 0);

    public Limiter() {
      limiter.tryAcquire("alice"); // makes the bucket, so that only taking from it is looked into
    }

    @Operation
    public String tryAcquire() {
      return limiter.tryAcquire("alice").toString();
    }
  }
}
