package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.ImageRecord;
import dev.cutline.ImageRejectedException;
import dev.cutline.InvalidSettingsException;
import dev.cutline.RateLimitedException;
import dev.cutline.Reason;
import dev.cutline.Settings;
import dev.cutline.SettingsSource;
import dev.cutline.core.chain.ChainListener;
import dev.cutline.core.chain.RungStatus;
import dev.cutline.testsupport.corpus.Corpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings make of the library. */
class AssemblyTest {
  @TempDir private Path folder;
  private Path home;
  private final Map<String, String> values = new HashMap<>();

  @BeforeEach
  void start() {
    TestProviders.EVENTS.clear();
    home = folder.resolve("home");
    values.put("cutline.home", home.toString());
    values.put("cutline.providers", "echo");
    values.put("cutline.records", "memory");
  }

  @Test
  void filesAndDatabaseLieInTheHomeByDefault() throws IOException {
    values.remove("cutline.records");
    try (Cutline cutline = cutline()) {
      ImageRecord record = upload(cutline);

      assertThat(record.caption(CaptionStyle.CONCISE)).contains("Boat number echo on calm water");
      assertThat(home.resolve("objects/images/alice/" + record.id() + "/original.jpg")).exists();
      assertThat(TestProviders.EVENTS)
          .contains("records at jdbc:sqlite:" + home.resolve("cutline.db"));
    }
    assertThat(home.resolve("environment")).hasContent("local");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
        .isEqualTo("rwx------");
    try (Stream<Path> left = Files.list(home)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("environment", "objects");
    }
  }

  @Test
  void whatItMakesItCloses() {
    cutline().close();

    assertThat(TestProviders.EVENTS)
        .containsExactly("made captioner echo", "closed captioner echo");
  }

  @Test
  void whatItMadeIsClosedWhenSomethingElseIsWrong() {
    values.put("cutline.deadline", "soon");

    assertProblems("cutline.deadline: \"soon\" is not an ISO 8601 duration");
    assertThat(TestProviders.EVENTS)
        .containsExactly("made captioner echo", "closed captioner echo");
  }

  @Test
  void everyProblemIsToldAtOnce() {
    values.putAll(
        Map.ofEntries(
            Map.entry("cutline.providers", "echo, backup, Bad-Name"),
            Map.entry("cutline.provider.echo.number", "77"),
            Map.entry("cutline.provider.echo.timeout", "20"),
            Map.entry("cutline.provider.backup.type", "gemini"),
            Map.entry("cutline.images", "s3"),
            Map.entry("cutline.images.s3.bucket", "pictures"),
            Map.entry("cutline.records", "dynamodb"),
            Map.entry("cutline.rate-limit", "sometimes"),
            Map.entry("cutline.labels", "rekognition"),
            Map.entry("cutline.styles", "concise,funny"),
            Map.entry("cutline.language", "en,klingon!"),
            Map.entry("cutline.image.max-side", "70000"),
            Map.entry("cutline.retention", "-1"),
            Map.entry("cutline.reconcile-every", "PT1S"),
            Map.entry("cutline.cache.max-age", "PT1S"),
            Map.entry("cutline.cache.max-entries", "many"),
            Map.entry("cutline.cache.near-duplicates", "8"),
            Map.entry("cutline.keep-facts", "yes"),
            Map.entry("cutline.grounding", "maybe"),
            Map.entry("cutline.lease", "PT0S"),
            Map.entry("cutline.deadlin", "PT3S"),
            Map.entry("cutline.images.s4.bucket", "pictures"),
            Map.entry("cutline.environment", "test")));

    assertProblems(
        "cutline.environment: \"test\" is none of auto, local, production",
        "cutline.providers: \"Bad-Name\" is no name",
        "cutline.styles: \"funny\" is none of concise, creative, alt",
        "cutline.language: not a BCP 47 language tag: \"klingon!\"",
        "cutline.image.max-side: 70000 is not between 1 and 65535",
        "cutline.keep-facts: \"yes\" is not true or false",
        "cutline.grounding: \"maybe\" is not true or false",
        "cutline.lease: PT0S is not between",
        "cutline.reconcile-every: PT1S is not between",
        "cutline.cache.max-age: PT1S is not between PT1M and PT876000H",
        "cutline.cache.max-entries: \"many\" is not a whole number",
        "cutline.cache.near-duplicates: 8 is not between 0 and 7",
        "cutline.retention: \"-1\" is not an ISO 8601 duration",
        "cutline.deadlin: unknown key; did you mean cutline.deadline?",
        "cutline.images.s4.bucket: unknown key",
        "cutline.provider.echo.timeout: \"20\" is not an ISO 8601 duration",
        "cutline.provider.echo.number: 77 is not between 1 and 9",
        "cutline.provider.backup.type: there is no captioner \"gemini\": found are",
        "cutline.labels.rekognition.region: is missing",
        "cutline.images: there is no image store \"s3\": found are",
        "cutline.records.dynamodb.table: too short",
        "cutline.records.dynamodb.region: missing",
        "cutline.rate-limit: there is no rate limiter \"sometimes\": found are");
  }

