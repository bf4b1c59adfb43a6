package dev.cutline.benchmarks.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Linux tells of this process under {@code /proc/self}. */
final class ProcFiles {
  private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
  private static final Pattern PEAK_MEMORY = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final Path SELF = Path.of("/proc/self");

  private ProcFiles() {}

  /** Returns how many threads of the system it has. */
  static int threads() throws IOException {
    return Integer.parseInt(status(THREADS));
  }

  /** Returns the most memory that it has had resident, in MiB. */
  static double peakMiB() throws IOException {
    return Integer.parseInt(status(PEAK_MEMORY)) / 1024.0;
  }

  /** Returns how many sockets it has open. */
  static int sockets() throws IOException {
    try (Stream<Path> descriptors = Files.list(SELF.resolve("fd"))) {
      return (int) descriptors.filter(ProcFiles::isSocket).count();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      // closed between the listing and the look
      return false;
    }
  }

  private static String status(Pattern line) throws IOException {
    Matcher found = line.matcher(Files.readString(SELF.resolve("status")));
    if (!found.find()) {
      throw new IOException("no " + line + " in /proc/self/status");
    }
    return found.group(1);
  }
}
