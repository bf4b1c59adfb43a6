package dev.cutline;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    try {
      // Some editors mark a text in UTF-8 by a first character, which is no part of the first key.
      String text = Files.readString(file).replaceFirst("^\uFEFF", "");
      properties.load(new StringReader(text));
    } catch (NoSuchFileException e) {
      throw new InvalidSettingsException("settings file " + file + " is not there; check its name");
    } catch (IOException e) {
      throw new InvalidSettingsException(
          "settings file "
              + file
              + " cannot be read ("
              + FileProblem.reason(e)
              + "); name a file of lines such as cutline.language=en");
    } catch (IllegalArgumentException e) {
      // An escape that is cut short: the only thing that this format cannot take.
      throw new InvalidSettingsException(
          "settings file "
              + file
              + " cannot be read (it has a broken \\u escape); write a backslash twice");
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
      sources.add(ofOurFile(config));
    }
    Path inHome = home(new LayeredSettings(sources, environment)).resolve("cutline.properties");
    if (Files.exists(inHome)) {
      sources.add(ofOurFile(inHome));
    }
    return new LayeredSettings(sources, environment);
  }

  /**
   * Like {@link #ofFile}, for a file that holds nothing else than settings of ours. Almost any text
   * can be read as properties, and nobody asks for the keys that come of that: a wrong file would
   * be taken for an empty one.
   */
  private static SettingsSource ofOurFile(Path file) {
    SettingsSource source = ofFile(file);
    List<String> strange =
        source.names().stream().filter(name -> !name.startsWith("cutline.")).sorted().toList();
    if (!strange.isEmpty()) {
      throw new InvalidSettingsException(
          "settings file "
              + file
              + ": \""
              + shortened(strange.get(0))
              + "\""
              + (strange.size() == 1 ? "" : " and " + (strange.size() - 1) + " more")
              + (strange.size() == 1 ? " is no key" : " are no keys")
              + " of Cutline, which all start with cutline.; is it the right file?");
    }
    return source;
  }

  private static String shortened(String key) {
    int most = 40;
    return key.codePointCount(0, key.length()) <= most
        ? key
        : key.substring(0, key.offsetByCodePoints(0, most)) + "…";
  }

  private static Path home(Settings settings) {
    Optional<String> named = settings.find("cutline.home");
    try {
      return named
          .map(Path::of)
          .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cutline"));
    } catch (InvalidPathException e) {
      throw new InvalidSettingsException(
          "cutline.home: no folder can be called "
              + named.orElse("")
              + " ("
              + e.getReason()
              + "); name another");
    }
  }
}