  @Test
  void anUnknownKeyIsAnsweredWithTheNearestKeyAsItIsWritten() {
    values.putAll(
        Map.of(
            "cutline.providrs", "echo",
            "cutline.provider.echo.nmber", "7",
            "cutline.provider.echo.first-timout", "PT1M",
            "cutline.provider.echo.price.inputs", "0.1",
            "cutline.rate-limit", "jdbc",
            "cutline.rate-limit.reqests", "9"));

    assertProblems(
        "cutline.providrs: unknown key; did you mean cutline.providers?",
        "cutline.provider.echo.nmber: unknown key; did you mean cutline.provider.echo.number?",
        "cutline.provider.echo.first-timout: unknown key; did you mean"
            + " cutline.provider.echo.first-timeout?",
        "cutline.provider.echo.price.inputs: unknown key; did you mean"
            + " cutline.provider.echo.price.input?",
        "cutline.rate-limit.reqests: unknown key; did you mean cutline.rate-limit.requests?");
  }

  @Test
  void withoutAnyNameTheRungIsThePaletteAndTheArtifactIsNamedIfItIsMissing() throws IOException {
    values.remove("cutline.providers");
    Providers without = TestProviders.providers(folder.resolve("cp"), TestProviders.Echo.class);

    assertThatThrownBy(() -> Assembly.of(Settings.of(values), without, false, builder -> {}))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("cutline.providers: there is no captioner \"palette\"")
        .hasMessageContaining("add dev.cutline:caption-palette");
    try (Cutline cutline = cutline()) {
      assertThat(cutline.rungs()).extracting(RungStatus::name).containsExactly("palette");
      assertThat(cutline.rungs().get(0).capabilities().isModel()).isFalse();
    }
  }

  @Test
  void noRungsAtAllIsAProblem() {
    values.put("cutline.providers", " , ");

    assertProblems("cutline.providers: names nobody");
  }

  @Test
  void rungsAreMadeInTheOrderTheyAreNamedEachOfItsOwnSection() {
    values.putAll(
        Map.of(
            "cutline.providers", "second, first",
            "cutline.provider.first.type", "echo",
            "cutline.provider.first.word", "one",
            "cutline.provider.second.type", "echo",
            "cutline.provider.second.word", "two",
            "cutline.provider.second.timeout", "PT5S",
            "cutline.provider.second.price.image", "0.5",
            "cutline.provider.second.on-refused", "next",
            "cutline.provider.unused.word", "three"));

    try (Cutline cutline = cutline()) {
      assertThat(cutline.rungs())
          .extracting(RungStatus::toString)
          .containsExactly("second (echo/two)", "first (echo/one)");
      assertThat(cutline.rungs()).extracting(RungStatus::type).containsOnly("echo");
      ImageRecord record = upload(cutline);
      assertThat(record.run("en").orElseThrow().rung()).contains("second");
      assertThat(record.run("en").orElseThrow().costUsd())
          .isEqualByComparingTo(new BigDecimal("0.5"));
    }
  }

  @Test
  void aBudgetNeedsPricesToCountBy() {
    values.put("cutline.provider.echo.daily-budget", "5");

    assertProblems("cutline.provider.echo.daily-budget: needs price.input");
  }

  @Test
  void budgetsOfNothingAreProblems() {
    values.put("cutline.provider.echo.price.image", "1");
    values.put("cutline.provider.echo.daily-budget", "0");
    values.put("cutline.owner-daily-budget", "0.00");

    assertProblems(
        "cutline.provider.echo.daily-budget: is more than zero",
        "cutline.owner-daily-budget: is more than zero");
  }

