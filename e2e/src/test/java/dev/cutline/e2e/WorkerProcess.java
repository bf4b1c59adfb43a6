package dev.cutline.e2e;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A {@link CrashWorker} or {@link BurstWorker} in a process of its own, and what it has told so
 * far.
 */
final class WorkerProcess implements AutoCloseable {
  private final Process process;
  private final Path errors;
  private final CountDownLatch ready = new CountDownLatch(1);
  private final CountDownLatch halted = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread reader;
  private final Set<String> said = ConcurrentHashMap.newKeySet();
  private final Set<String> stored = new HashSet<>();
  private final Set<String> inDeletion = new HashSet<>();
  private final Set<String> deleted = new HashSet<>();
  private int refused;

  private WorkerProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.reader = new Thread(this::read, "reader of " + process.pid());
    reader.start();
  }

  /**
   * Starts a process that is told by its environment which stores to open.
   *
   * @param worker whose {@code main} is run
   * @param settings of the stores
   * @param errors where it writes what it has to complain about; its folder is its home
   */
  static WorkerProcess start(
      Class<?> worker, Map<String, String> settings, Path errors, String... arguments)
      throws IOException {
    Path folder = errors.toAbsolutePath().getParent();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // what SQLite's driver unpacks stays behind when the process is killed
                "-Dorg.sqlite.tmpdir=" + folder,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                worker.getName()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(new File(errors.toString())));
    builder.environment().put("CUTLINE_HOME", folder.toString());
    settings.forEach((key, value) -> builder.environment().put(variable(key), value));
    return new WorkerProcess(builder.start(), errors);
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  void awaitReady() throws InterruptedException {
    await(ready, "READY");
  }

  void awaitHalt() throws InterruptedException {
    await(halted, "AT");
  }

  /** Lets a {@link BurstWorker} begin. */
  void begin() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Waits until a {@link BurstWorker} has done all, and everything that it told has been read. */
  void awaitDone() throws InterruptedException {
    await(done, "DONE");
    reader.join();
  }

  /** Kills with SIGKILL and waits until everything that the process had told has been read. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
    reader.join();
  }

  /** Returns the pictures acknowledged as stored whose deletion was not asked for. */
  Set<String> mustBeThere() {
    Set<String> ids = new HashSet<>(stored);
    ids.removeAll(inDeletion);
    return ids;
  }

  /** Returns the pictures acknowledged as deleted. */
  Set<String> mustBeGone() {
    return deleted;
  }

  /** Returns how many uploads were refused for being too many. */
  int refused() {
    return refused;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void await(CountDownLatch latch, String what) throws InterruptedException {
    if (!latch.await(60, TimeUnit.SECONDS) || !said.contains(what)) {
      throw new AssertionError("the worker never said " + what + "; its errors are in " + errors);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
      String line;
      while ((line = lines.readLine()) != null) {
        understand(line);
      }
    } catch (IOException e) {
      // the process was killed while it wrote
    } finally {
      ready.countDown();
      halted.countDown();
      done.countDown();
    }
  }

  private void understand(String line) {
    said.add(line.split(" ", 2)[0]);
    String id = line.substring(line.indexOf(' ') + 1);
    switch (line.split(" ", 2)[0]) {
      case "READY" -> ready.countDown();
      case "AT" -> halted.countDown();
      case "DONE" -> done.countDown();
      case "REFUSED" -> refused++;
      case "STORED" -> stored.add(id);
      case "DELETING" -> inDeletion.add(id);
      case "DELETED" -> deleted.add(id);
      default -> throw new AssertionError("not a line of the worker: " + line);
    }
  }
}
