package dev.cutline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long the command line takes from cold to caption one photo through Bedrock and to store it in
 * S3 and DynamoDB, as a whole process; what stands in for AWS runs in another one and is warm. With
 * the launcher's archive of classes and without, and beside them the palette with files on this
 * machine.
 *
 * <p>Arguments: {@code --cutline LAUNCHER --photo FILE [--runs 11] [--json FILE] JAVA_HOME...};
 * without a JAVA_HOME the one that runs this.
 */
final class AwsStartUp {
  private final Report report;
  private final List<String> line;
  private final int runs;
  private int owners;

  private AwsStartUp(Report report, List<String> line, int runs) {
    this.report = report;
    this.line = line;
    this.runs = runs;
  }

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
            "one photo through Bedrock into S3 and DynamoDB, whole process, medians of " + runs,
            "JAVA_HOME",
            "what",
            "archive",
            "wall ms",
            "min",
            "max",
            "cpu ms",
            "peak RSS MiB");
    AwsStartUp startUp =
        new AwsStartUp(report, List.of(launcher.toString(), "caption", photo.toString()), runs);
    try (StandIns aws = StandIns.start()) {
      for (Path javaHome : javaHomes) {
        startUp.measure(javaHome, "palette, files", true, Map.of());
        startUp.measure(javaHome, "palette, files", false, Map.of());
        startUp.measure(javaHome, "Bedrock, S3, DynamoDB", true, aws.settings());
        startUp.measure(javaHome, "Bedrock, S3, DynamoDB", false, aws.settings());
      }
    }
    report.publish(arguments, System.out);
    printClassPath(launcher);
  }

  private void measure(Path javaHome, String what, boolean archive, Map<String, String> settings)
      throws Exception {
    Samples wall = new Samples();
    Samples cpu = new Samples();
    Samples peak = new Samples();
    for (int i = -1; i < runs; i++) {
      WholeProcess run = run(javaHome, archive, settings);
      // The first run may build or make an archive of classes: not counted.
      if (i >= 0) {
        wall.add(run.wallSeconds() * 1000);
        cpu.add(run.cpuSeconds() * 1000);
        peak.add(run.peakMiB());
      }
    }
    report.row(
        javaHome.getFileName().toString(),
        what,
        archive ? "launcher's" : "JDK's",
        wall.median(),
        wall.min(),
        wall.max(),
        cpu.median(),
        peak.median());
  }

  private WholeProcess run(Path javaHome, boolean archive, Map<String, String> settings)
      throws Exception {
    // What one owner has paid for is remembered, and nobody would be asked again.
    List<String> command = new ArrayList<>(line);
    command.addAll(List.of("--owner", "run-" + owners++));
    try (WorkFolder home = WorkFolder.temporary()) {
      Path output = home.resolve("output");
      Map<String, String> environment = new HashMap<>(settings);
      environment.put("JAVA_HOME", javaHome.toString());
      environment.put("CUTLINE_HOME", home.path().toString());
      if (!archive) {
        environment.putAll(noArchive(javaHome));
      }
      WholeProcess run = WholeProcess.run(command, environment, output);
      String text = Files.readString(output);
      String provider = settings.isEmpty() ? "palette" : "bedrock";
      boolean captioned =
          text.contains("\"provider\":\"" + provider + "\"") && text.contains("\"cached\":false");
      if (run.exitStatus() != 0 || !captioned) {
        throw new IllegalStateException(command + " ended with " + run.exitStatus() + ": " + text);
      }
      return run;
    }
  }

  /** Whoever has no archive of their own has that of the JDK. */
  private static Map<String, String> noArchive(Path javaHome) {
    return Map.of(
        "JAVA_OPTS", "-XX:SharedArchiveFile=" + javaHome.resolve("lib/server/classes.jsa"));
  }

  private static void printClassPath(Path launcher) throws IOException {
    Path target = launcher.resolveSibling("examples").resolve("cli").resolve("target");
    List<Path> jars;
    try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
      jars = new ArrayList<>(libraries.toList());
    }
    jars.add(target.resolve("cutline-cli.jar"));
    long bytes = 0;
    for (Path jar : jars) {
      bytes += Files.size(jar);
    }
    System.out.printf(
        Locale.ROOT, "%n%d jars, %.1f MB on the class path%n", jars.size(), bytes / 1e6);
  }
}