  @Test
  void everythingWrongWithRungsAndMoneyIsToldAtOnce() {
    values.putAll(
        Map.ofEntries(
            Map.entry("cutline.providers", "echo,b,c,echo,nobody,c"),
            Map.entry("cutline.provider.echo.price.input", "-0.1"),
            Map.entry("cutline.provider.echo.price.output", "cheap"),
            Map.entry("cutline.provider.echo.price.image", "1"),
            Map.entry("cutline.provider.echo.daily-budget", "-2"),
            Map.entry("cutline.provider.b.type", "c"),
            Map.entry("cutline.provider.b.price.hour", "-1e2"),
            Map.entry("cutline.provider.b.daily-budget", "0.000"),
            Map.entry("cutline.provider.c.type", "b"),
            Map.entry("cutline.provider.c.daily-budget", "1"),
            Map.entry("cutline.owner-daily-budget", "-3")));

    assertProblems(
        "cutline.providers: names \"echo\" more than once",
        "cutline.providers: names \"c\" more than once",
        "cutline.owner-daily-budget: -3 is negative",
        "cutline.provider.echo.price.input: -0.1 is negative",
        "cutline.provider.echo.price.output: \"cheap\" is not a number",
        "cutline.provider.echo.daily-budget: -2 is negative",
        "cutline.provider.b.price.hour: -1E+2 is negative",
        "cutline.provider.b.daily-budget: is more than zero",
        "cutline.provider.b.type: \"c\" is the name of a rung; a type is the id of a provider",
        "cutline.provider.c.daily-budget: needs price.input",
        "cutline.provider.c.type: \"b\" is the name of a rung",
        "cutline.providers: there is no captioner \"nobody\": found are");
  }

  @Test
  void aNameThatIsNearlyAnIdIsToldWhereItWasWritten() {
    values.putAll(
        Map.of(
            "cutline.providers", "palete,mine,typed",
            "cutline.provider.typed.type", "openaj"));

    String found =
        "found are echo (dev.cutline.core.TestProviders$Echo),"
            + " palette (dev.cutline.core.TestProviders$Palette)";
    assertProblems(
        "cutline.providers: there is no captioner \"palete\": "
            + found
            + "; did you mean palette? Or say of which type it is with"
            + " cutline.provider.palete.type",
        "cutline.providers: there is no captioner \"mine\": "
            + found
            + "; or say of which type it is with cutline.provider.mine.type",
        "cutline.provider.typed.type: there is no captioner \"openaj\": "
            + found
            + "; did you mean openai?");
  }

  @Test
  void budgetsAreKeptByTheirSettings() {
    values.putAll(
        Map.of(
            "cutline.provider.echo.price.image", "1",
            "cutline.provider.echo.daily-budget", "2.5",
            "cutline.owner-daily-budget", "1.5"));
    try (Cutline cutline = cutline()) {
      ImageRecord first = upload(cutline);
      ImageRecord second = cutline.recaption(first.owner(), first.id(), Recaption.ofDefaults());

      assertThat(first.run("en").orElseThrow().failure()).isEmpty();
      assertThat(second.run("en").orElseThrow().failure()).contains(Reason.BUDGET_SPENT);
    }
  }

  @Test
  void stylesLanguagesAndLimitsAreThoseThatAreSet() {
    values.putAll(
        Map.of(
            "cutline.styles", "alt,concise",
            "cutline.language", "en,PT-br",
            "cutline.image.max-pixels", "1000",
            "cutline.lease", "PT1M"));
    try (Cutline cutline = cutline()) {
      ImageRecord record = upload(cutline);

      assertThat(record.styles()).containsExactly(CaptionStyle.CONCISE, CaptionStyle.ALT);
      assertThat(record.languages()).containsExactly("en", "pt-BR");
      assertThatThrownBy(
              () -> cutline.upload(Upload.builder("alice", Corpus.bytes("photos/cat.jpg")).build()))
          .isInstanceOf(ImageRejectedException.class)
          .hasMessageContaining("1,000");
    }
  }

  @Test
  void rateLimitsAndLabelsAreThoseThatAreSet() {
    values.putAll(
        Map.of(
            "cutline.rate-limit", "memory",
            "cutline.rate-limit.requests", "1",
            "cutline.rate-limit.period", "PT24H",
            "cutline.labels", "rekognition",
            "cutline.labels.rekognition.region", "eu-central-1"));
    try (Cutline cutline = cutline()) {
      assertThat(upload(cutline).labels())
          .extracting(label -> label.name())
          .containsExactly("eu-central-1");
      assertThatThrownBy(() -> upload(cutline)).isInstanceOf(RateLimitedException.class);
    }
    values.put("cutline.labels", "none");
    values.put("cutline.rate-limit", "none");
    try (Cutline cutline = cutline()) {
      assertThat(upload(cutline).labels()).isEmpty();
      upload(cutline);
    }
  }

