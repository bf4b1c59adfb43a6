package dev.cutline.benchmarks.failover;

import dev.cutline.benchmarks.Arguments;
import dev.cutline.benchmarks.Report;
import dev.cutline.benchmarks.failover.Behaviour.Kind;
import dev.cutline.benchmarks.failover.SimpleOutage.Case;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How soon there is a caption while a server does not work: our chain, the fallback that a careful
 * user writes around LangChain4j and Spring AI, and a provider by itself, all asking the same of
 * one server on loopback that fails as it is told.
 *
 * <p>Arguments: {@code [--scenario NAME] [--size full|short] [--picture FILE] [--json FILE] [--svg
 * FILE]}; without a name, all scenarios one after the other. The picture of the outage is that of
 * {@code hang}.
 */
final class Failover {
  private static final List<Scenario> SCENARIOS =
      List.of(
          new SimpleOutage("healthy", new Case("works", Behaviour.answer(Outage.LATENCY))),
          new Hang(),
          new RateLimit(),
          new DeadlineOverAll(),
          new InFlight(),
          new Hedging(),
          new SimpleOutage("unauthorized", new Case("401", Behaviour.status(401))),
          new SimpleOutage(
              "errors",
              Case.error("500", Behaviour.status(500)),
              new Case("503", Behaviour.status(503))),
          new SimpleOutage(
              "garbage",
              Case.error("no JSON", Behaviour.of(Kind.GARBAGE)),
              Case.error("half the JSON", Behaviour.of(Kind.HALF_BODY)),
              Case.error("half a caption", Behaviour.of(Kind.HALF_CAPTION))),
          new SimpleOutage("drip", new Case("drips", Behaviour.of(Kind.DRIP))),
          new SimpleOutage("reset", new Case("resets", Behaviour.of(Kind.RESET))));

  private Failover() {}

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    List<Scenario> scenarios = chosen(arguments);
    Path picture = arguments.path("picture").orElse(Path.of("examples", "photos", "cat.jpg"));
    List<Report> reports = new ArrayList<>();
    try (MockProcess mock = MockProcess.start()) {
      boolean isShort = arguments.text("size").orElse("full").equals("short");
      World world = new World(mock.control(), Pictures.of(picture), isShort, arguments);
      for (Scenario scenario : scenarios) {
        for (Report report : scenario.play(world)) {
          report.print(System.out);
          reports.add(report);
        }
      }
    }
    Report.publishJson(reports, arguments);
  }

  private static List<Scenario> chosen(Arguments arguments) {
    if (arguments.text("scenario").isEmpty()) {
      return SCENARIOS;
    }
    String name = arguments.text("scenario").get();
    List<Scenario> chosen =
        SCENARIOS.stream().filter(scenario -> scenario.name().equals(name)).toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "no scenario "
              + name
              + "; there are "
              + SCENARIOS.stream().map(Scenario::name).collect(Collectors.joining(", ")));
    }
    return chosen;
  }
}
