package dev.cutline.benchmarks.failover;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The mock server in a process of its own. Closing ends it. */
final class MockProcess implements AutoCloseable {
  private static final long CLOSE_SECONDS = 5;

  private final Process process;
  private final MockControl control;

  private MockProcess(Process process, MockControl control) {
    this.process = process;
    this.control = control;
  }

  static MockProcess start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                MockServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String address = out.readLine();
    if (address == null) {
      throw new IOException("the mock server did not start");
    }
    return new MockProcess(process, new MockControl(URI.create(address)));
  }

  MockControl control() {
    return control;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