  @Test
  void aLimiterBesideTheRecordsFindsItsWayThere() {
    values.put("cutline.rate-limit", "jdbc");
    values.put("cutline.rate-limit.requests", "7");
    cutline().close();
    assertThat(TestProviders.EVENTS)
        .contains("limits at jdbc:sqlite:" + home.resolve("cutline.db"));

    values.put("cutline.records.jdbc.url", "jdbc:other");
    values.put("cutline.rate-limit.burst", "1");
    assertProblems("cutline.rate-limit.burst: unknown key");
  }

  @Test
  void linksAreSignedWithAKeyThatIsMadeOnce() throws IOException {
    values.put("cutline.base-url", "https://pictures.example.org/");
    URI link;
    try (Cutline cutline = cutline()) {
      ImageRecord record = upload(cutline);
      link =
          cutline
              .presign("alice", record.id(), Rendition.THUMBNAIL, Duration.ofHours(1))
              .orElseThrow();
      assertThat(link.toString()).startsWith("https://pictures.example.org/objects/images/alice/");
    }
    Path key = home.resolve("url.key");
    String made = Files.readString(key);
    assertThat(made.strip()).matches("[0-9a-f]{64}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    cutline().close();
    assertThat(key).hasContent(made.strip());

    values.put("cutline.url-key", "tooshort");
    assertProblems("cutline.images.files.url-key: has less than 16 characters");
  }

  @Test
  void withoutABaseUrlThereAreNoLinksAndNoKey() {
    try (Cutline cutline = cutline()) {
      ImageRecord record = upload(cutline);
      assertThat(cutline.presign("alice", record.id(), Rendition.THUMBNAIL, Duration.ofHours(1)))
          .isEmpty();
    }
    assertThat(home.resolve("url.key")).doesNotExist();
  }

  @Test
  void productionRefusesWhatKeepsDataOnThisMachine() {
    values.remove("cutline.records");
    values.put("cutline.environment", "production");
    values.put("cutline.rate-limit", "memory");
    assertProblems(
        "cutline.images: files keeps pictures on this machine only, which production refuses",
        "cutline.records: SQLite keeps records on this machine only, which production refuses",
        "cutline.rate-limit: memory counts for one process only, which production refuses");

    values.put("cutline.images", "memory");
    values.put("cutline.records", "memory");
    values.remove("cutline.rate-limit");
    assertProblems(
        "cutline.images: memory keeps pictures on this machine only",
        "cutline.records: memory forgets records");
    assertThat(home).as("nothing is touched").doesNotExist();
  }

  @Test
  void productionTakesSqliteThatIsNamedAndOtherDatabases() {
    values.put("cutline.environment", "production");
    values.put("cutline.images", "none-such");
    values.put("cutline.records", "jdbc");
    assertProblems("cutline.images: there is no image store");

    values.remove("cutline.records");
    values.put("cutline.records.jdbc.url", "jdbc:postgresql://host/db");
    assertProblems("cutline.images: there is no image store");
  }

  @Test
  void aBucketOrTableMakesItProduction() {
    values.remove("cutline.records");
    values.put("cutline.images.s3.bucket", "pictures");
    assertProblems("cutline.records: SQLite keeps records");

    values.remove("cutline.images.s3.bucket");
    values.put("cutline.records.dynamodb.table", "records");
    assertProblems("cutline.images: files keeps pictures");
    values.put("cutline.images.s3.bucket", "pictures");
    assertProblems(
        "cutline.images: there is no image store \"s3\"",
        "cutline.records.dynamodb.table: too short",
        "cutline.records.dynamodb.region: missing");

    values.remove("cutline.images.s3.bucket");
    values.put("cutline.environment", "local");
    values.put("cutline.records", "memory");
    cutline().close();
  }

  @Test
  void productionRefusesABucketThatDoesNotEncryptUnlessTold() throws IOException {
    values.put("cutline.records", "jdbc");
    values.put("cutline.images.s3.bucket", "pictures");
    bucketed().close();
    values.put("cutline.images.s3.unencrypted", "warn");
    bucketed().close();
    values.remove("cutline.images.s3.unencrypted");
    values.put("cutline.environment", "local");
    values.put("cutline.home", folder.resolve("other").toString());
    bucketed().close();

    assertThat(TestProviders.EVENTS)
        .filteredOn(event -> event.startsWith("images"))
        .containsExactly(
            "images in pictures of production, unencrypted: refuse",
            "images in pictures of production, unencrypted: warn",
            "images in pictures of local, unencrypted: null");
  }

  @Test
  void aTableIsToldTheEnvironmentThatItHasToBeAtHomeIn() {
    values.remove("cutline.records");
    values.put("cutline.images.s3.bucket", "pictures");
    values.put("cutline.records.dynamodb.table", "table");
    assertThatThrownBy(this::cutline).isInstanceOf(InvalidSettingsException.class);
    values.put("cutline.environment", "local");
    assertThatThrownBy(this::cutline).isInstanceOf(InvalidSettingsException.class);

    assertThat(TestProviders.EVENTS)
        .filteredOn(event -> event.startsWith("records in"))
        .containsExactly("records in table of production", "records in table of local");
  }

  @Test
  void aBucketMayHaveAnEnvironmentOfAnotherName() throws IOException {
    values.put("cutline.records", "jdbc");
    values.put("cutline.images.s3.bucket", "pictures");
    values.put("cutline.images.s3.environment", "staging");
    bucketed().close();

    assertThat(TestProviders.EVENTS).contains("images in pictures of staging, unencrypted: refuse");
  }

  @Test
  void aHomeRefusesTheOtherEnvironment() throws IOException {
    cutline().close();
    Files.writeString(home.resolve("environment"), "production\n");

    assertProblems(
        "cutline.home: "
            + home
            + " holds data of the environment \"production\", and this is local");
  }

  @Test
  void aHomeIsNotClaimedByARunThatFails() {
    values.put("cutline.language", "!");
    assertProblems("cutline.language: ");

    assertThat(home.resolve("environment")).doesNotExist();
  }

  @Test
  void aHomeThatCannotBeUsedIsToldWithWhatToDo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    values.put("cutline.home", file.toString());
    assertProblems("cutline.home: " + file + " is no folder; name a folder of your own");
    values.put("cutline.home", file.resolve("below").toString());
    assertProblems("cutline.home: " + file);
    assertThatThrownBy(this::cutline).hasMessageNotContaining("Exception");
    values.put("cutline.home", "a\0b");
    assertProblems("cutline.home: is not a path");
  }

