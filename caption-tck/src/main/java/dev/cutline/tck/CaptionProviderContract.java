package dev.cutline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.Captioner;
import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import dev.cutline.SettingsSource;
import dev.cutline.spi.CaptionProvider;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link CaptionProvider} has to do: be found by its id, and tell a user who got
 * settings wrong all of it at once. Extend it beside the provider.
 *
 * <pre>{@code
 * class MyCaptionProviderTest extends CaptionProviderContract {
 *   protected Class<? extends CaptionProvider> provider() {
 *     return MyCaptionProvider.class;
 *   }
 *
 *   protected Map<String, String> settings() {
 *     return Map.of("model", "m-1", "api-key", "sk-0123456789");
 *   }
 *
 *   protected Map<String, String> required() {
 *     return Map.of("model", "for example m-1", "api-key", "MY_API_KEY");
 *   }
 *
 *   protected Map<String, String> wrong() {
 *     return Map.of("max-tokens", "many");
 *   }
 * }
 * }</pre>
 */
public abstract class CaptionProviderContract {
  private static final String PREFIX = "cutline.provider.tested.";

  /** A folder in which nobody has put settings. */
  @TempDir public Path home;

  /** Returns the class that is named in {@code META-INF/services}. */
  protected abstract Class<? extends CaptionProvider> provider();

  /** Returns settings that work: at least whatever has no default. No server has to be there. */
  protected abstract Map<String, String> settings();

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

  @Test
  public void isFoundOnceByItsId() {
    List<? extends CaptionProvider> found =
        ServiceLoader.load(CaptionProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.id().equals(newProvider().id()))
            .toList();

    assertThat(found).hasSize(1).hasOnlyElementsOfType(provider());
    assertThat(newProvider().id()).matches("[a-z][a-z0-9]*");
  }

  @Test
  public void makesACaptionerOfItsSettings() {
    try (Captioner captioner = newProvider().create(view(settings()))) {
      assertThat(captioner.capabilities().styles()).isNotEmpty();
      assertThat(captioner.fingerprint()).isNotBlank();
    }
  }

  @Test
  public void makesTheSameCaptionerOfEnvironmentVariables() {
    Map<String, String> environment = new HashMap<>();
    settings().forEach((key, value) -> environment.put(variable(key), value));

    try (Captioner fromValues = newProvider().create(view(settings()));
        Captioner fromVariables = newProvider().create(view(Map.of(), environment))) {
      assertThat(fromVariables.fingerprint()).isEqualTo(fromValues.fingerprint());
    }
  }

  @Test
  public void namesEveryMissingAndUnknownKeyAtOnce() {
    Map<String, String> settings = new HashMap<>(settings());
    settings.keySet().removeAll(required().keySet());
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
    settings.put("no-such-key", "x");

    List<String> problems = problems(settings);

    assertThat(problems).hasSize(wrong().size() + 1);
    wrong()
        .keySet()
        .forEach(key -> assertThat(problems).anyMatch(problem -> problem.contains(key)));
    String secret = settings().getOrDefault("api-key", "***");
    assertThat(problems).noneMatch(problem -> problem.contains(secret));
  }

  private CaptionProvider newProvider() {
    try {
      return provider().getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(provider() + " needs a public constructor without arguments", e);
    }
  }

  private List<String> problems(Map<String, String> settings) {
    InvalidSettingsException e =
        catchThrowableOfType(
            InvalidSettingsException.class, () -> newProvider().create(view(settings)));
    assertThat(e).as("an InvalidSettingsException").isNotNull();
    return e.problems();
  }

  private Settings view(Map<String, String> values) {
    return view(values, Map.of());
  }

  /** The way of real settings, apart from the environment of whoever runs the tests. */
  private Settings view(Map<String, String> values, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(Map.of("cutline.home", home.toString()));
    values.forEach((key, value) -> all.put(PREFIX + key, value));
    return SettingsSource.ofProcess(all, null, environment).withPrefix(PREFIX);
  }

  private static String variable(String key) {
    return Settings.environmentName(PREFIX + key);
  }
}
