package dev.cutline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsReaderTest {
  private enum Kind {
    PLAIN,
    IMAGE_BYTES
  }

  @Test
  void readsWhatIsRight() {
    SettingsReader in =
        SettingsReader.of(
            Settings.of(
                Map.ofEntries(
                    Map.entry("text", "t"),
                    Map.entry("needed", "n"),
                    Map.entry("time", "PT2S"),
                    Map.entry("count", "3"),
                    Map.entry("big", "10000000000"),
                    Map.entry("price", "0.25"),
                    Map.entry("flag", "false"),
                    Map.entry("at", "https://host/v1//"),
                    Map.entry("key", "k"),
                    Map.entry("kind", "image-bytes"),
                    Map.entry("items", " a, b,,a , c"))));

    assertThat(in.text("text")).hasValue("t");
    assertThat(in.required("needed", "x")).isEqualTo("n");
    assertThat(in.duration("time", Duration.ZERO, Duration.ZERO, Duration.ofHours(1)))
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(in.integer("count", 1, 1, 3)).isEqualTo(3);
    assertThat(in.whole("big", 1, 1, Long.MAX_VALUE)).isEqualTo(10_000_000_000L);
    assertThat(in.amount("price")).hasValue(new BigDecimal("0.25"));
    assertThat(in.bool("flag", true)).isFalse();
    assertThat(in.uri("at")).hasValue(URI.create("https://host/v1"));
    assertThat(in.requiredSecret("key", "env:NONE")).isEqualTo(Secret.of("k"));
    assertThat(in.choice("kind", Kind.class, Kind.PLAIN)).isEqualTo(Kind.IMAGE_BYTES);
    assertThat(in.list("items", "")).containsExactly("a", "b", "c");
    assertThatCode(in::finish).doesNotThrowAnyException();
  }

  @Test
  void tellsOfADefaultThatLeadsNowhereUnderTheKeyThatItStandsInFor() {
    SettingsReader in =
        SettingsReader.of(
            new LayeredSettings(
                    List.of(SettingsSource.ofMap(Map.of("one.count", "many"))),
                    Map.of("VENDOR_KEY", "aws-secret:app#key"))
                .withPrefix("one."));

    in.integer("count", 1, 1, 3);
    in.requiredSecret("api-key", "env:VENDOR_KEY");

    assertThat(catchThrowableOfType(InvalidSettingsException.class, in::finish).problems())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("one.api-key: the default: env:VENDOR_KEY leads to another reference")
        .doesNotContain("app");
  }

  @Test
  void takesDefaults() {
    SettingsReader in = SettingsReader.of(Settings.of(Map.of()));

    assertThat(in.text("text")).isEmpty();
    assertThat(in.text("text", "d")).isEqualTo("d");
    assertThat(in.duration("time", Duration.ofHours(9), Duration.ZERO, Duration.ZERO))
        .isEqualTo(Duration.ofHours(9));
    assertThat(in.integer("count", 5, 1, 3)).isEqualTo(5);
    assertThat(in.amount("price")).isEmpty();
    assertThat(in.bool("flag", true)).isTrue();
    assertThat(in.uri("at", URI.create("http://d"))).isEqualTo(URI.create("http://d"));
    assertThat(in.secret("key", "env:NONE")).isEmpty();
    assertThat(in.choice("kind", Kind.class, Kind.PLAIN)).isEqualTo(Kind.PLAIN);
    assertThat(in.list("items", "x,y")).containsExactly("x", "y");
    assertThatCode(in::finish).doesNotThrowAnyException();
  }

  @Test
  void reportsAllProblemsAtOnceWithTheirFullKeys() {
    SettingsReader in =
        SettingsReader.of(
            view(
                Map.of(
                    "time", "soon",
                    "count", "99",
                    "price", "-1",
                    "flag", "yes",
                    "at", "nowhere",
                    "kind", "round",
                    "ref", "env:NO_SUCH_VARIABLE_HERE",
                    "modle", "m"),
                "cutline.x."));

    in.required("model", "the model, for example m-1");
    in.duration("time", Duration.ZERO, Duration.ZERO, Duration.ofHours(1));
    in.integer("count", 1, 1, 10);
    in.amount("price");
    in.bool("flag", true);
    in.uri("at");
    in.choice("kind", Kind.class, Kind.PLAIN);
    in.text("ref");
    in.requiredSecret("api-key", "env:MY_API_KEY");
    in.problem("other", "is odd");
    in.problems(new InvalidSettingsException(List.of("part: is wrong")));

    assertThat(problems(in))
        .containsExactly(
            "cutline.x.model: is missing: set it to the model, for example m-1",
            "cutline.x.time: \"soon\" is not an ISO 8601 duration such as PT20S, PT1H or P90D",
            "cutline.x.count: 99 is not between 1 and 10",
            "cutline.x.price: -1 is negative",
            "cutline.x.flag: \"yes\" is not true or false",
            "cutline.x.at: \"nowhere\" is not an address such as https://host/path",
            "cutline.x.kind: \"round\" is none of plain, image-bytes",
            "cutline.x.ref: the environment variable NO_SUCH_VARIABLE_HERE is not set",
            "cutline.x.api-key: is missing: set it, or the environment variable MY_API_KEY",
            "cutline.x.other: is odd",
            "part: is wrong",
            "cutline.x.modle: unknown key; did you mean cutline.x.model?");
  }

  @Test
  void givesAValueToGoOnWithWhateverIsWrong() {
    SettingsReader in =
        SettingsReader.of(Settings.of(Map.of("count", "x", "time", "x", "kind", "x", "flag", "x")));

    assertThat(in.required("model", "x")).isEmpty();
    assertThat(in.integer("count", 5, 1, 9)).isEqualTo(5);
    assertThat(in.duration("time", Duration.ofSeconds(5), Duration.ZERO, Duration.ofHours(1)))
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(in.choice("kind", Kind.class, Kind.PLAIN)).isEqualTo(Kind.PLAIN);
    assertThat(in.bool("flag", true)).isTrue();
    assertThat(in.requiredSecret("key", "env:NONE").reveal()).isEmpty();
  }

  @Test
  void suggestsTheNearestKeyAsItIsSpelt() {
    SettingsReader in =
        SettingsReader.of(
            Settings.of(Map.of("auth.oidc.isuer", "a", "max-tokns", "b", "zzz", "c")));
    in.text("auth.oidc.issuer");
    in.integer("max-tokens", 1, 1, 9);
    in.text("max-token");
    in.ignore("price.");

    assertThat(problems(in))
        .containsExactlyInAnyOrder(
            "auth.oidc.isuer: unknown key; did you mean auth.oidc.issuer?",
            "max-tokns: unknown key; did you mean max-tokens?",
            "zzz: unknown key");
  }

  @Test
  void takesEverySpellingForKnownAndReadsIt() {
    SettingsReader in = SettingsReader.of(Settings.of(Map.of("api_key", "k")));

    assertThat(in.text("api-key")).hasValue("k");
    assertThatCode(in::finish).doesNotThrowAnyException();
  }

  @Test
  void namesKeysInFullInViewsOfViewsAndWithDefaults() {
    Settings view =
        view(Map.of("name.modle", "m", "name.when", "soon"), "cutline.provider.")
            .withPrefix("name.")
            .withDefaults(Map.of("count", "x"));
    SettingsReader in = SettingsReader.of(view);
    in.text("model");
    in.text("when");
    in.integer("count", 1, 1, 9);

    assertThat(problems(in))
        .containsExactly(
            "cutline.provider.name.count: \"x\" is not a whole number",
            "cutline.provider.name.modle: unknown key; did you mean cutline.provider.name.model?");
    assertThatThrownBy(() -> view.getDuration("when", Duration.ZERO))
        .hasMessageStartingWith("cutline.provider.name.when: \"soon\"");
  }

  @Test
  void namesTheKeyOfAMisspeltVariable() {
    Settings settings =
        Settings.layered(
            List.of(SettingsSource.ofEnvironment(Map.of("CUTLINE_PROVIDER_ONE_API_KYE", "k"))));
    SettingsReader in = SettingsReader.of(settings.withPrefix("cutline.provider.one."));
    in.text("api-key");

    assertThat(problems(in))
        .containsExactly(
            "cutline.provider.one.api.kye: unknown key; did you mean cutline.provider.one.api-key?");
  }

  @Test
  void leavesKeysToOthers() {
    SettingsReader in =
        SettingsReader.of(Settings.of(Map.of("mine.a", "1", "own", "2"))).ignore("mine.");
    in.text("own");

    assertThatCode(in::finish).doesNotThrowAnyException();
  }

  @Test
  void hidesWhatItHasReadFromWhoeverReadsTheRest() {
    Settings settings =
        view(Map.of("type", "x", "first_timeout", "PT1S", "own", "2", "tipe", "y"), "cutline.x.");
    SettingsReader first = SettingsReader.of(settings);
    first.text("type");
    first.text("first-timeout");
    Settings rest = first.rest();
    SettingsReader second = SettingsReader.of(rest);
    second.text("own");

    assertThatCode(first::finish).doesNotThrowAnyException();
    assertThat(rest.keys()).containsExactly("own", "tipe");
    assertThat(rest.get("type")).isNull();
    assertThat(rest.get("first-timeout")).isNull();
    assertThat(rest.get("own")).isEqualTo("2");
    assertThat(problems(second))
        .containsExactly("cutline.x.tipe: unknown key; did you mean cutline.x.type?");
  }

  /** Returns a view of settings in which a prefix stands before each key. */
  private static Settings view(Map<String, String> values, String prefix) {
    Map<String, String> all = new HashMap<>();
    values.forEach((key, value) -> all.put(prefix + key, value));
    return Settings.of(all).withPrefix(prefix);
  }

  private static List<String> problems(SettingsReader in) {
    InvalidSettingsException e = catchThrowableOfType(InvalidSettingsException.class, in::finish);
    assertThat(e).hasMessage(String.join("; ", e.problems()));
    return e.problems();
  }
}
