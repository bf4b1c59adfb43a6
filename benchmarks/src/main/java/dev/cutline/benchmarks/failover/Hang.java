package dev.cutline.benchmarks.failover;

import dev.cutline.benchmarks.Report;
import dev.cutline.benchmarks.failover.Behaviour.Kind;
import dev.cutline.benchmarks.failover.Outage.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A primary that takes requests and never answers, for 60 s at 50 requests a second, with a picture
 * of it.
 */
final class Hang implements Scenario {
  private static final int PER_SECOND = 50;
  private static final double TOLERANCE_MILLIS = 20;

  @Override
  public String name() {
    return "hang";
  }

  @Override
  public List<Report> play(World world) throws Exception {
    Duration down = Duration.ofSeconds(world.size(60, 15));
    Outage outage = new Outage(world, PER_SECOND, Duration.ofSeconds(world.size(10, 3)), down);
    List<Outcome> outcomes = outage.play(Behaviour.of(Kind.HANG));
    Optional<Path> svg = world.arguments().path("svg");
    if (svg.isPresent()) {
      Files.writeString(svg.get(), Timeline.of(outcomes));
    }
    OutageTable table =
        new OutageTable(
            "hang: %d requests a second for %d s, rung timeout %d s"
                .formatted(PER_SECOND, down.toSeconds(), Outage.TIMEOUT.toSeconds()));
    return List.of(table.add("hangs", outcomes).report(), bounds(outcomes.get(0)).report());
  }

  private Bounds bounds(Outcome ours) {
    Figures alone = Figures.ofGood(ours.alone());
    Figures atFirst = Figures.ofGood(ours.atFirst());
    Figures settled = Figures.ofGood(ours.settled());
    Probes probes = Probes.of(ours.callSeconds(), Outage.TIMEOUT);
    return new Bounds(name())
        .atMost("requests without caption", 0, ours.failed(), "")
        .atMost(
            "until the breaker opens, max (2 s + that of the secondary alone)",
            Outage.TIMEOUT.toMillis() + alone.max(),
            atFirst.max(),
            "ms")
        .atMost(
            "from then on, p99 (20 ms + that of the secondary alone)",
            alone.p99() + TOLERANCE_MILLIS,
            settled.p99(),
            "ms")
        .atMost(
            "calls to the dead rung beyond one probe an interval, of " + probes.count() + " probes",
            0,
            probes.tooEarly(),
            "");
  }
}
