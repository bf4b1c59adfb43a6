package dev.cutline.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a command cost as a whole process, children included: the shell's {@code times} for
 * processor time, the kernel's high-water mark of the resident set for memory (Linux).
 *
 * @param exitStatus of the command
 * @param wallSeconds from start to end
 * @param cpuSeconds user and system
 * @param peakMiB the largest resident set of the process itself, read every 20 ms; 0 where {@code
 *     /proc} is missing
 */
record WholeProcess(int exitStatus, double wallSeconds, double cpuSeconds, double peakMiB) {
  private static final Pattern SECONDS = Pattern.compile("cpu ([0-9.]+) ([0-9.]+)");
  private static final Pattern HIGH_WATER = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  /** Runs a command to its end; what it prints goes to {@code output}. */
  static WholeProcess run(List<String> command, Map<String, String> environment, Path output)
      throws IOException, InterruptedException {
    // bash reports the processor time of the process that it has waited for; no tool has to be
    // installed.
    List<String> timed =
        new ArrayList<>(List.of("bash", "-c", "TIMEFORMAT='cpu %U %S'; time \"$@\"", "bash"));
    timed.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(timed).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    PeakMemory peak = new PeakMemory(process);
    peak.start();
    double cpu = 0;
    try (BufferedReader errors = process.errorReader(StandardCharsets.UTF_8)) {
      String line;
      while ((line = errors.readLine()) != null) {
        Matcher seconds = SECONDS.matcher(line);
        if (seconds.matches()) {
          cpu = Double.parseDouble(seconds.group(1)) + Double.parseDouble(seconds.group(2));
        } else {
          Files.writeString(output, line + "\n", java.nio.file.StandardOpenOption.APPEND);
        }
      }
    }
    int status = process.waitFor();
    double wall = (System.nanoTime() - start) / 1e9;
    peak.join();
    return new WholeProcess(status, wall, cpu, peak.kib / 1024.0);
  }

  /** Watches the processes below the shell. */
  private static final class PeakMemory extends Thread {
    private final Process shell;
    private volatile long kib;

    PeakMemory(Process shell) {
      super("peak memory");
      this.shell = shell;
    }

    @Override
    public void run() {
      while (shell.isAlive()) {
        shell.descendants().forEach(process -> kib = Math.max(kib, highWater(process.pid())));
        try {
          Thread.sleep(20);
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    private static long highWater(long pid) {
      try {
        Matcher mark =
            HIGH_WATER.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
        return mark.find() ? Long.parseLong(mark.group(1)) : 0;
      } catch (IOException | UncheckedIOException e) {
        // it has ended between the listing and the look
        return 0;
      }
    }
  }
}
