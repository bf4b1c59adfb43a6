package dev.cutline.benchmarks.failover;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cutline.benchmarks.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Ten thousand captions under way at once, 100,000 in all, in a JVM of its own with 512 MB of heap:
 * whether the rate is what the server's latency allows, and whether anything is left behind. Once
 * with answers after 1 s, and once after 10 s, which fewer processors can keep up with. Beside it
 * the provider alone, and the least that any client can do, which is what the machine has to give.
 */
final class InFlight implements Scenario {
  private static final int FIRST_GOOD_JAVA = 24;
  private static final String QUICK = "quick";
  private static final String STEADY = "steady";
  private static final double LEAST_SHARE = 98;

  @Override
  public String name() {
    return "in-flight";
  }

  @Override
  public List<Report> play(World world) throws Exception {
    Report report =
        new Report(
            "in-flight: -Xmx512m, picture of 1 kB",
            "contender",
            "latency s",
            "at once",
            "requests",
            "without caption",
            "rate /s",
            "ideal /s",
            "% of ideal",
            "cpu s of the client",
            "threads of the system, most",
            "threads of Java, after",
            "sockets, most",
            "sockets, after",
            "connections made",
            "heap MiB, before",
            "heap MiB, after",
            "peak RSS MiB");
    if (Runtime.version().feature() < FIRST_GOOD_JAVA) {
      System.err.println(
          "in-flight needs JDK 25 (virtual threads that are never pinned); this is "
              + Runtime.version());
      return List.of();
    }
    Bounds bounds = new Bounds(name());
    for (int seconds : List.of(1, 10)) {
      for (InFlightClient.Kind kind : InFlightClient.Kind.values()) {
        play(world, kind, Duration.ofSeconds(seconds), report, bounds);
      }
    }
    return List.of(report, bounds.report());
  }

  private static void play(
      World world, InFlightClient.Kind kind, Duration latency, Report report, Bounds bounds)
      throws Exception {
    int atOnce = world.size(10_000, 500);
    int requests = world.size(10, 2) * atOnce;
    world.mock().program(QUICK, Behaviour.answer(Latency.NONE));
    world.mock().program(STEADY, Behaviour.answer(latency));
    long before = world.mock().acceptedConnections();
    InFlightClient.Result result = client(world, kind, latency, atOnce, requests);
    long made = world.mock().acceptedConnections() - before;
    double ideal = atOnce / (latency.toMillis() / 1000.0);
    double share = 100 * result.rate() / ideal;
    report.row(
        kind,
        latency.toSeconds(),
        atOnce,
        requests,
        result.failures(),
        result.rate(),
        ideal,
        share,
        result.cpuSeconds(),
        result.mostThreads(),
        result.threadsAfter(),
        result.mostSockets(),
        result.socketsAfter(),
        made,
        result.heapBefore(),
        result.heapAfter(),
        result.peakMiB());
    if (kind != InFlightClient.Kind.CHAIN) {
      return;
    }
    String what = "latency " + latency.toSeconds() + " s: ";
    bounds
        .atLeast(what + "share of the ideal rate", LEAST_SHARE, share, "%")
        .atMost(what + "requests without caption", 0, result.failures(), "")
        .atMost(what + "threads left", result.threadsBefore(), result.threadsAfter(), "")
        .atMost(what + "sockets left", result.socketsBefore(), result.socketsAfter(), "");
  }

  private static InFlightClient.Result client(
      World world, InFlightClient.Kind kind, Duration latency, int atOnce, int requests)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                InFlightClient.class.getName(),
                kind.name(),
                world.mock().rung(QUICK).toString(),
                world.mock().rung(STEADY).toString(),
                latency.toString(),
                Integer.toString(atOnce),
                Integer.toString(requests))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      if (process.waitFor() != 0 || line == null) {
        throw new IOException("the client ended with " + process.exitValue());
      }
      return new ObjectMapper().readValue(line, InFlightClient.Result.class);
    }
  }
}
