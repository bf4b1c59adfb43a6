package dev.cutline.cli;

import dev.cutline.core.Cutline;
import dev.cutline.core.chain.RungStatus;
import dev.cutline.core.money.RunBudget;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command may spend. */
final class BudgetOption {
  private static final Pattern DOLLARS = Pattern.compile("\\$?(\\d{1,9}(?:\\.\\d{1,9})?)");

  @Option(
      names = "--budget",
      paramLabel = "DOLLARS",
      description = {
        "Stop before more than this is spent, by the prices in use; 'cutline providers' shows them.",
        "--resume goes on later. Nothing is described by rule instead."
      })
  private @Nullable String dollars;

  /** Tells whether there is one. */
  boolean isSet() {
    return dollars != null;
  }

  /**
   * Returns the budget, of which nothing is spent; null if there is none.
   *
   * @param localOnly whether only rungs on this machine are asked
   * @throws UsageException if it is no amount, or nobody knows what a rung charges
   */
  @Nullable RunBudget open(Cutline cutline, boolean localOnly) {
    if (dollars == null) {
      return null;
    }
    Matcher amount = DOLLARS.matcher(dollars.strip());
    BigDecimal limit = amount.matches() ? new BigDecimal(amount.group(1)) : BigDecimal.ZERO;
    if (limit.signum() == 0) {
      throw new UsageException(
          "--budget " + dollars + ": is no amount of dollars that can be spent, such as 5.00");
    }
    List<RungStatus> unknown =
        cutline.rungs().stream()
            .filter(rung -> !rung.isCostKnown())
            .filter(rung -> !localOnly || rung.capabilities().isLocal())
            .toList();
    if (!unknown.isEmpty()) {
      throw new UsageException(
          "--budget: nobody knows what "
              + unknown.stream().map(RungStatus::name).collect(Collectors.joining(" and "))
              + (unknown.size() == 1 ? " charges" : " charge")
              + "; set "
              + unknown.stream().map(BudgetOption::keys).collect(Collectors.joining(", and "))
              + " in dollars a million tokens, 0 where it is free (or price.image, price.hour)");
    }
    return RunBudget.of(limit);
  }

  private static String keys(RungStatus rung) {
    String prefix = "cutline.provider." + rung.name() + ".price.";
    return prefix + "input and " + prefix + "output";
  }
}
