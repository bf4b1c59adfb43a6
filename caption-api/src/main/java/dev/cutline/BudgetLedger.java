package dev.cutline;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What was spent, by account and day, so that a daily budget holds across processes and restarts.
 * Days are in UTC. Amounts are US dollars, kept to a billionth and rounded up. Thread-safe; methods
 * throw {@link StoreException} if the store cannot be reached.
 */
public interface BudgetLedger {
  /**
   * Sets aside an amount if the account's day can bear it: spent, set aside and this together at
   * most {@code limit}. Exact under contention.
   *
   * @param account for example {@code rung/primary}; at most 256 characters
   * @return the reservation, to be settled; empty if the budget does not reach
   */
  Optional<Reservation> reserve(String account, LocalDate day, BigDecimal amount, BigDecimal limit);

  /**
   * Replaces what was set aside by what was spent in the end; zero gives it back. Settling twice
   * does nothing.
   */
  void settle(Reservation reservation, BigDecimal spent);

  /** Returns what is spent and set aside on a day. */
  BigDecimal total(String account, LocalDate day);

  /**
   * An amount set aside.
   *
   * @param id of this reservation
   * @param account whose budget it is
   * @param day in UTC
   * @param amount US dollars
   */
  record Reservation(String id, String account, LocalDate day, BigDecimal amount) {}
}
