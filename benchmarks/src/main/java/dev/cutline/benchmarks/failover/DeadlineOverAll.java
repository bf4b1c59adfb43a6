package dev.cutline.benchmarks.failover;

import dev.cutline.benchmarks.Report;
import dev.cutline.benchmarks.failover.Behaviour.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Five rungs that all hang, with a timeout of 1 s each, and 3 s for a request: 10,000 requests, 80
 * a second. Our chain once as it comes, where breakers soon spare everybody the wait, and once
 * without breakers, so that every request meets the hanging servers. The peers know no deadline
 * over several servers; a thousand requests show that.
 */
final class DeadlineOverAll implements Scenario {
  private static final int RUNGS = 5;
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final double LATEST_MILLIS = 3_100;
  private static final int PER_SECOND = 80;
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  /** Room for those under way, and for the calls that are given up at that moment. */
  private static final int MOST_THREADS = 1_000;

  @Override
  public String name() {
    return "deadline";
  }

  @Override
  public List<Report> play(World world) throws Exception {
    Report report =
        new Report(
            "deadline: 3 s over five hanging rungs of 1 s each, %d requests a second"
                .formatted(PER_SECOND),
            "contender",
            "requests",
            "p50 ms",
            "p99 ms",
            "max ms",
            "beyond 3.1 s",
            "calls");
    Bounds bounds = new Bounds(name());
    int ours = world.size(10_000, 800);
    int theirs = world.size(1_000, 200);
    play(world, ours, (servers, question) -> chain(servers, question, true), report, bounds);
    play(world, ours, (servers, question) -> chain(servers, question, false), report, bounds);
    play(world, theirs, LangChain4j::over, report, bounds);
    play(world, theirs, SpringAi::over, report, bounds);
    return List.of(report, bounds.report());
  }

  private static void play(
      World world, int requests, Contenders.Entry entry, Report report, Bounds bounds)
      throws Exception {
    List<Server> servers = servers(world);
    try (Contender contender = entry.over(servers, world.question())) {
      program(world, Behaviour.answer(Outage.LATENCY));
      Load.open(contender, PER_SECOND, WARM_UP);
      program(world, Behaviour.of(Kind.HANG));
      Duration time = Duration.ofMillis(1_000L * requests / PER_SECOND);
      List<Sample> samples = Load.open(contender, PER_SECOND, time);
      Figures figures = Figures.of(samples);
      int late = (int) samples.stream().filter(sample -> sample.millis() > LATEST_MILLIS).count();
      report.row(
          contender.name(),
          samples.size(),
          figures.p50(),
          figures.p99(),
          figures.max(),
          late,
          calls(world));
      if (contender instanceof CutlineChain) {
        bounds.atMost(contender.name() + ": requests beyond 3.1 s", 0, late, "");
      }
    }
  }

  private static CutlineChain chain(List<Server> servers, Question question, boolean breakers) {
    return CutlineChain.over(servers, question)
        .name(breakers ? "cutline" : "cutline without breakers")
        .rungs(rung -> rung.breaker(breakers))
        .deadline(DEADLINE)
        .maxThreads(MOST_THREADS)
        .build();
  }

  private static List<Server> servers(World world) {
    List<Server> servers = new ArrayList<>();
    for (int i = 0; i < RUNGS; i++) {
      servers.add(new Server(world.mock().rung(rung(i)), TIMEOUT));
    }
    return servers;
  }

  private static void program(World world, Behaviour behaviour) throws Exception {
    for (int i = 0; i < RUNGS; i++) {
      world.mock().program(rung(i), behaviour);
    }
  }

  private static int calls(World world) throws Exception {
    int calls = 0;
    for (int i = 0; i < RUNGS; i++) {
      calls += world.mock().calls(rung(i)).size();
    }
    return calls;
  }

  private static String rung(int index) {
    return "hanging-" + index;
  }
}
