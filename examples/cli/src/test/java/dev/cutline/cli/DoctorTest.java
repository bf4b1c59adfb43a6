package dev.cutline.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.cutline.cli.Cli.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cutline doctor} on this machine and with a model server. */
class DoctorTest {
  private static final WireMockServer SERVER =
      new WireMockServer(WireMockConfiguration.options().dynamicPort());

  @TempDir private Path folder;

  private Cli cli;

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.stop();
  }

  @BeforeEach
  void reset() {
    SERVER.resetAll();
    cli = new Cli(folder.resolve("home")).with("OPENAI_API_KEY", "sk-test");
  }

  @Test
  void findsNothingToMendWithoutSettingsAndMakesNoHome() {
    Run run = cli.run("doctor");

    assertThat(run.status()).as(run.out()).isZero();
    assertThat(
            run.out()
                .lines()
                .map(line -> line.substring(0, line.indexOf(':')).strip().replaceAll(" +", " ")))
        .containsSubsequence(
            "ok settings",
            "ok environment",
            "ok home",
            "ok image store",
            "ok record store",
            "ok rung palette");
    assertThat(run.out()).contains("ok    rung palette    : a caption: OK in ");
    assertThat(run.err()).contains(" ok, 0 to look at, 0 that do not work");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void triesTheStoresOfAHomeThatIsThereAndLeavesNothing() throws Exception {
    assertThat(cli.run("init").status()).isZero();
    Run run = cli.run("doctor");

    assertThat(run.status()).as(run.out()).isZero();
    assertThat(run.out())
        .contains("a file was written to ", "its schema is up to date", " MB are left");
    try (var files = Files.walk(folder.resolve("home/objects"))) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void tellsAllThatIsWrongWithTheSettingsAndLooksOn() {
    Run run =
        cli.run(
            "doctor",
            "--set",
            "cutline.deadline=soon",
            "--set",
            "cutline.nonsense=1",
            "--set",
            "cutline.providers=openai,palette",
            "--set",
            "cutline.images.files.colour=red");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out().lines().filter(line -> line.startsWith("FAIL  settings")))
        .hasSize(4)
        .anyMatch(line -> line.contains("cutline.deadline"))
        .anyMatch(line -> line.contains("cutline.nonsense"))
        .anyMatch(line -> line.contains("cutline.provider.openai.model: is missing"))
        .anyMatch(line -> line.contains("cutline.images.files.colour: unknown key"));
    assertThat(run.out()).contains("ok    rung palette").doesNotContain("rung openai");
  }

  @Test
  void asksEachRungForOneCaptionUnlessToldNotTo() {
    SERVER.stubFor(post("/v1/chat/completions").willReturn(okJson(ModelReply.by("gpt-test-2026"))));
    Run spared = openai("--no-caption");
    assertThat(spared.status()).as(spared.out()).isZero();
    assertThat(spared.out()).contains("ok    rung openai").doesNotContain("a caption");
    SERVER.verify(0, postRequestedFor(urlEqualTo("/v1/chat/completions")));

    Run asked = openai();
    assertThat(asked.out())
        .contains(": a caption: OK in ", "gpt-test-2026: A tabby cat looks into the camera");
    SERVER.verify(1, postRequestedFor(urlEqualTo("/v1/chat/completions")));
  }

  @Test
  void tellsOfAKeyThatTheServerDoesNotTake() {
    SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(401)));
    Run run = openai();

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out())
        .contains("FAIL  rung openai     : no caption: UNAUTHORIZED: ")
        .contains("; check its API key")
        .doesNotContain("sk-test");
    assertThat(run.err()).contains(", 1 that do not work");
  }

  @Test
  void writesALineOfJsonEachForPrograms() {
    Run run = cli.run("doctor", "--json", "--set", "cutline.nonsense=1");

    List<JsonNode> lines = run.json();
    assertThat(lines.get(0).get("level").asText()).isEqualTo("FAIL");
    assertThat(lines.get(0).get("what").asText()).isEqualTo("settings");
    assertThat(lines.get(0).get("finding").asText()).contains("cutline.nonsense: unknown key");
    assertThat(lines).allMatch(line -> line.has("remedy") && line.has("permission"));
  }

  @Test
  void tellsOfAFileOfSettingsThatIsNotThereAsOfAnythingElse() {
    Run run = cli.run("doctor", "--config", folder.resolve("none.properties").toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).startsWith("FAIL  settings        : settings file ");
  }

  @Test
  void tellsOfAHomeOfTheOtherEnvironment() throws Exception {
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home/environment"), "production\n");
    Run run = cli.run("doctor", "--no-caption");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).contains("FAIL  home            : cutline.home: ", "\"production\"");
  }

  private Run openai(String... more) {
    String[] all = {
      "doctor",
      "--set",
      "cutline.providers=openai",
      "--set",
      "cutline.provider.openai.model=gpt-test",
      "--set",
      "cutline.provider.openai.endpoint=" + SERVER.baseUrl() + "/v1"
    };
    return cli.run(Stream.concat(Arrays.stream(all), Arrays.stream(more)).toArray(String[]::new));
  }
}
