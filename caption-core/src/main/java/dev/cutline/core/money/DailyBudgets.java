package dev.cutline.core.money;

import dev.cutline.BudgetLedger;
import dev.cutline.BudgetLedger.Reservation;
import dev.cutline.CaptionException;
import dev.cutline.Reason;
import dev.cutline.StoreException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What may be spent on one day, in UTC, on a rung and for an owner. An amount is set aside in a
 * {@link BudgetLedger} before a call, by an estimate, and replaced by what was charged after it; so
 * budgets hold across threads, processes and restarts, but for what calls under way cost more than
 * was estimated. Thread-safe.
 */
public final class DailyBudgets {
  private static final Logger log = LoggerFactory.getLogger(DailyBudgets.class);

  private final BudgetLedger ledger;
  private final InstantSource clock;
  private final @Nullable BigDecimal ownerLimit;

  /**
   * @param ledger where it is kept
   * @param clock tells the day
   * @param ownerLimit US dollars that may be spent for each owner on one day; null: no limit
   * @throws IllegalArgumentException if the limit is not positive
   */
  public DailyBudgets(BudgetLedger ledger, InstantSource clock, @Nullable BigDecimal ownerLimit) {
    this.ledger = Objects.requireNonNull(ledger, "ledger");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.ownerLimit = ownerLimit;
    if (ownerLimit != null && ownerLimit.signum() <= 0) {
      throw new IllegalArgumentException("a daily budget is positive, not " + ownerLimit);
    }
  }

  /**
   * Sets an amount aside for a call.
   *
   * @param rung its name
   * @param rungLimit US dollars that may be spent on it on one day; null: no limit
   * @param owner for whom it is asked; null: nobody's budget
   * @param amount US dollars that the call may cost; what costs nothing always may be
   * @param funds are settled when the call is over, and also if this throws: part of it may be set
   *     aside by then
   * @throws CaptionException with {@link Reason#BUDGET_SPENT} and the time until the next day if a
   *     budget does not reach; {@link Reason#UNAVAILABLE} if the ledger cannot be reached, for then
   *     nobody knows
   */
  public void setAside(
      String rung,
      @Nullable BigDecimal rungLimit,
      @Nullable String owner,
      BigDecimal amount,
      Funds funds) {
    if (amount.signum() == 0) {
      return;
    }
    Instant now = clock.instant();
    if (rungLimit != null) {
      add(reserve("rung/" + rung, now, amount, rungLimit, "its budget"), funds);
    }
    if (ownerLimit != null && owner != null) {
      add(reserve("owner/" + owner, now, amount, ownerLimit, "the owner's budget"), funds);
    }
  }

  private void add(Reservation reservation, Funds funds) {
    funds.add(spent -> settle(reservation, spent));
  }

  /** Where the ledger cannot be reached, what was set aside stays. */
  private void settle(Reservation reservation, BigDecimal spent) {
    try {
      ledger.settle(reservation, spent);
    } catch (RuntimeException | Error e) { // a ledger of others may throw anything
      log.warn(
          "{} counts {} dollars that were set aside, not the {} that were spent: {}",
          reservation.account(),
          reservation.amount(),
          spent,
          e.getMessage());
    }
  }

  /**
   * Returns what is spent and set aside for a rung today.
   *
   * @throws StoreException if the ledger cannot be reached
   */
  public BigDecimal spentToday(String rung) {
    return ledger.total("rung/" + rung, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  private Reservation reserve(
      String account, Instant now, BigDecimal amount, BigDecimal limit, String whose) {
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Optional<Reservation> reservation;
    try {
      reservation = ledger.reserve(account, day, amount, limit);
    } catch (RuntimeException | Error e) { // a ledger of others may throw anything
      throw CaptionException.builder(
              Reason.UNAVAILABLE, "nobody knows what was spent today: " + e.getMessage())
          .cause(e)
          .build();
    }
    return reservation.orElseThrow(
        () ->
            CaptionException.builder(
                    Reason.BUDGET_SPENT,
                    whose
                        + " of "
                        + limit.toPlainString()
                        + " dollars a day does not reach for another call")
                .retryAfter(untilTomorrow(now, day))
                .build());
  }

  private static Duration untilTomorrow(Instant now, LocalDate day) {
    return Duration.between(now, day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }
}
