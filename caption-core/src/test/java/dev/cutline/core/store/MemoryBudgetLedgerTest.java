package dev.cutline.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.BudgetLedger.Reservation;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What a process that runs for years keeps in memory of calls that were never settled. */
class MemoryBudgetLedgerTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

  private final MemoryBudgetLedger ledger = new MemoryBudgetLedger();

  @Test
  void forgetsADayAfterAWeekAndNoSooner() {
    Reservation settledLate = reserve("rung/primary", DAY);
    reserve("owner/alice", DAY);
    reserve("rung/primary", DAY.plusDays(7));
    reserve("rung/primary", DAY);
    assertThat(ledger.total("rung/primary", DAY)).isEqualByComparingTo("2");
    assertThat(ledger.total("owner/alice", DAY)).isEqualByComparingTo("1");

    reserve("rung/other", DAY.plusDays(8));
    ledger.settle(settledLate, new BigDecimal("5"));

    assertThat(ledger.total("rung/primary", DAY)).isEqualByComparingTo("0");
    assertThat(ledger.total("owner/alice", DAY)).isEqualByComparingTo("0");
    assertThat(ledger.total("rung/primary", DAY.plusDays(7))).isEqualByComparingTo("1");
  }

  private Reservation reserve(String account, LocalDate day) {
    return ledger.reserve(account, day, BigDecimal.ONE, BigDecimal.TEN).orElseThrow();
  }
}
