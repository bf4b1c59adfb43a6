package dev.cutline.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.cutline.cli.Cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands with a model behind them: a server that speaks as OpenAI's does. */
class ModelServerTest {
  private static final String REPLY = ModelReply.by("gpt-test-2026");

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
  void captionsWithAModel() {
    answer();
    Run run = caption("cat.jpg");
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode line = run.json().get(0);
    assertThat(line.get("status").asText()).isEqualTo("CAPTIONED");
    assertThat(line.get("concise").asText()).isEqualTo("A tabby cat looks into the camera");
    assertThat(line.get("provider").asText()).isEqualTo("openai");
    assertThat(line.get("model").asText()).isEqualTo("gpt-test-2026");
    assertThat(line.get("usage").toString())
        .isEqualTo("{\"inputTokens\":1000,\"outputTokens\":50}");
    assertThat(line.get("costUsd").decimalValue()).isEqualByComparingTo("0.0025");
    assertThat(line.get("trail").toString()).contains("\"rung\":\"primary\",\"outcome\":\"OK\"");
    assertThat(run.err()).doesNotContain("no model is named").contains("$0.0025");
    SERVER.verify(
        1,
        postRequestedFor(urlEqualTo("/v1/chat/completions"))
            .withHeader("Authorization", equalTo("Bearer sk-test"))
            .withRequestBody(containing("data:image/jpeg;base64,")));
  }

  @Test
  void paysOnceForTheSameQuestion() {
    answer();
    caption("cat.jpg");
    Run again = caption("cat.jpg");
    assertThat(again.json().get(0).get("cached").asBoolean()).isTrue();
    assertThat(again.json().get(0).get("costUsd").decimalValue()).isEqualByComparingTo("0");
    SERVER.verify(1, postRequestedFor(urlEqualTo("/v1/chat/completions")));
  }

  @Test
  void captionsWithResumeWhatWasOnlyDescribed() {
    answer();
    cli.run("caption", Photos.of("cat.jpg"));
    Run run = caption("cat.jpg", "--resume");
    assertThat(run.json().get(0).get("status").asText()).isEqualTo("CAPTIONED");
    assertThat(cli.run("list").json()).hasSize(1);
  }

