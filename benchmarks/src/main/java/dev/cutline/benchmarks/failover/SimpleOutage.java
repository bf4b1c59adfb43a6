package dev.cutline.benchmarks.failover;

import dev.cutline.benchmarks.Report;
import java.time.Duration;
import java.util.List;

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
    for (Case each : cases) {
      table.add(each.primary(), outage.play(each.behaviour()));
    }
    return List.of(table.report());
  }

  /**
   * A way to fail.
   *
   * @param primary what it does, for the table
   */
  record Case(String primary, Behaviour behaviour) {}
}
