package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import dev.cutline.SettingsSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What everything has to do that is found by an id and makes something of settings: be found, and
 * tell a user who got settings wrong all of it at once.
 *
 * @param <P> the kind of provider
 * @param <T> what it makes
 */
public abstract class ProviderContract<P, T extends AutoCloseable> {
  private static final String PREFIX = "cutline.provider.tested.";

  /** A folder in which nobody has put settings. */
  @TempDir public Path home;

  private final Class<P> kind;

  ProviderContract(Class<P> kind) {
    this.kind = kind;
  }

  /** Returns the class that is named in {@code META-INF/services}. */
  protected abstract Class<? extends P> provider();

  /** Returns settings that work: at least whatever has no default. No server has to be there. */
  protected abstract Map<String, String> settings();

  abstract String id(P provider);

  abstract T create(P provider, Settings settings);

  /**
   * Returns the keys of {@link #settings()} that have no default, each with what the message has to
   * say when it is missing: an example, or the environment variable where it is looked for.
   */
  protected Map<String, String> required() {
    return Map.of();
  }

  /** Returns keys with a value that is wrong on its own. */
  protected Map<String, String> wrong() {
    return Map.of();
  }

  /** Returns the keys whose value is a whole number, each with the least and the most. */
  protected Map<String, Range> ranges() {
    return Map.of();
  }

  /** Returns the keys whose value is {@code true} or {@code false}. */
  protected List<String> flags() {
    return List.of();
  }

  /**
   * What a whole number may be.
   *
   * @param least that is taken
   * @param most that is taken
   */
  public record Range(long least, long most) {}

  @Test
  public void isFoundOnceByItsId() {
    List<P> found =
        ServiceLoader.load(kind).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> id(provider).equals(id(newProvider())))
            .toList();

    assertThat(found).hasSize(1).hasOnlyElementsOfType(provider());
    assertThat(id(newProvider())).matches("[a-z][a-z0-9]*");
  }

  @Test
  public void makesWhatItsSettingsSayAndShowsNoKey() throws Exception {
    T made = make(settings());
    try {
      assertThat(made.toString()).doesNotContain(settings().getOrDefault("api-key", "***"));
    } finally {
      made.close();
    }
  }

  @Test
  public void namesEveryMissingAndUnknownKeyAtOnce() {
    Map<String, String> settings = new HashMap<>(settings());
    settings.keySet().removeAll(required().keySet());
    assertMissing(settings);

    required().keySet().forEach(key -> settings.put(key, " "));
    assertMissing(settings);
  }

  private void assertMissing(Map<String, String> known) {
    Map<String, String> settings = new HashMap<>(known);
    settings.put("no-such-key", "x");
    settings.put("nor-this-one", "y");

    List<String> problems = problems(settings);

    assertThat(problems).hasSize(required().size() + 2);
    assertThat(problems).anyMatch(problem -> problem.contains("no-such-key"));
    assertThat(problems).anyMatch(problem -> problem.contains("nor-this-one"));
    required()
        .forEach(
            (key, help) ->
                assertThat(problems)
                    .anyMatch(problem -> problem.contains(key) && problem.contains(help)));
  }

  @Test
  public void namesEveryWrongValueAtOnceAndNoSecret() {
    Map<String, String> settings = new HashMap<>(settings());
    settings.putAll(wrong());
    ranges().keySet().forEach(key -> settings.put(key, "many"));
    flags().forEach(key -> settings.put(key, "perhaps"));
    settings.put("no-such-key", "x");

    List<String> problems = problems(settings);

    assertThat(problems).hasSize(wrong().size() + ranges().size() + flags().size() + 1);
    settings.keySet().removeAll(settings().keySet());
    wrong().keySet().forEach(key -> settings.put(key, "wrong"));
    assertThat(settings.keySet())
        .allSatisfy(key -> assertThat(problems).anyMatch(problem -> problem.contains(key)));
    String secret = settings().getOrDefault("api-key", "***");
    assertThat(problems).noneMatch(problem -> problem.contains(secret));
  }

  @Test
  public void takesWholeNumbersUpToTheirBoundsAndNoFurther() throws Exception {
    for (Map.Entry<String, Range> entry : ranges().entrySet()) {
      String key = entry.getKey();
      Range range = entry.getValue();
      for (long taken : new long[] {range.least(), range.most()}) {
        make(with(key, Long.toString(taken))).close();
      }
      for (String refused :
          List.of(
              Long.toString(range.least() - 1),
              Long.toString(range.most() + 1),
              Long.toString(Long.MIN_VALUE),
              "1.5",
              "0x10")) {
        assertRefused(key, refused);
      }
    }
  }

  @Test
  public void takesTrueAndFalseAndNothingLikeThem() throws Exception {
    for (String key : flags()) {
      for (String taken : List.of("true", "false")) {
        make(with(key, taken)).close();
      }
      for (String refused : List.of("yes", "1", "True", "on")) {
        assertRefused(key, refused);
      }
    }
  }

  @Test
  public void readsTheSameFromEnvironmentVariables() {
    Map<String, String> environment = new HashMap<>();
    settings().forEach((key, value) -> environment.put(variable(key), value));

    assertThatCode(() -> make(Map.of(), environment).close()).doesNotThrowAnyException();
    environment.put(variable("no-such-key"), "x");
    assertThat(
            catchThrowableOfType(
                    InvalidSettingsException.class, () -> make(Map.of(), environment).close())
                .problems())
        .hasSize(1);
  }

  private void assertRefused(String key, String value) {
    assertThat(problems(with(key, value)))
        .singleElement()
        .asString()
        .startsWith(PREFIX + key + ": ")
        .contains(value);
  }

  private Map<String, String> with(String key, String value) {
    Map<String, String> settings = new HashMap<>(settings());
    settings.put(key, value);
    return settings;
  }

  private P newProvider() {
    try {
      return provider().getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(provider() + " needs a public constructor without arguments", e);
    }
  }

  private List<String> problems(Map<String, String> settings) {
    InvalidSettingsException e =
        catchThrowableOfType(InvalidSettingsException.class, () -> make(settings).close());
    assertThat(e).as("an InvalidSettingsException for %s", settings.keySet()).isNotNull();
    return e.problems();
  }

  final T make(Map<String, String> values) {
    return make(values, Map.of());
  }

  /** The way of real settings, apart from the environment of whoever runs the tests. */
  final T make(Map<String, String> values, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(Map.of("cutline.home", home.toString()));
    values.forEach((key, value) -> all.put(PREFIX + key, value));
    return create(
        newProvider(), SettingsSource.ofProcess(all, null, environment).withPrefix(PREFIX));
  }

  static String variable(String key) {
    return Settings.environmentName(PREFIX + key);
  }
}
