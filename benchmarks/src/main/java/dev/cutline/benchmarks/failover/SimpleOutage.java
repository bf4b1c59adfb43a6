package dev.cutline.benchmarks.failover;

import dev.cutline.benchmarks.Report;
import dev.cutline.benchmarks.failover.Outage.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** A primary that fails in one way or another, or not at all: 20 requests a second for 10 s. */
final class SimpleOutage implements Scenario {
  private static final int PER_SECOND = 20;

  private final String name;
  private final List<Case> cases;

  /**
   * @param cases each played by itself
   */
  SimpleOutage(String name, Case... cases) {
    this.name = name;
    this.cases = List.of(cases);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Report> play(World world) throws Exception {
    Duration down = Duration.ofSeconds(world.size(10, 4));
    Duration healthy = Duration.ofSeconds(world.size(3, 2));
    OutageTable table =
        new OutageTable(
            "%s: %d requests a second for %d s, rung timeout %d s"
                .formatted(name, PER_SECOND, down.toSeconds(), Outage.TIMEOUT.toSeconds()));
    Outage outage = new Outage(world, PER_SECOND, healthy, down);
    Bounds bounds = new Bounds(name);
    for (Case each : cases) {
      List<Outcome> outcomes = outage.play(each.behaviour());
      table.add(each.primary(), outcomes);
      Outcome ours = outcomes.get(0);
      bounds.atMost(each.primary() + ": requests without caption", 0, ours.failed(), "");
      each.mostCalls()
          .ifPresent(
              most ->
                  bounds.atMost(
                      each.primary() + ": calls to the primary", most, ours.calls().size(), ""));
    }
    return List.of(table.report(), bounds.report());
  }

  /**
   * A way to fail.
   *
   * @param primary what it does, for the table
   * @param mostCalls that our chain may make to it while it is down; empty: not bounded
   */
  record Case(String primary, Behaviour behaviour, OptionalInt mostCalls) {
    Case(String primary, Behaviour behaviour) {
      this(primary, behaviour, OptionalInt.empty());
    }

    /**
     * Returns one that answers each call at once and is of no use. The breaker opens at half of the
     * last 20 calls, those before the outage included, and lets one probe through in the 10 s; the
     * calls of two tenths of a second may be under way when it opens.
     */
    static Case error(String primary, Behaviour behaviour) {
      return new Case(primary, behaviour, OptionalInt.of(10 + 1 + PER_SECOND / 5));
    }
  }
}
