package dev.cutline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider that is none of ours, used from the command line as it was shipped. */
class OwnProviderIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String TEMPLATE =
      ROOT.resolve("examples/provider-template/target/classes").toString();

  @TempDir Path folder;

  private HttpServer server;

  @BeforeAll
  static void needsAShell() {
    assumeThat(File.separatorChar).as("the launcher is a shell script").isEqualTo('/');
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/caption",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] answer = "A red bus in the rain".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void captionsWithAProviderOnThePathGiven() throws Exception {
    CommandLineProcess run = caption(TEMPLATE);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.lines().get(0).get("provider").asText()).isEqualTo("example");
    assertThat(run.lines().get(0).get("concise").asText()).isEqualTo("A red bus in the rain");
  }

  @Test
  void saysThatAJarIsMissing() throws Exception {
    CommandLineProcess run = caption(TEMPLATE + ":no such.jar");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("CUTLINE_CLASSPATH: there is no no such.jar");
  }

  @Test
  void knowsTheProvidersThatThereAreWithoutIt() throws Exception {
    CommandLineProcess run = caption("");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("example").contains("palette");
  }

  private CommandLineProcess caption(String classpath) throws IOException, InterruptedException {
    String endpoint = "http://127.0.0.1:" + server.getAddress().getPort() + "/caption";
    return CommandLineProcess.launch(
        ROOT.resolve("cutline"),
        Map.of(
            "HOME", folder.toString(),
            "CUTLINE_CLASSPATH", classpath,
            "CUTLINE_PROVIDERS", "mine",
            "CUTLINE_STYLES", "concise",
            "CUTLINE_PROVIDER_MINE_TYPE", "example",
            "CUTLINE_PROVIDER_MINE_ENDPOINT", endpoint,
            "CUTLINE_PROVIDER_MINE_API_KEY", "secret"),
        "caption",
        ROOT.resolve("examples/photos/street-bus.jpg").toString());
  }
}
