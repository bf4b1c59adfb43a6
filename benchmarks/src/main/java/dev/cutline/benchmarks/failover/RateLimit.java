package dev.cutline.benchmarks.failover;

import dev.cutline.benchmarks.Report;
import dev.cutline.benchmarks.failover.Contenders.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A primary that answers 429 with {@code Retry-After: 30}: how soon the secondary is asked, by the
 * server's own clock, and how often the primary is asked in the next 40 s.
 */
final class RateLimit implements Scenario {
  private static final int RETRY_AFTER = 30;
  private static final int PER_SECOND = 20;
  private static final int HEALTHY_REQUESTS = 3;
  private static final int WARM_UP = 20;
  private static final double BOUND_MILLIS = 5;

  /** Calls that come so soon after one another were made before the first was answered. */
  private static final double UNDER_WAY_SECONDS = 0.5;

  private static final String PRIMARY = "limited";
  private static final String SECONDARY = "free";
  private static final Behaviour AT_ONCE = Behaviour.answer(Latency.NONE);
  private static final Behaviour LIMITED = Behaviour.retryAfter(429, RETRY_AFTER);

  @Override
  public String name() {
    return "rate-limit";
  }

  @Override
  public List<Report> play(World world) throws Exception {
    int moves = world.size(200, 20);
    Duration time = Duration.ofSeconds(world.size(40, 5));
    Report report =
        new Report(
            "rate-limit: 429 with Retry-After %d; %d moves to the next rung, then %d requests a second for %d s"
                .formatted(RETRY_AFTER, moves, PER_SECOND, time.toSeconds()),
            "contender",
            "first move p50 ms",
            "p99 ms",
            "max ms",
            "later move p50 ms",
            "p99 ms",
            "max ms",
            "requests",
            "without caption",
            "caption p50 ms",
            "caption p99 ms",
            "calls to primary",
            "of them 0.5 to 30 s after a 429");
    Bounds bounds = new Bounds(name());
    List<Entry> entries = Contenders.all();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      Figures first = Figures.of(moves(world, entry, moves, false), Double::doubleValue);
      Figures later = Figures.of(moves(world, entry, moves, true), Double::doubleValue);
      Waited waited = waited(world, entry, time);
      Figures captions = Figures.ofGood(waited.samples());
      report.row(
          waited.contender(),
          first.cell(first.p50()),
          first.cell(first.p99()),
          first.cell(first.max()),
          later.cell(later.p50()),
          later.cell(later.p99()),
          later.cell(later.max()),
          waited.samples().size(),
          waited.samples().size() - captions.count(),
          captions.cell(captions.p50()),
          captions.cell(captions.p99()),
          waited.calls().size(),
          waited.tooEarly());
      if (i == 0) {
        bounds
            .atMost("first move to the next rung, max", BOUND_MILLIS, first.max(), "ms")
            .atMost("later move to the next rung, max", BOUND_MILLIS, later.max(), "ms")
            .atMost("calls 0.5 to 30 s after a 429", 0, waited.tooEarly(), "");
      }
    }
    return List.of(report, bounds.report());
  }

  /**
   * Returns the milliseconds from the primary's 429 to the secondary's request, of each move.
   *
   * @param known whether the contender has asked its secondary before: if not, then the move makes
   *     client, threads and connection
   */
  private static List<Double> moves(World world, Entry entry, int count, boolean known)
      throws Exception {
    List<Double> moves = new ArrayList<>();
    for (int i = -WARM_UP; i < count; i++) {
      try (Contender contender = entry.over(servers(world), world.question())) {
        if (known) {
          failOnce(world, contender);
        }
        limitAfterGoodOnes(world, contender);
        Load.once(contender);
        List<Long> secondary = world.mock().calls(SECONDARY);
        if (i >= 0 && !secondary.isEmpty()) {
          moves.add((secondary.get(0) - world.mock().calls(PRIMARY).get(0)) / 1e3);
        }
      }
    }
    return moves;
  }

  /** Has the secondary asked once, as any failure of the primary does. */
  private static void failOnce(World world, Contender contender) throws Exception {
    world.mock().program(PRIMARY, Behaviour.status(500));
    world.mock().program(SECONDARY, AT_ONCE);
    Load.once(contender);
  }

  private static Waited waited(World world, Entry entry, Duration time) throws Exception {
    try (Contender contender = entry.over(servers(world), world.question())) {
      limitAfterGoodOnes(world, contender);
      List<Sample> samples = Load.open(contender, PER_SECOND, time);
      return new Waited(contender.name(), samples, world.mock().calls(PRIMARY));
    }
  }

  private static void limitAfterGoodOnes(World world, Contender contender) throws Exception {
    world.mock().program(PRIMARY, AT_ONCE);
    world.mock().program(SECONDARY, AT_ONCE);
    for (int i = 0; i < HEALTHY_REQUESTS; i++) {
      contender.caption();
    }
    world.mock().program(PRIMARY, LIMITED);
  }

  private static List<Server> servers(World world) {
    return List.of(
        new Server(world.mock().rung(PRIMARY), Outage.TIMEOUT),
        new Server(world.mock().rung(SECONDARY), Outage.TIMEOUT));
  }

  /**
   * What came of a longer time with a primary that asked to be left alone.
   *
   * @param calls to the primary, microseconds since 1970
   */
  private record Waited(String contender, List<Sample> samples, List<Long> calls) {
    /** Returns how many calls came while an earlier 429 had asked for none. */
    int tooEarly() {
      return (int) calls.stream().filter(this::isWithinWait).count();
    }

    private boolean isWithinWait(long call) {
      return calls.stream()
          .map(earlier -> (call - earlier) / 1e6)
          .anyMatch(seconds -> seconds > UNDER_WAY_SECONDS && seconds < RETRY_AFTER);
    }
  }
}
