package dev.cutline;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The keys of other settings that start with a prefix, without it. */
final class PrefixedSettings implements Settings {
  private final Settings all;
  private final String prefix;

  PrefixedSettings(Settings all, String prefix) {
    this.all = all;
    this.prefix = prefix;
  }

  @Override
  public @Nullable String get(String key) {
    return all.get(prefix + key);
  }

  @Override
  public @Nullable String renew(String key) {
    return all.renew(prefix + key);
  }

  @Override
  public Set<String> keys() {
    String normalised = Settings.normalise(prefix);
    Set<String> keys = new TreeSet<>();
    for (String key : all.keys()) {
      if (Settings.normalise(key).startsWith(normalised)) {
        keys.add(key.substring(prefix.length()));
      }
    }
    return keys;
  }

  @Override
  public String prefix() {
    return all.prefix() + prefix;
  }

  @Override
  public @Nullable String resolve(String value) {
    return all.resolve(value);
  }
}
