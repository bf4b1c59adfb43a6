package dev.cutline.core.money;

import dev.cutline.CaptionException;
import dev.cutline.Reason;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What may be spent on one run: on the pictures of a command, for example. An amount is set aside
 * before a call, by an estimate, and replaced by what was charged after it, so it holds for any
 * number of calls at once, but for what those under way cost more than was estimated. A rung whose
 * price nobody knows is not asked for such a run. Kept in memory, for one process; thread-safe.
 */
public final class RunBudget {
  private static final int DIGITS = 9;

  private final BigDecimal limit;
  private BigDecimal total = BigDecimal.ZERO;
  private boolean spent;

  private RunBudget(BigDecimal limit) {
    this.limit = limit;
  }

  /**
   * Returns a budget of which nothing is spent.
   *
   * @param dollars US dollars
   * @throws IllegalArgumentException if it is not positive
   */
  public static RunBudget of(BigDecimal dollars) {
    if (dollars.signum() <= 0) {
      throw new IllegalArgumentException("a budget is more than zero, not " + dollars);
    }
    return new RunBudget(dollars);
  }

  /** Returns US dollars that may be spent. */
  public BigDecimal limit() {
    return limit;
  }

  /** Returns US dollars that are spent and set aside. */
  public synchronized BigDecimal total() {
    return total;
  }

  /** Tells whether a call was not made because it would have gone beyond the budget. */
  public synchronized boolean isSpent() {
    return spent;
  }

  /**
   * Sets an amount aside for a call.
   *
   * @param amount US dollars that the call may cost; what costs nothing always may be
   * @param funds are settled when the call is over
   * @throws CaptionException with {@link Reason#BUDGET_SPENT} if the budget does not reach
   */
  public synchronized void setAside(BigDecimal amount, Funds funds) {
    if (amount.signum() == 0) {
      return;
    }
    BigDecimal rounded = amount.setScale(DIGITS, RoundingMode.UP);
    if (total.add(rounded).compareTo(limit) > 0) {
      spent = true;
      throw new CaptionException(
          Reason.BUDGET_SPENT,
          "the budget of "
              + limit.toPlainString()
              + " dollars does not reach for another call: "
              + plain(total)
              + " are spent or set aside, and a call may cost "
              + plain(rounded));
    }
    total = total.add(rounded);
    funds.add(cost -> settle(rounded, cost));
  }

  private synchronized void settle(BigDecimal setAside, BigDecimal cost) {
    total = total.subtract(setAside).add(cost);
  }

  private static String plain(BigDecimal dollars) {
    return dollars.signum() == 0 ? "0" : dollars.stripTrailingZeros().toPlainString();
  }
}