  @Test
  void keepsWhatFailedAndTriesAgainWhenAsked() {
    SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(503)));
    Run failed = caption("cat.jpg");
    assertThat(failed.status()).isEqualTo(1);
    JsonNode line = failed.json().get(0);
    assertThat(line.get("status").asText()).isEqualTo("FAILED");
    assertThat(line.get("id").isNull()).isFalse();
    assertThat(line.get("error").get("reason").asText()).isEqualTo("UNAVAILABLE");
    assertThat(failed.err()).contains("cat.jpg: UNAVAILABLE: ").contains("--retry-failed");
    assertThat(run("list", "--status", "failed").json()).hasSize(1);
    assertThat(run("list", "--status", "pending").json()).isEmpty();

    answer();
    Run retried = run("caption", "--retry-failed");
    assertThat(retried.status()).as(retried.err()).isZero();
    assertThat(retried.json().get(0).get("id")).isEqualTo(line.get("id"));
    assertThat(retried.json().get(0).get("status").asText()).isEqualTo("CAPTIONED");
    assertThat(run("caption", "--retry-failed").out()).isEmpty();
  }

  @Test
  void addsWhatItTriedAgainToTheResultsThatAreThere() throws IOException {
    SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(503)));
    Path out = folder.resolve("out.jsonl");
    caption("cat.jpg", "--out", out.toString());
    answer();
    for (int i = 0; i < 2; i++) {
      Run run = run("caption", "--retry-failed", "--out", out.toString());
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(Cli.json(Files.readString(out)))
          .extracting(line -> line.get("status").asText())
          .containsExactly("FAILED", "CAPTIONED");
    }
  }

  @Test
  void captionsWithResumeEachRecordOfAContentThatWasOnlyDescribed() throws IOException {
    String folder = copies(3).toString();
    cli.run("caption", folder);
    answer();
    Run run = run("caption", folder, "--resume");
    assertThat(run.status()).as(run.err()).isZero();
    SERVER.verify(1, postRequestedFor(urlEqualTo("/v1/chat/completions")));
    assertThat(run("list").json())
        .hasSize(3)
        .allMatch(line -> line.get("status").asText().equals("CAPTIONED"));
  }

  @Test
  void triesOneRecordOfAContentForEachFileWhileTheModelIsDown() throws IOException {
    String folder = copies(3).toString();
    cli.run("caption", folder);
    SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(401)));
    run("caption", folder, "--resume", "--set", "cutline.provider.primary.breaker=false");
    SERVER.verify(3, postRequestedFor(urlEqualTo("/v1/chat/completions")));
  }

  @Test
  void oneLanguageMayFailBesideAnother() {
    Run run =
        caption(
            "cat.jpg",
            "--local-only",
            "--language",
            "en,ja",
            "--set",
            "cutline.providers=primary,palette",
            "--set",
            "cutline.provider.primary.endpoint=http://captions.example/v1");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.json()).hasSize(2);
    JsonNode japanese = run.json().get(1);
    assertThat(japanese.get("status").asText()).isEqualTo("FAILED");
    assertThat(japanese.get("id").isNull()).isFalse();
    assertThat(run.err()).contains("cat.jpg: " + japanese.get("error").get("reason").asText());
  }

  @Test
  void paysOnceForCopiesOfAFileWithResume() throws IOException {
    answerAfter(200);
    Run run = run("caption", copies(6).toString(), "--resume", "--concurrency", "6");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json()).hasSize(1);
    assertThat(run.err()).contains("1 picture: 1 captioned, 5 left as they were");
    SERVER.verify(1, postRequestedFor(urlEqualTo("/v1/chat/completions")));
    assertThat(run("list").json()).hasSize(1);
  }

  @Test
  void paysOnceWhereTwoRunsResumeAtTheSameTime() throws Exception {
    answerAfter(200);
    String copies = copies(3).toString();
    String photos = Photos.FOLDER.toString();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Run> one = threads.submit(() -> run("caption", copies, photos, "--resume"));
      Cli second = new Cli(folder.resolve("home")).with("OPENAI_API_KEY", "sk-test");
      Future<Run> other = threads.submit(() -> run(second, "caption", copies, photos, "--resume"));
      assertThat(one.get().status()).as(one.get().err()).isZero();
      assertThat(other.get().status()).as(other.get().err()).isZero();
      assertThat(one.get().json().size() + other.get().json().size()).isEqualTo(Photos.COUNT);
    } finally {
      threads.shutdownNow();
    }
    SERVER.verify(Photos.COUNT, postRequestedFor(urlEqualTo("/v1/chat/completions")));
    assertThat(run("list").json()).hasSize(Photos.COUNT);
  }

  @Test
  void triesACopyWhereTheOneBeforeItFailed() throws IOException {
    SERVER.stubFor(
        post("/v1/chat/completions")
            .inScenario("copies")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withStatus(503))
            .willSetStateTo("up"));
    SERVER.stubFor(
        post("/v1/chat/completions")
            .inScenario("copies")
            .whenScenarioStateIs("up")
            .willReturn(okJson(REPLY)));
    Run run = run("caption", copies(4).toString(), "--resume", "--concurrency", "4");
    assertThat(run.json())
        .extracting(line -> line.get("status").asText())
        .containsExactlyInAnyOrder("FAILED", "CAPTIONED");
    assertThat(run.err()).contains("2 left as they were");
    SERVER.verify(2, postRequestedFor(urlEqualTo("/v1/chat/completions")));
    assertThat(run("list").json()).hasSize(1);
  }

  @Test
  void paysOnceWhereTwoRunsTryTheSameFailuresAgain() throws Exception {
    SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(503)));
    caption("cat.jpg");
    answerAfter(500);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Run> one = threads.submit(() -> run("caption", "--retry-failed"));
      Cli second = new Cli(folder.resolve("home")).with("OPENAI_API_KEY", "sk-test");
      Future<Run> other = threads.submit(() -> run(second, "caption", "--retry-failed"));
      assertThat(one.get().json().size() + other.get().json().size()).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
    SERVER.verify(2, postRequestedFor(urlEqualTo("/v1/chat/completions")));
  }

  @Test
  void writesALineForAPictureOnlyWhenSomethingNewBecameOfIt() throws IOException {
    Path out = folder.resolve("out.jsonl");
    String[] arguments = {
      "caption",
      Photos.of("cat.jpg"),
      "--resume",
      "--out",
      out.toString(),
      "--set",
      "cutline.providers=primary,palette"
    };
    SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(503)));
    for (int i = 0; i < 3; i++) {
      run(arguments);
      assertThat(statuses(out)).containsExactly("DESCRIBED");
    }
    answer();
    for (int i = 0; i < 2; i++) {
      run(arguments);
      assertThat(statuses(out)).containsExactly("DESCRIBED", "CAPTIONED");
    }
  }

  @Test
  void tellsOfAFailureOnceAndOfAnotherOne() throws IOException {
    Path out = folder.resolve("out.jsonl");
    SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(503)));
    for (int i = 0; i < 2; i++) {
      caption("cat.jpg", "--resume", "--out", out.toString());
      assertThat(statuses(out)).containsExactly("FAILED");
    }
    SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(401)));
    caption("cat.jpg", "--resume", "--out", out.toString());
    assertThat(Cli.json(Files.readString(out)))
        .extracting(line -> line.get("error").get("reason").asText())
        .containsExactly("UNAVAILABLE", "UNAUTHORIZED");
  }

  @Test
  void tellsOfAllThatWasPaid() throws IOException {
    Path out = folder.resolve("out.jsonl");
    String refusal = REPLY.replaceFirst("\"\\{.*false}\"", "\"I cannot help with that.\"");
    SERVER.stubFor(post("/v1/chat/completions").willReturn(okJson(refusal)));
    for (int i = 1; i <= 2; i++) {
      caption("cat.jpg", "--resume", "--out", out.toString());
      assertThat(Cli.json(Files.readString(out)))
          .hasSize(i)
          .allMatch(line -> line.get("costUsd").asDouble() > 0);
    }
  }

  @Test
  void triesAgainUnderThePathsThatTheResultsHave() throws IOException {
    SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(503)));
    Path out = folder.resolve("out.jsonl");
    Path copies = copies(2);
    String[] resume = {"caption", copies.toString(), "--resume", "--out", out.toString()};
    run(resume);
    assertThat(statuses(out)).containsExactly("FAILED", "FAILED");

    Run failed = run("caption", "--retry-failed", "--out", out.toString());
    assertThat(failed.err()).contains(copies.resolve("0.jpg") + ": UNAVAILABLE");
    assertThat(statuses(out)).containsExactly("FAILED", "FAILED");

    answer();
    Run retried = run("caption", "--retry-failed", "--out", out.toString());
    assertThat(retried.err()).contains("1 picture: 1 captioned, $0.0025,");
    for (int i = 0; i < 2; i++) {
      List<JsonNode> lines = Cli.json(Files.readString(out));
      assertThat(lines.subList(2, lines.size()))
          .extracting(line -> line.get("status").asText() + " " + line.get("file").asText())
          .containsExactly(
              "CAPTIONED " + copies.resolve("0.jpg"), "CAPTIONED " + copies.resolve("1.jpg"));
      run(resume);
    }
  }

  /** Makes a folder of copies of one picture. */
  private Path copies(int count) throws IOException {
    Path copies = Files.createDirectory(folder.resolve("copies"));
    for (int i = 0; i < count; i++) {
      Files.copy(Path.of(Photos.of("cat.jpg")), copies.resolve(i + ".jpg"));
    }
    return copies;
  }

  private static List<String> statuses(Path out) throws IOException {
    return Cli.json(Files.readString(out)).stream()
        .map(line -> line.get("status").asText())
        .toList();
  }

  @Test
  void triesAgainOnlyWhatIsNamed() {
    SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(503)));
    caption("cat.jpg");
    caption("coffee.jpg");
    answer();
    Run run = run("caption", "--retry-failed", Photos.of("cat.jpg"), Photos.of("canyon.jpg"));
    assertThat(run.json()).hasSize(1);
    assertThat(run.json().get(0).get("file").asText()).endsWith("cat.jpg");
    assertThat(run("list", "--status", "failed").json()).hasSize(1);
  }

  @Test
  void triesWithResumeInPlaceWhatFailed() {
    SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(503)));
    caption("cat.jpg");
    answer();
    assertThat(caption("cat.jpg", "--resume").json().get(0).get("status").asText())
        .isEqualTo("CAPTIONED");
    assertThat(run("list").json()).hasSize(1);
  }

  @Test
  void tellsOfAWrongKeyWithoutShowingIt() {
    SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(401)));
    Run run = caption("cat.jpg");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("UNAUTHORIZED")
        .contains("check the API key")
        .doesNotContain("sk-test");
  }

  @Test
  void sendsNothingThatIsLocalOnly() {
    answer();
    Run run = caption("cat.jpg", "--local-only");
    assertThat(run.status()).isEqualTo(1);
    Run resumed = caption("cat.jpg", "--local-only", "--resume");
    assertThat(resumed.status()).isEqualTo(1);
    run("caption", "--retry-failed");
    SERVER.verify(0, postRequestedFor(urlEqualTo("/v1/chat/completions")));
  }

  @Test
  void fallsBackToTheNextRung() {
    SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(503)));
    Run run = run("caption", Photos.of("cat.jpg"), "--set", "cutline.providers=primary,palette");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).contains("by rule: primary UNAVAILABLE (").contains("--resume");
    JsonNode line = run.json().get(0);
    assertThat(line.get("status").asText()).isEqualTo("DESCRIBED");
    assertThat(line.get("trail")).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void tellsWhatProvidersLack() {
    Run run = cli.run("providers");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json())
        .extracting(l -> l.get("provider").asText())
        .contains("palette", "openai", "ollama", "anthropic", "gemini");
    JsonNode palette = run.json().get(0);
    assertThat(palette.get("rung").asText()).isEqualTo("palette");
    assertThat(palette.get("ready").asBoolean()).isTrue();
    assertThat(run.out()).contains("\"cutline.provider.openai.model: is missing");
    assertThat(cli.onTerminal().run("providers").out()).contains("RUNG").contains("ready");
  }

  @Test
  void tellsOfARungThatNobodyProvides() {
    Run run = cli.run("providers", "--set", "cutline.providers=nobody");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.json().get(0).get("ready").asBoolean()).isFalse();
  }

  @Test
  void checksEachRungOnce() {
    answer();
    Run run = run("providers", "--check", "--set", "cutline.providers=primary,palette");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json().get(0).get("check").asText())
        .startsWith("OK in ")
        .contains("gpt-test-2026");
    assertThat(run.json().get(1).get("check").asText()).startsWith("OK in ");
    SERVER.verify(1, postRequestedFor(urlEqualTo("/v1/chat/completions")));
    assertThat(run("list").json()).isEmpty();
  }

  @Test
  void aCheckSaysOnATerminalWhomItIsWaitingFor() {
    answer();
    assertThat(run("providers", "--check").err()).doesNotContain("Asking");
    cli.onTerminal();
    assertThat(run("providers", "--check").err()).contains("Asking primary…");
  }

  @Test
  void judgesARungByAllThatTheChainReadsOfItsSection() {
    assertThat(run("providers").json().get(0).get("missing")).as("prices are known").isEmpty();
    Run run = run("providers", "--set", "cutline.provider.primary.price.inpt=1");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.json().get(0).get("missing").get(0).asText())
        .startsWith("cutline.provider.primary.price.inpt: unknown key");
  }

  @Test
  void tellsWhichRungDoesNotAnswer() {
    SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(401)));
    Run run = run("providers", "--check");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.json().get(0).get("check").asText())
        .startsWith("UNAUTHORIZED: ")
        .endsWith("; check its API key");
    for (int status : new int[] {400, 404, 429, 500, 503}) {
      SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(status)));
      assertThat(run("providers", "--check").json().get(0).get("check").asText())
          .as("what helps the rung, not a picture")
          .contains("; ")
          .doesNotContain("--retry-failed");
    }
  }

  @Test
  void keepsCaptionsThatAFailedRecaptionCannotReplace() {
    answer();
    String id = caption("cat.jpg").json().get(0).get("id").asText();
    SERVER.resetAll();
    SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(503)));
    Run run = run("recaption", id);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.json().get(0).get("status").asText()).isEqualTo("CAPTIONED");
    assertThat(run.json().get(0).get("concise").asText()).isNotBlank();
    assertThat(run.json().get(0).get("error").get("reason").asText()).isEqualTo("UNAVAILABLE");
  }

  private Run caption(String photo, String... more) {
    List<String> arguments = new ArrayList<>(List.of("caption", Photos.of(photo)));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(new String[0]));
  }

  private Run run(String... arguments) {
    return run(cli, arguments);
  }

  private static Run run(Cli cli, String... arguments) {
    List<String> all = new ArrayList<>();
    String rung = "cutline.provider.primary.";
    for (String setting :
        List.of(
            "cutline.providers=primary",
            rung + "type=openai",
            rung + "model=gpt-test",
            rung + "endpoint=http://127.0.0.1:" + SERVER.port() + "/v1",
            rung + "price.input=2",
            rung + "price.output=10")) {
      all.addAll(List.of("--set", setting));
    }
    // What a test sets comes last, and the last one counts.
    all.addAll(List.of(arguments));
    return cli.run(all.toArray(new String[0]));
  }

  private static void answer() {
    answerAfter(0);
  }

  private static void answerAfter(int milliseconds) {
    SERVER.resetMappings();
    SERVER.stubFor(
        post("/v1/chat/completions").willReturn(okJson(REPLY).withFixedDelay(milliseconds)));
  }
}
