package dev.cutline.jdbc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process on the same database: a Java of its own that runs {@link ChildMain}. */
final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private Child(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts a process.
   *
   * @param arguments what it is to do, the URL of a database, and what else that takes
   */
  static Child start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // the locale, the time zone and the leave to load SQLite, but no coverage agent
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-Duser.") || option.startsWith("--enable-native"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    // the library that SQLite's driver unpacks stays behind when the process is killed
    command.add("-Dorg.sqlite.tmpdir=" + Databases.file(arguments[1]).getParent());
    command.add(ChildMain.class.getName());
    command.addAll(List.of(arguments));
    return new Child(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Returns the next line, or null when the process has ended. */
  String line() throws IOException {
    return output.readLine();
  }

  /** Returns all lines that are left; waits for the process to end. */
  List<String> lines() throws IOException, InterruptedException {
    List<String> lines = output.lines().toList();
    process.waitFor();
    return lines;
  }

  int exitStatus() throws InterruptedException {
    return process.waitFor();
  }

  /** Lets the process go on that waits for a line. */
  void go() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Ends the process as a crash would, and returns the lines that it had written before. */
  List<String> kill() throws InterruptedException {
    // by its handle, because Process would close the output that is still to be read
    process.toHandle().destroyForcibly();
    process.waitFor();
    return output.lines().toList();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    output.close();
  }
}
