package dev.cutline.benchmarks.failover;

import dev.cutline.benchmarks.Report;
import java.util.Locale;

/** What was promised of our chain, beside what was measured. */
final class Bounds {
  private final Report report;

  Bounds(String scenario) {
    this.report = new Report(scenario + ": bounds of cutline", "what", "bound", "measured", "held");
  }

  /** Adds a figure that may be at most so much. */
  Bounds atMost(String what, double bound, double measured, String unit) {
    return row(what, "≤ " + shown(bound, unit), shown(measured, unit), measured <= bound);
  }

  /** Adds a figure that has to be at least so much. */
  Bounds atLeast(String what, double bound, double measured, String unit) {
    return row(what, "≥ " + shown(bound, unit), shown(measured, unit), measured >= bound);
  }

  Report report() {
    return report;
  }

  private Bounds row(String what, String bound, String measured, boolean held) {
    report.row(what, bound, measured, held ? "yes" : "NO");
    return this;
  }

  private static String shown(double number, String unit) {
    String text =
        number == Math.rint(number)
            ? String.format(Locale.ROOT, "%.0f", number)
            : String.format(Locale.ROOT, "%.1f", number);
    return (text + " " + unit).strip();
  }
}