  @Test
  void whoOnlyWantsToReadGetsAHomeAllTheSame() {
    try (Cutline cutline = Assembly.of(Settings.of(values), providers(), true, builder -> {})) {
      upload(cutline);
    }
    assertThat(home.resolve("environment")).hasContent("local");

    values.put("cutline.environment", "production");
    values.put("cutline.images", "memory");
    assertThatThrownBy(() -> Assembly.of(Settings.of(values), providers(), true, builder -> {}))
        .isInstanceOf(InvalidSettingsException.class);
  }

  @Test
  void whoKeepsNothingHereNeedsNoHome() {
    values.put("cutline.images", "memory");
    values.put("cutline.home", "/proc/nowhere");

    try (Cutline cutline = cutline()) {
      upload(cutline);
    }
  }

  @Test
  void referencesThatCannotBeResolvedAreProblemsLikeOthers() {
    values.put("cutline.deadline", "env:NO_SUCH_VARIABLE");
    values.put("cutline.provider.echo.word", "file:/no/such/file");
    values.put("cutline.home", "env:NO_SUCH_HOME");

    assertProblems(
        "cutline.home: the environment variable NO_SUCH_HOME is not set",
        "cutline.deadline: the environment variable NO_SUCH_VARIABLE is not set",
        "cutline.provider.echo.word: the file /no/such/file cannot be read");
  }

  @Test
  void environmentVariablesSetTheSameKeys() {
    Settings settings =
        Settings.layered(
            List.of(
                SettingsSource.ofEnvironment(
                    Map.of(
                        "CUTLINE_HOME", home.toString(),
                        "CUTLINE_PROVIDERS", "primary",
                        "CUTLINE_PROVIDER_PRIMARY_TYPE", "echo",
                        "CUTLINE_PROVIDER_PRIMARY_MAX_CONCURRENCY", "2",
                        "CUTLINE_PROVIDER_PRIMARY_WORD", "env",
                        "CUTLINE_RECORDS", "memory",
                        "CUTLINE_RATE_LIMIT", "memory",
                        "CUTLINE_RATE_LIMIT_REQUESTS", "5"))));

    try (Cutline cutline = Assembly.of(settings, providers(), false, builder -> {})) {
      assertThat(upload(cutline).caption(CaptionStyle.CONCISE))
          .contains("Boat number env on calm water");
    }
  }

