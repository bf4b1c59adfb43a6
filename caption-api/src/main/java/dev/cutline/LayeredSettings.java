package dev.cutline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Several sources, the strongest first, with references resolved. */
final class LayeredSettings implements Settings {
  private static final Pattern SECRET = Pattern.compile("[a-z]+-secret:");

  private final List<SettingsSource> sources;
  private final Map<String, String> environment;

  /** Looked for when the first reference needs one, and kept: what they remember counts for all. */
  private @Nullable ServiceLoader<SecretResolver> resolvers;

  LayeredSettings(List<SettingsSource> sources, Map<String, String> environment) {
    this.sources = List.copyOf(sources);
    this.environment = Map.copyOf(environment);
  }

  @Override
  public @Nullable String get(String key) {
    return get(key, SecretResolver::resolve);
  }

  @Override
  public @Nullable String renew(String key) {
    return get(key, SecretResolver::renew);
  }

  private @Nullable String get(String key, BiFunction<SecretResolver, String, String> resolution) {
    for (SettingsSource source : sources) {
      String value = source.value(key);
      if (value != null && !value.isBlank()) {
        String resolved = resolve(value.strip(), key, resolution);
        // What a reference leads to can be blank as well, for example an empty file.
        if (!resolved.isBlank()) {
          return resolved;
        }
      }
    }
    return null;
  }

  @Override
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    sources.forEach(source -> keys.addAll(source.names()));
    return keys;
  }

  @Override
  public @Nullable String resolve(String value) {
    if (!value.startsWith("env:")) {
      return resolve(value, "the default", SecretResolver::resolve);
    }
    String found = environment.get(value.substring(4));
    return found == null ? null : notAReference(found, value, "the default");
  }

  private String resolve(
      String value, String key, BiFunction<SecretResolver, String, String> resolution) {
    int colon = value.indexOf(':');
    if (colon < 1) {
      return value;
    }
    String scheme = value.substring(0, colon);
    String name = value.substring(colon + 1);
    return switch (scheme) {
      case "env" -> notAReference(fromEnvironment(name, key), value, key);
      case "file" -> notAReference(fromFile(name, key), value, key);
      default -> fromResolver(scheme, name, value, key, resolution);
    };
  }

  /**
   * References are followed once, so that they cannot lead to each other in a circle. Who writes
   * one behind another means what that one leads to, and never its text: an API key would be sent
   * that is none.
   */
  private static String notAReference(String found, String reference, String key) {
    String text = found.strip();
    if (text.startsWith("env:") || text.startsWith("file:") || SECRET.matcher(text).lookingAt()) {
      throw new InvalidSettingsException(
          key
              + ": "
              + reference
              + " leads to another reference ("
              + text.substring(0, text.indexOf(':') + 1)
              + "…), and references are followed once; write the last one here");
    }
    return found;
  }

  private String fromEnvironment(String name, String key) {
    String value = environment.get(name);
    if (value == null) {
      throw new InvalidSettingsException(
          key + ": the environment variable " + name + " is not set");
    }
    return value;
  }

  private static String fromFile(String name, String key) {
    try {
      return Files.readString(Path.of(name)).strip();
    } catch (IOException e) {
      throw new InvalidSettingsException(
          key + ": the file " + name + " cannot be read (" + FileProblem.reason(e) + ")");
    } catch (InvalidPathException e) {
      throw new InvalidSettingsException(
          key + ": no file can be called " + name + " (" + e.getReason() + ")");
    }
  }

  private String fromResolver(
      String scheme,
      String name,
      String value,
      String key,
      BiFunction<SecretResolver, String, String> resolution) {
    // Only schemes that look like a secret store are looked up: an address such as http://host is a
    // value.
    if (!scheme.endsWith("-secret")) {
      return value;
    }
    SecretResolver resolver = resolver(scheme);
    if (resolver != null) {
      return resolved(() -> resolution.apply(resolver, name), key);
    }
    throw new InvalidSettingsException(
        key
            + ": nothing on the class path reads "
            + scheme
            + ": references; add the module that does"
            + (scheme.equals("aws-secret") ? " (dev.cutline:caption-aws)" : ""));
  }

  /** A resolver does not know which key refers to it, and it is the key that a user can find. */
  private static String resolved(Supplier<String> resolution, String key) {
    try {
      return resolution.get();
    } catch (InvalidSettingsException e) {
      throw new InvalidSettingsException(
          e.problems().stream().map(problem -> key + ": " + problem).toList());
    }
  }

  private synchronized @Nullable SecretResolver resolver(String scheme) {
    if (resolvers == null) {
      resolvers = ServiceLoader.load(SecretResolver.class);
    }
    for (SecretResolver resolver : resolvers) {
      if (resolver.scheme().equals(scheme)) {
        return resolver;
      }
    }
    return null;
  }
}
