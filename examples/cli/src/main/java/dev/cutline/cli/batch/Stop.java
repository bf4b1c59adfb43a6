package dev.cutline.cli.batch;

import dev.cutline.StoreException;
import dev.cutline.cli.output.Progress;
import dev.cutline.core.money.RunBudget;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Why the work had to stop.
 *
 * @param saying one line: what happened and what to do about it; asked for when it is printed,
 *     because calls that are under way when the work stops still cost something
 * @param cause for who wants the stack trace; null if there is none
 * @param denied whether something may not be written that has to be, which is a matter of settings
 */
public record Stop(Supplier<String> saying, @Nullable Throwable cause, boolean denied) {
  private Stop(String message, @Nullable Throwable cause, boolean denied) {
    this(() -> message, cause, denied);
  }

  /** Returns one line: what happened and what to do about it, as it stands now. */
  public String message() {
    return saying.get();
  }

  /** Tells whether it came of an interrupt of the work, and is no fault of what it stopped at. */
  public boolean isByInterrupt() {
    return cause != null && cause.getCause() instanceof InterruptedException;
  }

  /** Returns the stop of a store that failed in a batch, which can be resumed. */
  static Stop of(StoreException e) {
    return new Stop(
        explain(e) + ", then go on with --resume", e, e.kind() == StoreException.Kind.DENIED);
  }

  /** Returns what happened to a store and what to do about it. */
  public static String explain(StoreException e) {
    String remedy =
        switch (e.kind()) {
          case FULL -> "free some space";
          case DENIED -> "check who may write there, or name another home with cutline.home";
          case UNAVAILABLE -> "make the store reachable";
          case CORRUPT -> "restore it from a backup, or name another home with cutline.home";
        };
    return "the store failed: " + e.getMessage() + "; " + remedy;
  }

  /** Returns the stop of results that cannot be written down. */
  static Stop ofOutput(String where, @Nullable IOException e) {
    String why = e == null ? "it was closed, or its disk is full" : String.valueOf(e.getMessage());
    return new Stop(
        where + " takes no more (" + why + "); free some space, then go on with --resume",
        e,
        false);
  }

  /**
   * Returns the stop of a budget that is used up.
   *
   * @param budget of the run; null: it has none, and it is one of a day that is used up
   */
  static Stop ofBudget(@Nullable RunBudget budget) {
    return new Stop(() -> spent(budget), null, false);
  }

  private static String spent(@Nullable RunBudget budget) {
    return budget != null && budget.isSpent()
        ? "the budget of "
            + Progress.dollars(budget.limit())
            + " is spent ("
            + Progress.dollars(budget.total())
            + " of it went out, and another call may cost more than is left); go on with another"
            + " --budget and --resume"
        : "the budget is spent; raise it or wait for a new one, then go on with --resume";
  }
}
