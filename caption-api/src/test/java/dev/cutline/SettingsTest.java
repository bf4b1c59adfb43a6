package dev.cutline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @TempDir Path home;

  @Test
  void takesTheStrongestLayer() throws Exception {
    Files.writeString(
        home.resolve("cutline.properties"),
        "cutline.a = home\ncutline.b = home\ncutline.c = home\ncutline.d = home\n");
    Path config =
        Files.writeString(
            home.resolve("config.properties"), "cutline.a=file\ncutline.b=file\ncutline.c=file");
    Settings settings =
        SettingsSource.ofProcess(
            Map.of("cutline.home", home.toString(), "cutline.a", "override"),
            config,
            Map.of("CUTLINE_A", "environment", "CUTLINE_B", "environment"));

    assertThat(settings.get("cutline.a")).isEqualTo("override");
    assertThat(settings.get("cutline.b")).isEqualTo("environment");
    assertThat(settings.get("cutline.c")).isEqualTo("file");
    assertThat(settings.get("cutline.d")).isEqualTo("home");
    assertThat(settings.get("cutline.e")).isNull();
  }

  @Test
  void findsTheHomeFolderInTheEnvironmentAndInTheConfigFile() throws Exception {
    Files.writeString(home.resolve("cutline.properties"), "cutline.found = yes");
    Path config =
        Files.writeString(
            home.resolve("config.properties"),
            "cutline.home = " + home.toString().replace("\\", "\\\\"));

    assertThat(
            SettingsSource.ofProcess(Map.of(), null, Map.of("CUTLINE_HOME", home.toString()))
                .get("cutline.found"))
        .isEqualTo("yes");
    assertThat(SettingsSource.ofProcess(Map.of(), config, Map.of()).get("cutline.found"))
        .isEqualTo("yes");
  }

  @Test
  void readsFilesInUtf8AndNamesTheOneThatCannotBeRead() throws Exception {
    Path file = Files.writeString(home.resolve("a.properties"), "owner = Zoë 🦊");

    assertThat(SettingsSource.ofFile(file).value("owner")).isEqualTo("Zoë 🦊");
    assertThatThrownBy(() -> SettingsSource.ofFile(home.resolve("none.properties")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageEndingWith("none.properties is not there; check its name");
    Path broken = Files.writeString(home.resolve("b.properties"), "a = \\u12");
    assertThatThrownBy(() -> SettingsSource.ofFile(broken))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("b.properties cannot be read (it has a broken \\u escape)");
    Path latin =
        Files.write(home.resolve("c.properties"), "a = ü".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> SettingsSource.ofFile(latin))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("c.properties cannot be read (it is no text in UTF-8); name");
    assertThatThrownBy(() -> SettingsSource.ofFile(home))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(home + " cannot be read (")
        .hasMessageNotContaining("Exception");
  }

  @Test
  void readsAFileThatStartsWithAMarkOfItsEncoding() throws Exception {
    Path marked = Files.writeString(home.resolve("a.properties"), "\uFEFFcutline.language=de");
    assertThat(SettingsSource.ofProcess(Map.of(), marked, Map.of()).get("cutline.language"))
        .isEqualTo("de");
  }

  @Test
  void takesNoOtherTextForSettings() throws Exception {
    Path json = Files.writeString(home.resolve("a.json"), "{\"language\": \"de\"}");
    assertRefused(json, "a.json: \"{\"language\"\" is no key of Cutline, which all start with");
    Path letter = Files.writeString(home.resolve("letter.txt"), "Dear Zoë,\n\nthank you.\nLove");
    assertRefused(letter, "letter.txt: \"Dear\" and 2 more are no keys of Cutline");
    Path base64 = Files.writeString(home.resolve("key.pem"), "x".repeat(500));
    assertRefused(base64, "key.pem: \"" + "x".repeat(40) + "…\" is no key");
    Path inHome = Files.writeString(home.resolve("cutline.properties"), "language = de");
    assertThatThrownBy(
            () -> SettingsSource.ofProcess(Map.of("cutline.home", home.toString()), null, Map.of()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(inHome + ": \"language\" is no key of Cutline");
  }

  private static void assertRefused(Path config, String message) {
    assertThatThrownBy(() -> SettingsSource.ofProcess(Map.of(), config, Map.of()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(message)
        .hasMessageEndingWith("start with cutline.; is it the right file?");
  }

  @Test
  void tellsOfAHomeThatCanBeNone() {
    assertThatThrownBy(
            () -> SettingsSource.ofProcess(Map.of("cutline.home", "a\0b"), null, Map.of()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("cutline.home: no folder can be called ");
  }

  @ParameterizedTest
  @CsvSource({
    "cutline.provider.primary.api-key, CUTLINE_PROVIDER_PRIMARY_API_KEY",
    "cutline.images.s3.path-style, CUTLINE_IMAGES_S3_PATH_STYLE",
    "cutline.limit, CUTLINE_LIMIT"
  })
  void namesTheEnvironmentVariableOfAKeyInEveryLocale(String key, String variable) {
    assertThat(Settings.environmentName(key)).isEqualTo(variable);
    assertThat(Settings.normalise(key)).isEqualTo(Settings.normalise(variable));
  }

  @Test
  void listsTheVariablesThatAreOurs() {
    SettingsSource source =
        SettingsSource.ofEnvironment(Map.of("CUTLINE_PROVIDERS", "palette", "PATH", "/bin"));

    assertThat(source.names()).containsExactly("cutline.providers");
    assertThat(source.value("cutline.providers")).isEqualTo("palette");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-key", "api.key", "api_key", "API_KEY"})
  void findsAKeyInEverySpelling(String spelling) {
    assertThat(Settings.of(Map.of(spelling, "x")).get("api-key")).isEqualTo("x");
  }

  @Test
  void prefersTheSpellingThatIsAskedFor() {
    Settings settings = Settings.of(Map.of("api-key", "dash", "api.key", "dot"));

    assertThat(settings.get("api-key")).isEqualTo("dash");
    assertThat(settings.get("api.key")).isEqualTo("dot");
  }

  @Test
  void countsBlankAsNotSet() throws Exception {
    Path blank = Files.writeString(home.resolve("blank"), " \n");
    Settings settings =
        new LayeredSettings(
            List.of(
                SettingsSource.ofMap(
                    Map.of("a", " ", "b", "env:EMPTY", "c", "file:" + blank, "d", "  x  ")),
                SettingsSource.ofMap(Map.of("a", "weaker"))),
            Map.of("EMPTY", ""));

    assertThat(settings.get("a")).isEqualTo("weaker");
    assertThat(settings.get("b")).isNull();
    assertThat(settings.get("c")).isNull();
    assertThat(settings.get("d")).isEqualTo("x");
  }

  @Test
  void resolvesReferences() throws Exception {
    Path secret = Files.writeString(home.resolve("secret"), "from file\n");
    Settings settings =
        new LayeredSettings(
            List.of(
                SettingsSource.ofMap(
                    Map.of("a", "env:NAME", "b", "file:" + secret, "c", "https://host/x"))),
            Map.of("NAME", "from environment"));

    assertThat(settings.get("a")).isEqualTo("from environment");
    assertThat(settings.get("b")).isEqualTo("from file");
    assertThat(settings.get("c")).isEqualTo("https://host/x");
    assertThat(settings.resolve("env:NAME")).isEqualTo("from environment");
    assertThat(settings.resolve("env:OTHER")).isNull();
    assertThat(settings.resolve("plain")).isEqualTo("plain");
  }

  @Test
  void renewsASecretThroughEveryViewOfTheSettings() throws Exception {
    Path file = Files.writeString(home.resolve("secret"), "old\n");
    Settings all =
        Settings.of(
            Map.of("cutline.provider.one.api-key", "file:" + file, "cutline.provider.one.x", "y"));
    Settings view = all.withPrefix("cutline.").withPrefix("provider.one.");
    SettingsReader first = SettingsReader.of(view.withDefaults(Map.of("x", "z", "d", "default")));
    first.text("x");
    Settings rest = first.rest();
    Secret secret = SettingsReader.of(rest).secret("api-key", "env:NO_SUCH_KEY").orElseThrow();
    assertThat(secret).isEqualTo(Secret.of("old"));

    Files.writeString(file, "new\n");

    assertThat(secret.renewed()).contains(Secret.of("new"));
    assertThat(view.getSecret("api-key").orElseThrow().renewed()).as("the same").isEmpty();
    assertThat(rest.renew("d")).isEqualTo("default");
    assertThat(rest.renew("x")).as("read by somebody else").isNull();
    Files.delete(file);
    assertThatThrownBy(secret::renewed).hasMessageContaining("cannot be read");
  }

  @ParameterizedTest
  @CsvSource({
    "env:NO_SUCH_VARIABLE_HERE, the environment variable NO_SUCH_VARIABLE_HERE is not set",
    "file:/no/such/file, the file /no/such/file cannot be read",
    "aws-secret:name, dev.cutline:caption-aws",
    "vault-secret:name, nothing on the class path reads vault-secret:"
  })
  void namesTheKeyWhoseReferenceLeadsNowhere(String reference, String problem) {
    Settings settings = new LayeredSettings(sources(Map.of("a.key", reference)), Map.of());

    assertThatThrownBy(() -> settings.get("a.key"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("a.key: ")
        .hasMessageContaining(problem);
  }

  @Test
  void followsReferencesOnceSoThatNoneLeadsInACircle() throws Exception {
    Path circle = home.resolve("circle");
    Files.writeString(circle, "file:" + circle + "\n");
    Settings settings =
        SettingsSource.ofProcess(
            Map.of(
                "cutline.home", home.toString(),
                "cutline.a", "env:A",
                "cutline.b", "env:TO_FILE",
                "cutline.c", "file:" + circle,
                "cutline.d", "env:TO_SECRET",
                "cutline.e", "env:ADDRESS"),
            null,
            Map.of(
                "A", "env:B",
                "B", "env:A",
                "TO_FILE", "file:" + circle,
                "TO_SECRET", "aws-secret:key#password",
                "ADDRESS", "jdbc:sqlite:file.db"));

    for (String key : List.of("cutline.a", "cutline.b", "cutline.c", "cutline.d")) {
      assertThatThrownBy(() -> settings.get(key))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageStartingWith(key + ": ")
          .hasMessageContaining("leads to another reference (")
          .hasMessageNotContaining("password");
    }
    assertThatThrownBy(() -> settings.resolve("env:A"))
        .hasMessageContaining("env:A leads to another reference (env:…)");
    assertThat(settings.get("cutline.e")).isEqualTo("jdbc:sqlite:file.db");
  }

  @Test
  void showsTheKeysBehindAPrefix() {
    Settings all =
        new LayeredSettings(
            List.of(
                SettingsSource.ofMap(Map.of("cutline.provider.one.model", "m", "other", "x")),
                SettingsSource.ofEnvironment(Map.of("CUTLINE_PROVIDER_ONE_API_KEY", "k"))),
            Map.of("TOKEN", "t"));
    Settings one = all.withPrefix("cutline.provider.one.");

    assertThat(one.keys()).containsExactlyInAnyOrder("model", "api.key");
    assertThat(one.get("model")).isEqualTo("m");
    assertThat(one.get("api-key")).isEqualTo("k");
    assertThat(one.get("other")).isNull();
    assertThat(one.resolve("env:TOKEN")).isEqualTo("t");
    assertThat(all.withPrefix("cutline.").withPrefix("provider.one.").get("model")).isEqualTo("m");
  }

  @Test
  void fillsInDefaults() {
    Settings settings =
        new LayeredSettings(sources(Map.of("a", "stated")), Map.of("TOKEN", "t", "EMPTY", " "))
            .withDefaults(
                Map.of("a", "default", "b", "env:TOKEN", "c", "env:NONE", "d", "env:EMPTY"));

    assertThat(settings.get("a")).isEqualTo("stated");
    assertThat(settings.get("b")).isEqualTo("t");
    assertThat(settings.get("c")).isNull();
    assertThat(settings.get("d")).isNull();
    assertThat(settings.keys()).containsExactlyInAnyOrder("a", "b", "c", "d");
    assertThat(settings.resolve("env:TOKEN")).isEqualTo("t");
  }

  @Test
  void readsSingleValues() {
    Settings settings =
        Settings.of(
            Map.of(
                "time", "PT20S", "count", "7", "flag", "true", "at", "http://h:1/v1", "key", "k"));

    assertThat(settings.getDuration("time", Duration.ZERO)).isEqualTo(Duration.ofSeconds(20));
    assertThat(settings.getDuration("none", Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
    assertThat(settings.getInt("count", 1)).isEqualTo(7);
    assertThat(settings.getInt("none", 1)).isEqualTo(1);
    assertThat(settings.getBoolean("flag", false)).isTrue();
    assertThat(settings.getBoolean("none", true)).isTrue();
    assertThat(settings.getUri("at")).hasValue(URI.create("http://h:1/v1"));
    assertThat(settings.getUri("none")).isEmpty();
    assertThat(settings.getSecret("key")).hasValue(Secret.of("k"));
    assertThat(settings.find("none")).isEmpty();
  }

  @Test
  void namesTheKeyOfAValueThatIsWrong() {
    Settings settings = Settings.of(Map.of("a", "often"));

    assertProblem(
        () -> settings.getDuration("a", Duration.ZERO), "a: \"often\" is not an ISO 8601");
    assertProblem(() -> settings.getInt("a", 0), "a: \"often\" is not a whole number");
    assertProblem(() -> settings.getBoolean("a", false), "a: \"often\" is not true or false");
    assertProblem(() -> settings.getUri("a"), "a: \"often\" is not an address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://host", "host", "http://", "http://host:99999/", "http://a b", "file:/x"})
  void refusesWhatIsNoAddressOfAServer(String text) {
    assertThat(SettingValues.uri(text).value()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1e-999999999", "x", "0.1.2"})
  void refusesNumbersThatNobodyCanReckonWith(String text) {
    assertThat(SettingValues.decimal(text).value()).isNull();
  }

  private static List<SettingsSource> sources(Map<String, String> values) {
    return List.of(SettingsSource.ofMap(values));
  }

  private static void assertProblem(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String problem) {
    InvalidSettingsException e = catchThrowableOfType(InvalidSettingsException.class, call);
    assertThat(e.problems()).hasSize(1);
    assertThat(e.problems().get(0)).startsWith(problem);
  }
}
