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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands may spend, what they say of prices, and which captions are asked for again. */
class MoneyTest {
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
    answer("gpt-old");
  }

  @Test
  void stopsBeforeTheCallThatWouldGoBeyondTheBudgetAndResumeGoesOn() throws IOException {
    Path out = folder.resolve("out.jsonl");
    String[] caption = {
      "caption", Photos.FOLDER.toString(), "--concurrency", "1", "--out", out.toString()
    };

    Run first = run(with(caption, "--budget", "0.025"));

    assertThat(first.status()).as(first.err()).isEqualTo(3);
    assertThat(calls()).as("a picture costs a cent").isEqualTo(2);
    List<JsonNode> lines = Cli.json(Files.readString(out));
    assertThat(lines.subList(0, 2))
        .allMatch(line -> line.get("status").asText().equals("CAPTIONED"));
    assertThat(lines.subList(2, lines.size()))
        .isNotEmpty()
        .allMatch(line -> line.get("status").asText().equals("FAILED"))
        .noneMatch(line -> line.get("id").isNull())
        .allMatch(line -> line.get("error").get("reason").asText().equals("BUDGET_SPENT"));
    assertThat(first.err())
        .contains("the budget of $0.025 is spent ($0.020 of it went out")
        .contains("go on with another --budget and --resume");
    int left = Photos.COUNT - number(first.err(), "(\\d+) pictures: ");
    String said = left + " more of " + Photos.COUNT + " were not begun.";
    assertThat(first.err().contains(said)).as(first.err()).isEqualTo(left > 0);

    Run second = run(with(caption, "--budget", "$0.01", "--resume"));
    assertThat(second.status()).isEqualTo(3);
    assertThat(calls()).isEqualTo(3);
    Run rest = run(with(caption, "--budget", "100", "--resume"));
    assertThat(rest.status()).as(rest.err()).isZero();
    assertThat(calls()).as("nothing is paid twice").isEqualTo(Photos.COUNT);
    assertThat(run("list").json())
        .hasSize(Photos.COUNT)
        .allMatch(line -> line.get("status").asText().equals("CAPTIONED"));
  }

  @Test
  void spendsNoMoreWhereManyAreAtWork() {
    Run run =
        run("caption", Photos.FOLDER.toString(), "--concurrency", "8", "--budget", "0.0399999");

    assertThat(run.status()).isEqualTo(3);
    assertThat(calls()).isEqualTo(3);
  }

  @Test
  void describesNothingByRuleWhereTheBudgetIsSpent() {
    Run run =
        run(
            "caption",
            Photos.FOLDER.toString(),
            "--budget",
            "0.01",
            "--set",
            "cutline.providers=primary,palette");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.json())
        .extracting(line -> line.get("status").asText())
        .contains("CAPTIONED", "FAILED")
        .doesNotContain("DESCRIBED");
  }

  @Test
  void aBudgetIsEnoughWhereNothingCosts() {
    Run run = cli.run("caption", Photos.of("cat.jpg"), "--budget", "0.01", "--local-only");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json().get(0).get("status").asText()).isEqualTo("DESCRIBED");
  }

  @Test
  void asksForThePriceThatNobodyKnows() {
    Run run =
        cli.run(
            "caption",
            Photos.of("cat.jpg"),
            "--budget",
            "5.00",
            "--set",
            "cutline.providers=openai,palette",
            "--set",
            "cutline.provider.openai.model=gpt-nobody-knows");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("nobody knows what openai charges")
        .contains(
            "set cutline.provider.openai.price.input and cutline.provider.openai.price.output");
    assertThat(cli.run("list").json()).isEmpty();
  }

  @Test
  void asksForThePriceThatNobodyKnowsWhereCaptionsAreAskedForAgain() {
    run("caption", Photos.of("cat.jpg"));

    Run run =
        cli.run(
            "recaption",
            "--all",
            "--budget",
            "5.00",
            "--set",
            "cutline.providers=openai",
            "--set",
            "cutline.provider.openai.model=gpt-nobody-knows");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("nobody knows what openai charges");
  }

  @Test
  void noPriceIsAskedForOfARungThatIsNotAsked() {
    Run run =
        cli.run(
            "caption",
            Photos.of("cat.jpg"),
            "--budget",
            "5.00",
            "--local-only",
            "--set",
            "cutline.providers=openai,palette",
            "--set",
            "cutline.provider.openai.model=gpt-nobody-knows");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json().get(0).get("status").asText()).isEqualTo("DESCRIBED");
  }

  @Test
  void retryingAllThatFailedHoldsToTheBudget() {
    SERVER.resetMappings();
    SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(401)));
    assertThat(run("caption", Photos.FOLDER.toString()).status()).isEqualTo(1);
    int before = calls();
    answer("gpt-new");

    Run run = run("caption", "--retry-failed", "--concurrency", "1", "--budget", "0.02");

    assertThat(run.status()).as(run.err()).isEqualTo(3);
    assertThat(calls() - before).isEqualTo(2);
  }

  @Test
  void aBudgetThatReachesForOneOfTwoLanguagesIsSpent() {
    Run run = run("caption", Photos.of("cat.jpg"), "--language", "en,de", "--budget", "0.01");

    assertThat(run.status()).as(run.err()).isEqualTo(3);
    assertThat(run.err()).contains("the budget of $0.010 is spent");
    assertThat(run.json())
        .extracting(line -> line.get("status").asText())
        .containsExactly("CAPTIONED", "FAILED");
    assertThat(calls()).isEqualTo(1);
  }

  @Test
  void saysWhichBudgetIsSpent() {
    Run run =
        run(
            "caption",
            Photos.FOLDER.toString(),
            "--concurrency",
            "1",
            "--budget",
            "1",
            "--set",
            "cutline.provider.primary.daily-budget=0.01");

    assertThat(run.status()).isEqualTo(3);
    assertThat(calls()).isEqualTo(1);
    assertThat(run.err())
        .contains("the budget is spent; raise it or wait for a new one")
        .doesNotContain("the budget of $1");
  }

  @Test
  void aDryRunAddsUpAllPicturesThatWouldBeAskedFor() throws IOException {
    String[] dryRun = {"caption", Photos.FOLDER.toString(), "--dry-run", "--concurrency", "2"};

    assertSum(run(dryRun), Photos.COUNT, 0, "0.08");
    assertThat(run(dryRun).json().get(0).get("seconds").asDouble())
        .as("two at once, three seconds each")
        .isEqualTo(12.0);
    run("caption", Photos.of("cat.jpg"));
    run("caption", Photos.of("coffee.jpg"));
    assertSum(run(dryRun), Photos.COUNT, 0, "0.08");
    assertSum(run(with(dryRun, "--resume")), Photos.COUNT - 2, 2, "0.06");
    assertSum(run("recaption", "--all", "--dry-run"), 2, 0, "0.02");

    Path broken = Files.writeString(folder.resolve("broken.jpg"), "no picture");
    Run rejected = run("caption", broken.toString(), Photos.of("cat.jpg"), "--dry-run");
    assertThat(rejected.status()).isEqualTo(1);
    assertThat(rejected.json().get(0).get("rejected").asInt()).isEqualTo(1);
    assertThat(calls()).as("two were asked for in earnest").isEqualTo(2);
  }

  private static void assertSum(Run run, int pictures, int before, String dollars) {
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode sum = run.json().get(0);
    assertThat(sum.get("pictures").asInt()).isEqualTo(pictures);
    assertThat(sum.get("before").asInt()).isEqualTo(before);
    assertThat(sum.get("calls").asInt()).isEqualTo(pictures);
    assertThat(sum.get("costUsd").decimalValue()).isEqualByComparingTo(dollars);
  }

  @Test
  void aDryRunGuessesNoCostWhereNobodyKnowsThePrice() {
    String[] dryRun = {
      "caption",
      Photos.of("cat.jpg"),
      "--dry-run",
      "--set",
      "cutline.providers=openai",
      "--set",
      "cutline.provider.openai.model=gpt-nobody-knows"
    };

    assertThat(cli.run(dryRun).json().get(0).get("costUsd").isNull()).isTrue();
    assertThat(cli.onTerminal().run(dryRun).out()).contains("cost unknown (set price.input");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.00", "-1", "five", "1e3", "", "1,50"})
  void aBudgetIsAnAmount(String dollars) {
    Run run = run("caption", Photos.of("cat.jpg"), "--budget=" + dollars);
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains("--budget");
    assertThat(calls()).isZero();
  }

  @Test
  void saysThatAPriceIsTheVendorsOfSomeDay() {
    String[] dryRun = {
      "caption",
      Photos.of("cat.jpg"),
      "--dry-run",
      "--language",
      "en,de",
      "--set",
      "cutline.providers=openai",
      "--set",
      "cutline.provider.openai.model=gpt-6-luna"
    };

    JsonNode sum = cli.run(dryRun).json().get(0);
    assertThat(sum.get("pricesListedOn").asText()).isEqualTo("2026-09-22");
    assertThat(sum.get("calls").asInt()).as("two languages").isEqualTo(2);
    assertThat(sum.get("seconds").asDouble()).as("one after the other").isEqualTo(6.0);
    assertThat(sum.get("costUsd").decimalValue()).isPositive();
    assertThat(cli.onTerminal().run(dryRun).out())
        .contains("(list price of 2026-09-22, which may have changed");
  }

  @Test
  void estimatesTheTimeByWhatTheRungTookBefore() {
    run("caption", Photos.of("cat.jpg"));

    JsonNode sum = run("caption", Photos.of("coffee.jpg"), "--dry-run").json().get(0);

    assertThat(sum.get("seconds").asDouble()).isPositive().isNotEqualTo(3.0);
    assertThat(sum.get("pricesListedOn").isNull()).as("the prices are set").isTrue();
    assertThat(sum.get("costUsd").decimalValue()).isEqualByComparingTo("0.01");
  }

  @Test
  void asksAgainForAllByAModelAndAPromptThatNoPersonTouched() {
    String touched = run("caption", Photos.of("cat.jpg")).json().get(0).get("id").asText();
    String old = run("caption", Photos.of("coffee.jpg")).json().get(0).get("id").asText();
    cli.run("edit", touched, "--concise", "My cat");
    answer("gpt-new");
    run("caption", Photos.of("canyon.jpg"));
    String prompt = cli.run("versions", old).json().get(0).get("promptVersion").asText();
    String[] recaption = {
      "recaption", "--model", "gpt-old", "--prompt-version", prompt, "--untouched"
    };

    JsonNode sum = run(with(recaption, "--dry-run")).json().get(0);
    assertThat(sum.get("pictures").asInt()).isEqualTo(1);
    assertThat(sum.get("calls").asInt()).isEqualTo(1);
    assertThat(sum.get("costUsd").decimalValue()).isEqualByComparingTo("0.01");
    assertThat(sum.get("seconds").asDouble()).isPositive();
    assertThat(calls()).as("nothing was sent").isEqualTo(3);

    Run run = run(recaption);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json()).extracting(line -> line.get("id").asText()).containsExactly(old);
    assertThat(run.json().get(0).get("model").asText()).isEqualTo("gpt-new");
    assertThat(run(recaption).json()).as("nothing is left").isEmpty();
    Run none = run("recaption", "--model", "gpt-old", "--prompt-version", "none");
    assertThat(none.json()).isEmpty();
    assertThat(none.err()).contains("No picture fits what was asked for.");
    assertThat(run("recaption", "--provider", "palette").json()).isEmpty();

    run("recaption", "--model", "gpt-old");
    JsonNode kept = cli.run("show", touched).json().get(0);
    assertThat(kept.get("concise").asText()).as("a person's words stay").isEqualTo("My cat");
    assertThat(kept.get("model").asText()).isEqualTo("gpt-new");
    assertThat(calls()).isEqualTo(5);
  }

  @Test
  void asksAgainForWhatTheSettingsWouldHaveOtherwise() {
    run("caption", Photos.of("cat.jpg"));
    assertThat(run("recaption", "--stale").json()).isEmpty();
    String[] otherwise = {
      "recaption", "--stale", "--set", "cutline.provider.primary.model=gpt-other"
    };

    assertThat(run(with(otherwise, "--dry-run")).json().get(0).get("calls").asInt()).isEqualTo(1);
    assertThat(run(otherwise).json()).hasSize(1);
    assertThat(run(otherwise).json()).as("mended").isEmpty();
    assertThat(calls()).isEqualTo(2);
  }

  @Test
  void recaptionResumesWhereItStopped() {
    run("caption", Photos.FOLDER.toString());
    int before = calls();
    Run stopped = run("recaption", "--all", "--budget", "0.02", "--concurrency", "1");
    assertThat(stopped.status()).as(stopped.err()).isEqualTo(3);
    assertThat(stopped.err()).contains("the budget of $0.020 is spent");
    assertThat(calls() - before).isEqualTo(2);
    assertThat(stopped.json().get(2).get("status").asText())
        .as("what was there stays")
        .isEqualTo("CAPTIONED");

    Run resumed = run("recaption", "--all", "--resume");
    assertThat(resumed.status()).as(resumed.err()).isZero();
    assertThat(calls() - before).as("each once").isEqualTo(Photos.COUNT);
    assertThat(run("recaption", "--all", "--resume").json()).isEmpty();
    assertThat(calls() - before).isEqualTo(Photos.COUNT);

    assertThat(run("recaption", "--status", "captioned", "--resume").json())
        .as("another run is another run")
        .hasSize(Photos.COUNT);
    run("recaption", "--all");
    assertThat(calls() - before).as("anew without --resume").isEqualTo(3 * Photos.COUNT);
  }

  @Test
  void triesAgainWhatFailedWhenItGoesOn() {
    String id = run("caption", Photos.of("cat.jpg")).json().get(0).get("id").asText();
    SERVER.resetMappings();
    SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(503)));
    Run failed = run("recaption", id);
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("try again with --resume").doesNotContain("--retry-failed");
    answer("gpt-new");

    Run again = run("recaption", id, "--resume");

    assertThat(again.json().get(0).get("model").asText()).isEqualTo("gpt-new");
    assertThat(run("recaption", id, "--resume").json()).isEmpty();
  }

  @Test
  void recaptionWantsToKnowWhatIsMeant() {
    assertThat(run("recaption").err()).contains("recaption: name ids, or say which captions");
    Run both = run("recaption", "some-id", "--model", "gpt-old");
    assertThat(both.status()).isEqualTo(2);
    assertThat(run("recaption", "some-id").err()).contains("there is no such picture");
  }

  @Test
  void providersTellsHowEachRungDidAndWhatItCosts() {
    run("caption", Photos.of("cat.jpg"), "--set", "cutline.provider.primary.daily-budget=1");
    SERVER.resetMappings();
    SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(503)));
    run("caption", Photos.of("coffee.jpg"));
    int calls = calls();

    String[] providers = {"providers", "--set", "cutline.provider.primary.daily-budget=1"};
    JsonNode rung = run(providers).json().get(0);

    assertThat(rung.get("calls").asInt()).isEqualTo(2);
    assertThat(rung.get("p50Ms").asLong()).isPositive().isEqualTo(rung.get("p95Ms").asLong());
    assertThat(rung.get("costUsd").decimalValue()).isEqualByComparingTo("0.01");
    assertThat(rung.get("lastError").get("outcome").asText()).isEqualTo("UNAVAILABLE");
    assertThat(rung.get("lastError").get("at").asText()).startsWith("20");
    assertThat(rung.get("spentTodayUsd").decimalValue()).isEqualByComparingTo("0.01");
    assertThat(rung.get("dailyBudgetUsd").decimalValue()).isEqualByComparingTo("1");
    assertThat(rung.get("breaker").isNull()).as("no call, nothing learnt").isTrue();
    assertThat(rung.get("price").get("image").decimalValue()).isEqualByComparingTo("0.01");
    assertThat(rung.get("price").get("listedOn").isNull()).isTrue();
    assertThat(calls()).isEqualTo(calls);
    assertThat(run(cli.onTerminal(), providers).out())
        .contains("newest pictures: 2 calls, p50 ")
        .contains("last error: UNAVAILABLE at 20")
        .contains("spent today: $0.010 of $1.00");
  }

  @Test
  void providersNamesTheDayOfAListPriceAndTheKeyOfAnUnknownOne() {
    String[] providers = {
      "providers",
      "--set",
      "cutline.providers=openai,other",
      "--set",
      "cutline.provider.openai.model=gpt-6-luna",
      "--set",
      "cutline.provider.other.type=openai",
      "--set",
      "cutline.provider.other.model=nobody-knows"
    };

    List<JsonNode> rungs = cli.run(providers).json();
    assertThat(rungs.get(0).get("price").get("listedOn").asText()).isEqualTo("2026-09-22");
    assertThat(rungs.get(0).get("price").get("input").decimalValue()).isEqualByComparingTo("0.1");
    assertThat(rungs.get(1).get("price").isNull()).isTrue();
    assertThat(rungs.get(0).get("calls").isNull()).as("there is no home yet").isTrue();
    assertThat(folder.resolve("home")).doesNotExist();
    assertThat(cli.onTerminal(200).run(providers).out())
        .contains("list price of 2026-09-22, which may have changed")
        .contains("price unknown: set cutline.provider.other.price.input and");
  }

  @Test
  void aCheckTellsHowTheBreakerStandsAfterIt() {
    SERVER.resetMappings();
    SERVER.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(503)));
    assertThat(run("providers", "--check").json().get(0).get("breaker").asText())
        .isEqualTo("CLOSED");
    assertThat(run("providers", "--check", "--json").json().get(0).get("check").asText())
        .startsWith("UNAVAILABLE");
  }

  private Run run(String... arguments) {
    return run(cli, arguments);
  }

  /** Runs a command with a rung whose pictures cost a cent each. */
  private static Run run(Cli cli, String... arguments) {
    List<String> all = new ArrayList<>();
    String rung = "cutline.provider.primary.";
    for (String setting :
        List.of(
            "cutline.providers=primary",
            rung + "type=openai",
            rung + "model=gpt-test",
            rung + "endpoint=http://127.0.0.1:" + SERVER.port() + "/v1",
            rung + "price.image=0.01")) {
      all.addAll(List.of("--set", setting));
    }
    all.addAll(List.of(arguments));
    return cli.run(all.toArray(new String[0]));
  }

  private static String[] with(String[] arguments, String... more) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }

  private static int number(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  private static int calls() {
    return SERVER.findAll(postRequestedFor(urlEqualTo("/v1/chat/completions"))).size();
  }

  private static void answer(String model) {
    SERVER.resetMappings();
    SERVER.stubFor(post("/v1/chat/completions").willReturn(okJson(ModelReply.by(model))));
  }
}
