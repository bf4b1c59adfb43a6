package dev.cutline.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long the command line takes from cold, as a whole process: {@code --version} and one photo
 * into a home that is new each time.
 *
 * <p>Arguments: {@code --cutline LAUNCHER --photo FILE [--runs 11] [--json FILE] JAVA_HOME...};
 * without a JAVA_HOME the one that runs this.
 */
final class StartUp {
  private StartUp() {}

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    Path launcher = arguments.path("cutline").orElse(Path.of("cutline")).toAbsolutePath();
    Path photo = arguments.path("photo").orElse(Path.of("examples", "photos", "cat.jpg"));
    int runs = arguments.number("runs", 11);
    List<Path> javaHomes = new ArrayList<>(arguments.paths());
    if (javaHomes.isEmpty()) {
      javaHomes.add(Path.of(System.getProperty("java.home")));
    }
    Report report =
        new Report(
            "start-up, whole process, medians of " + runs + " runs",
            "JAVA_HOME",
            "command",
            "wall ms",
            "min",
            "max",
            "cpu ms",
            "peak RSS MiB");
    for (Path javaHome : javaHomes) {
      measure(report, launcher, javaHome, runs, "--version");
      measure(report, launcher, javaHome, runs, "caption", photo.toString());
    }
    report.publish(arguments, System.out);
  }

  private static void measure(
      Report report, Path launcher, Path javaHome, int runs, String... command) throws Exception {
    List<String> line = new ArrayList<>(List.of(launcher.toString()));
    line.addAll(List.of(command));
    Samples wall = new Samples();
    Samples cpu = new Samples();
    Samples peak = new Samples();
    for (int i = -1; i < runs; i++) {
      WholeProcess run = run(line, javaHome);
      // The first run may build or make an archive of classes: not counted.
      if (i >= 0) {
        wall.add(run.wallSeconds() * 1000);
        cpu.add(run.cpuSeconds() * 1000);
        peak.add(run.peakMiB());
      }
    }
    report.row(
        javaHome.getFileName().toString(),
        String.join(" ", List.of(command).subList(0, 1)),
        wall.median(),
        wall.min(),
        wall.max(),
        cpu.median(),
        peak.median());
  }

  private static WholeProcess run(List<String> line, Path javaHome) throws Exception {
    try (WorkFolder home = WorkFolder.temporary()) {
      Path output = home.resolve("output");
      WholeProcess run =
          WholeProcess.run(
              line,
              Map.of("JAVA_HOME", javaHome.toString(), "CUTLINE_HOME", home.path().toString()),
              output);
      if (run.exitStatus() != 0) {
        throw new IllegalStateException(
            line + " ended with " + run.exitStatus() + ": " + Files.readString(output));
      }
      return run;
    }
  }
}
