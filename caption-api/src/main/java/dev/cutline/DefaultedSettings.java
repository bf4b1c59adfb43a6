package dev.cutline;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Other settings, with values for what they leave open. */
final class DefaultedSettings implements Settings {
  private final Settings stated;
  private final Map<String, String> defaults;

  DefaultedSettings(Settings stated, Map<String, String> defaults) {
    this.stated = stated;
    this.defaults = Map.copyOf(defaults);
  }

  @Override
  public @Nullable String get(String key) {
    return orDefault(key, stated.get(key));
  }

  @Override
  public @Nullable String renew(String key) {
    return orDefault(key, stated.renew(key));
  }

  private @Nullable String orDefault(String key, @Nullable String value) {
    if (value != null) {
      return value;
    }
    String defaultValue = defaults.get(key);
    String resolved = defaultValue == null ? null : stated.resolve(defaultValue);
    return resolved == null || resolved.isBlank() ? null : resolved;
  }

  @Override
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>(stated.keys());
    keys.addAll(defaults.keySet());
    return keys;
  }

  @Override
  public String prefix() {
    return stated.prefix();
  }

  @Override
  public @Nullable String resolve(String value) {
    return stated.resolve(value);
  }
}
