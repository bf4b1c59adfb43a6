package dev.cutline;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings by key, in one flat namespace such as {@code cutline.provider.primary.api-key}. Any
 * value may be a reference: {@code env:NAME}, {@code file:PATH} or {@code
 * aws-secret:NAME[#json-key]}; the sources made here resolve them. Thread-safe.
 *
 * <p>A settings class that validates several keys reads them through {@link SettingsReader}, which
 * collects every problem; the typed getters here suit a single value.
 */
public interface Settings {
  /**
   * Returns the value of a key with references resolved, or null if it is not set. A blank value
   * counts as not set.
   *
   * @throws InvalidSettingsException if the value is a reference that cannot be resolved
   */
  @Nullable String get(String key);

  /**
   * Like {@link #get}, for who was refused with that value: a reference is followed to what is
   * there now, whatever its resolver remembers. The same as {@link #get}, as here, where there are
   * no references.
   */
  default @Nullable String renew(String key) {
    return get(key);
  }

  /**
   * Returns what is set, for finding keys that nobody knows. The names of environment variables
   * cannot tell a dot from a dash, so compare {@linkplain #normalise normalised} names only.
   */
  Set<String> keys();

  /**
   * Returns what {@link #get} would for a value that is not in here, such as the default {@code
   * env:OPENAI_API_KEY}.
   */
  default @Nullable String resolve(String value) {
    return value;
  }

  /**
   * Returns what stands before every key of this view where the user wrote it, for messages; empty
   * unless this is a view.
   */
  default String prefix() {
    return "";
  }

  /** Returns the value of a key, or nothing. */
  default Optional<String> find(String key) {
    return Optional.ofNullable(get(key));
  }

  /**
   * Returns a duration in ISO 8601, for example {@code PT20S}.
   *
   * @throws InvalidSettingsException if the value is none
   */
  default Duration getDuration(String key, Duration defaultValue) {
    String value = get(key);
    return value == null
        ? defaultValue
        : SettingValues.require(SettingValues.duration(value), prefix() + key);
  }

  /**
   * Returns a whole number.
   *
   * @throws InvalidSettingsException if the value is none
   */
  default int getInt(String key, int defaultValue) {
    String value = get(key);
    return value == null
        ? defaultValue
        : SettingValues.require(SettingValues.integer(value), prefix() + key);
  }

  /**
   * Returns {@code true} or {@code false}.
   *
   * @throws InvalidSettingsException if the value is neither
   */
  default boolean getBoolean(String key, boolean defaultValue) {
    String value = get(key);
    return value == null
        ? defaultValue
        : SettingValues.require(SettingValues.bool(value), prefix() + key);
  }

  /**
   * Returns an absolute {@code http} or {@code https} address.
   *
   * @throws InvalidSettingsException if the value is none
   */
  default Optional<URI> getUri(String key) {
    String value = get(key);
    return value == null
        ? Optional.empty()
        : Optional.of(SettingValues.require(SettingValues.uri(value), prefix() + key));
  }

  /** Returns a secret, which prints as stars and can be {@linkplain Secret#renewed renewed}. */
  default Optional<Secret> getSecret(String key) {
    return find(key).map(value -> Secret.of(value, () -> renew(key)));
  }

  /** Returns a view of the keys that start with {@code prefix}, with the prefix removed. */
  default Settings withPrefix(String prefix) {
    return new PrefixedSettings(this, prefix);
  }

  /** Returns these settings with values for what is not set. The defaults may be references. */
  default Settings withDefaults(Map<String, String> defaults) {
    return new DefaultedSettings(this, defaults);
  }

  /**
   * Returns the settings of {@code values}; references in them are resolved against the
   * environment.
   */
  static Settings of(Map<String, String> values) {
    return layered(List.of(SettingsSource.ofMap(values)));
  }

  /**
   * Returns the settings of this process: environment variables such as {@code CUTLINE_PROVIDERS},
   * then {@code cutline.properties} in the home folder ({@code cutline.home}, default {@code
   * ~/.cutline}), where every key starts with {@code cutline.}.
   *
   * @throws InvalidSettingsException if the file is there and cannot be read, or has other keys
   */
  static Settings ofEnvironment() {
    return ofEnvironment(Map.of(), null);
  }

  /**
   * Like {@link #ofEnvironment()}, with overrides that are stronger than the environment and a file
   * that is stronger than the one in the home folder.
   *
   * @param overrides values by key, strongest of all
   * @param config a properties file in UTF-8 whose keys all start with {@code cutline.}, or null
   * @throws InvalidSettingsException if a file cannot be read, or has other keys
   */
  static Settings ofEnvironment(Map<String, String> overrides, @Nullable Path config) {
    return SettingsSource.ofProcess(overrides, config, System.getenv());
  }

  /** Returns the settings of several sources, the strongest first; references are resolved. */
  static Settings layered(List<SettingsSource> sources) {
    return new LayeredSettings(sources, System.getenv());
  }

  /**
   * Returns the name of the environment variable of a key: upper case, dots and dashes turned into
   * underscores.
   */
  static String environmentName(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /**
   * Returns the one spelling that a key and its environment variable share: lower case, dots only.
   */
  static String normalise(String key) {
    return key.toLowerCase(Locale.ROOT).replace('-', '.').replace('_', '.');
  }
}
