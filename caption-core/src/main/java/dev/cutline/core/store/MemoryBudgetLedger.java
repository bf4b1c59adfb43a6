package dev.cutline.core.store;

import dev.cutline.BudgetLedger;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Counts money in memory, as long as its record store lives. A week after a day it is forgotten:
 * whose calls were given up never settle.
 */
final class MemoryBudgetLedger implements BudgetLedger {
  private static final int DIGITS = 9;
  private static final int DAYS_KEPT = 7;

  private final Object lock = new Object();
  private final Map<Day, BigDecimal> totals = new HashMap<>();
  private final Map<String, Reservation> open = new HashMap<>();
  private LocalDate latest = LocalDate.MIN;

  @Override
  public Optional<Reservation> reserve(
      String account, LocalDate day, BigDecimal amount, BigDecimal limit) {
    BigDecimal rounded = roundedUp(amount);
    Day key = new Day(account, day);
    synchronized (lock) {
      if (day.isAfter(latest)) {
        latest = day;
        forgetBefore(day.minusDays(DAYS_KEPT));
      }
      BigDecimal total = totals.getOrDefault(key, BigDecimal.ZERO).add(rounded);
      if (total.compareTo(limit) > 0) {
        return Optional.empty();
      }
      Reservation reservation =
          new Reservation(UUID.randomUUID().toString(), account, day, rounded);
      totals.put(key, total);
      open.put(reservation.id(), reservation);
      return Optional.of(reservation);
    }
  }

  private void forgetBefore(LocalDate first) {
    totals.keySet().removeIf(each -> each.day().isBefore(first));
    open.values().removeIf(each -> each.day().isBefore(first));
  }

  @Override
  public void settle(Reservation reservation, BigDecimal spent) {
    BigDecimal rounded = roundedUp(spent);
    synchronized (lock) {
      Reservation known = open.remove(reservation.id());
      if (known != null) {
        totals.merge(
            new Day(known.account(), known.day()),
            rounded.subtract(known.amount()),
            BigDecimal::add);
      }
    }
  }

  @Override
  public BigDecimal total(String account, LocalDate day) {
    synchronized (lock) {
      return totals.getOrDefault(new Day(account, day), BigDecimal.ZERO);
    }
  }

  private static BigDecimal roundedUp(BigDecimal amount) {
    return amount.setScale(DIGITS, RoundingMode.CEILING);
  }

  private record Day(String account, LocalDate day) {}
}
