package dev.cutline.benchmarks.failover;

import dev.cutline.benchmarks.Report;
import dev.cutline.core.chain.Rung;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Two equal rungs whose answers take log-normal times, p50 1 s and p99 8 s: what a second call past
 * some percentile of the first rung's own times would save, and cost in calls.
 */
final class Hedging implements Scenario {
  private static final Latency LATENCY =
      Latency.logNormal(Duration.ofSeconds(1), Duration.ofSeconds(8));
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int PER_SECOND = 50;
  private static final int MOST_THREADS = 2_000;

  private static final List<Row> ROWS =
      List.of(new Row("none", UnaryOperator.identity()), at(50), at(75), at(90), at(95), at(99));

  private static final List<String> RUNGS = List.of("equal-1", "equal-2");

  @Override
  public String name() {
    return "hedging";
  }

  @Override
  public List<Report> play(World world) throws Exception {
    Duration time = Duration.ofSeconds(world.size(60, 10));
    Report report =
        new Report(
            "hedging: log-normal, p50 1 s, p99 8 s, two equal rungs, %d requests a second for %d s"
                .formatted(PER_SECOND, time.toSeconds()),
            "hedge",
            "requests",
            "p50 ms",
            "p99 ms",
            "max ms",
            "calls",
            "more calls %");
    for (Row row : ROWS) {
      play(row, report, world, time);
    }
    return List.of(report);
  }

  private static Row at(double percentile) {
    return new Row("p%.0f".formatted(percentile), rung -> rung.hedge(percentile));
  }

  private static void play(Row row, Report report, World world, Duration time) throws Exception {
    for (String rung : RUNGS) {
      world.mock().program(rung, Behaviour.answer(LATENCY));
    }
    List<Server> servers =
        RUNGS.stream().map(rung -> new Server(world.mock().rung(rung), TIMEOUT)).toList();
    try (CutlineChain chain =
        CutlineChain.over(servers, world.question())
            .deadline(TIMEOUT)
            .maxThreads(MOST_THREADS)
            .rungs(row.rungs())
            .build()) {
      List<Sample> samples = Load.open(chain, PER_SECOND, time);
      Figures figures = Figures.ofGood(samples);
      int calls = world.mock().calls(RUNGS.get(0)).size() + world.mock().calls(RUNGS.get(1)).size();
      report.row(
          row.hedge(),
          samples.size(),
          figures.p50(),
          figures.p99(),
          figures.max(),
          calls,
          100.0 * (calls - samples.size()) / samples.size());
    }
  }

  /**
   * A row of the table.
   *
   * @param hedge when a second call is made, for the table
   * @param rungs sets that
   */
  private record Row(String hedge, UnaryOperator<Rung.Builder> rungs) {}
}
