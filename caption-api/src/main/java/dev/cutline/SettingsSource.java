package dev.cutline;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One place that settings come from: values as they stand there, references not yet resolved.
 * Thread-safe.
 */
public interface SettingsSource {
  /** Returns the value as it stands in this source, or null. */
  @Nullable String value(String key);

  /** Returns the names in this source, spelt as there. */
  Set<String> names();

  /**
   * Returns a source of keys and values. As in the environment, a key is found in every spelling
   * that is the same once {@linkplain Settings#normalise normalised}: otherwise {@code api_key}
   * would be read by nobody and yet not be unknown. Of several spellings that of the asker wins.
   */
  static SettingsSource ofMap(Map<String, String> values) {
    Map<String, String> copy = Map.copyOf(values);
    Map<String, String> normalised = new TreeMap<>();
    new TreeMap<>(copy).forEach((key, value) -> normalised.put(Settings.normalise(key), value));
    return new SettingsSource() {
      @Override
      public @Nullable String value(String key) {
        String exact = copy.get(key);
        return exact == null ? normalised.get(Settings.normalise(key)) : exact;
      }

      @Override
      public Set<String> names() {
        return copy.keySet();
      }
    };
  }

  /** Returns the variables of an environment that start with {@code CUTLINE_}. */
  static SettingsSource ofEnvironment(Map<String, String> environment) {
    Map<String, String> copy = Map.copyOf(environment);
    return new SettingsSource() {
      @Override
      public @Nullable String value(String key) {
        return copy.get(Settings.environmentName(key));
      }

      @Override
      public Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (String variable : copy.keySet()) {
          if (variable.startsWith("CUTLINE_")) {
            names.add(Settings.normalise(variable));
          }
        }
        return names;
      }
    };
  }

  /**
   * Returns the source of a properties file in UTF-8.
   *
   * @throws InvalidSettingsException if it cannot be read
   */
  static SettingsSource ofFile(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new InvalidSettingsException("settings file " + file + " is not there; check its name");
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidSettingsException("settings file " + file + " cannot be read: " + e);
    }
    Map<String, String> values = new HashMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> values.put(name, properties.getProperty(name)));
    return ofMap(values);
  }

  /**
   * Returns what {@link Settings#ofEnvironment(Map, Path)} describes, for the given environment.
   */
  static Settings ofProcess(
      Map<String, String> overrides, @Nullable Path config, Map<String, String> environment) {
    List<SettingsSource> sources = new ArrayList<>();
    sources.add(ofMap(overrides));
    sources.add(ofEnvironment(environment));
    if (config != null) {
      sources.add(ofFile(config));
    }
    Path inHome = home(new LayeredSettings(sources, environment)).resolve("cutline.properties");
    if (Files.exists(inHome)) {
      sources.add(ofFile(inHome));
    }
    return new LayeredSettings(sources, environment);
  }

  private static Path home(Settings settings) {
    return Path.of(
        settings
            .find("cutline.home")
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cutline").toString()));
  }
}
