package dev.cutline.benchmarks.failover;

import dev.cutline.benchmarks.Report;
import dev.cutline.benchmarks.failover.Behaviour.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Five rungs that all hang, with a timeout of 1 s each, and 3 s for a request. Our chain once as it
 * comes, where breakers soon spare everybody the wait, and once without breakers, so that every
 * request meets the hanging servers. The peers know no deadline over several servers.
 */
final class DeadlineOverAll implements Scenario {
  private static final int RUNGS = 5;
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final double LATEST_MILLIS = 3_100;
  private static final int UNDER_WAY = 500;

  /** Threads of the chain for those under way and for those that are given up at that moment. */
  private static final int MOST_THREADS = 2 * UNDER_WAY;

  @Override
  public String name() {
    return "deadline";
  }

  @Override
  public List<Report> play(World world) throws Exception {
    int requests = world.size(10_000, 1_000);
    Report report =
        new Report(
            "deadline: 3 s over five hanging rungs of 1 s each, %d requests, %d at once"
                .formatted(requests, UNDER_WAY),
            "contender",
            "p50 ms",
            "p99 ms",
            "max ms",
            "beyond 3.1 s",
            "calls");
    Bounds bounds = new Bounds(name());
    for (Contenders.Entry entry : contenders()) {
      List<Server> servers = hangingServers(world);
      try (Contender contender = entry.over(servers, world.question())) {
        List<Sample> samples = Load.closed(contender, UNDER_WAY, requests);
        Figures figures = Figures.of(samples);
        int late = (int) samples.stream().filter(sample -> sample.millis() > LATEST_MILLIS).count();
        report.row(
            contender.name(), figures.p50(), figures.p99(), figures.max(), late, calls(world));
        if (contender instanceof CutlineChain) {
          bounds.atMost(contender.name() + ": requests beyond 3.1 s", 0, late, "");
        }
      }
    }
    return List.of(report, bounds.report());
  }

  private static List<Contenders.Entry> contenders() {
    return List.of(
        (servers, question) -> chain(servers, question).name("cutline").build(),
        (servers, question) ->
            chain(servers, question).name("cutline without breakers").breakers(false).build(),
        LangChain4j::over,
        SpringAi::over);
  }

  private static CutlineChain.Builder chain(List<Server> servers, Question question) {
    return CutlineChain.over(servers, question).deadline(DEADLINE).maxThreads(MOST_THREADS);
  }

  private static List<Server> hangingServers(World world) throws Exception {
    List<Server> servers = new ArrayList<>();
    for (int i = 0; i < RUNGS; i++) {
      world.mock().program("hanging-" + i, Behaviour.of(Kind.HANG));
      servers.add(new Server(world.mock().rung("hanging-" + i), TIMEOUT));
    }
    return servers;
  }

  private static int calls(World world) throws Exception {
    int calls = 0;
    for (int i = 0; i < RUNGS; i++) {
      calls += world.mock().calls("hanging-" + i).size();
    }
    return calls;
  }
}
