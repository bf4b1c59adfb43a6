package dev.cutline.benchmarks.failover;

import dev.cutline.benchmarks.Report;
import dev.cutline.benchmarks.failover.Outage.Outcome;
import java.util.List;
import java.util.Optional;

/** Who got a caption when, in an outage. */
final class OutageTable {
  private static final int MOST_OF_A_FAILURE = 60;

  private final Report report;

  OutageTable(String title) {
    this.report =
        new Report(
            title,
            "primary",
            "contender",
            "requests",
            "without caption",
            "p50 ms",
            "p99 ms",
            "max ms",
            "settled p50",
            "settled p99",
            "settled max",
            "secondary alone p99",
            "calls to primary",
            "a failure");
  }

  OutageTable add(String primary, List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      Figures all = Figures.ofGood(outcome.samples());
      Figures settled = Figures.ofGood(outcome.settled());
      Figures alone = Figures.ofGood(outcome.alone());
      report.row(
          primary,
          outcome.contender(),
          outcome.samples().size(),
          outcome.samples().size() - all.count(),
          all.cell(all.p50()),
          all.cell(all.p99()),
          all.cell(all.max()),
          settled.cell(settled.p50()),
          settled.cell(settled.p99()),
          settled.cell(settled.max()),
          alone.cell(alone.p99()),
          outcome.calls().size(),
          failure(outcome.samples()).orElse("none"));
    }
    return this;
  }

  Report report() {
    return report;
  }

  private static Optional<String> failure(List<Sample> samples) {
    return samples.stream()
        .flatMap(sample -> Optional.ofNullable(sample.failure()).stream())
        .map(failure -> failure.replaceAll("\\s+|\\|", " "))
        .map(failure -> failure.substring(0, Math.min(MOST_OF_A_FAILURE, failure.length())))
        .findFirst();
  }
}