  @Test
  void keysOfTheApplicationsAreLeftToThem() {
    values.putAll(
        Map.of(
            "cutline.server.port", "8080",
            "cutline.auth", "oidc",
            "cutline.auth.oidc.issuer", "https://x",
            "cutline.admin.password", "x",
            "cutline.retention", "P90D"));
    cutline().close();
  }

  @Test
  void asksOneRungAlone() {
    values.putAll(
        Map.of(
            "cutline.providers", "first, second",
            "cutline.provider.first.type", "echo",
            "cutline.provider.second.type", "echo",
            "cutline.provider.second.word", "two"));
    ImageData picture = ImageData.of(World.PIXEL, ImageFormat.JPEG, 1, 1);
    try (Cutline cutline = cutline()) {
      assertThat(
              cutline
                  .ask("second", CaptionRequest.builder(picture).build())
                  .text(CaptionStyle.CONCISE))
          .contains("Boat number two on calm water");
      assertThatThrownBy(() -> cutline.ask("third", CaptionRequest.builder(picture).build()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("third");
    }
  }

  @Test
  void theBuilderSaysWhatIsMissing() {
    assertThatThrownBy(() -> Cutline.builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("captioner");
    assertThatThrownBy(() -> Cutline.builder().captioner("fake", new FakeCaptioner()).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("images");
    assertThatThrownBy(() -> Cutline.builder().languages(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Cutline.builder().styles(Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void closesWhatWasMadeHoweverTheStartFails() {
    Settings good = Settings.of(Map.copyOf(values));
    values.put("cutline.records", "defect");

    assertThatThrownBy(this::cutline)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a defect");
    assertThatThrownBy(
            () ->
                Assembly.of(
                    good,
                    providers(),
                    false,
                    builder -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(TestProviders.EVENTS)
        .containsExactly(
            "made captioner echo",
            "closed captioner echo",
            "made captioner echo",
            "closed captioner echo");
  }

  @Test
  void addsWhatSettingsCannotSay() {
    List<String> called = Collections.synchronizedList(new ArrayList<>());
    ChainListener listener =
        new ChainListener() {
          @Override
          public OfRequest request(CaptionRequest request) {
            called.add(request.language());
            return OfRequest.NONE;
          }
        };
    Settings settings = Settings.of(values);

    try (Cutline cutline =
        Assembly.of(settings, providers(), false, builder -> builder.chainListener(listener))) {
      upload(cutline);
    }

    assertThat(called).containsExactly("en");
  }

  @Test
  void nobodyAddsAnythingToSettingsThatAreWrong() {
    values.put("cutline.deadline", "soon");
    Settings settings = Settings.of(values);

    assertThatThrownBy(
            () ->
                Assembly.of(
                    settings,
                    providers(),
                    false,
                    builder -> {
                      throw new AssertionError("called");
                    }))
        .isInstanceOf(InvalidSettingsException.class);
  }

  private Cutline cutline() {
    return Assembly.of(Settings.of(values), providers(), false, builder -> {});
  }

  /** Like {@link #cutline()}, with an image store for buckets. */
  private Cutline bucketed() throws IOException {
    Providers providers =
        TestProviders.providers(
            Files.createDirectories(folder.resolve("buckets")),
            TestProviders.Echo.class,
            TestProviders.Jdbc.class,
            TestProviders.Buckets.class);
    return Assembly.of(Settings.of(values), providers, false, builder -> {});
  }

  private Providers providers() {
    try {
      return TestProviders.providers(
          Files.createDirectories(folder.resolve("classpath")),
          TestProviders.Echo.class,
          TestProviders.Palette.class,
          TestProviders.Detector.class,
          TestProviders.Jdbc.class,
          TestProviders.JdbcLimiter.class,
          TestProviders.Dynamo.class,
          TestProviders.Defect.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ImageRecord upload(Cutline cutline) {
    return cutline.upload(Upload.builder("alice", World.PIXEL).build());
  }

  private void assertProblems(String... starts) {
    assertThatThrownBy(() -> cutline().close())
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            e -> {
              assertThat(e.problems())
                  .as("%s", String.join("\n", e.problems()))
                  .hasSize(starts.length);
              for (String start : starts) {
                assertThat(e.problems()).anyMatch(problem -> problem.startsWith(start));
              }
            });
  }
}
