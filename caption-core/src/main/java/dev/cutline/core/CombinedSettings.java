package dev.cutline.core;

import dev.cutline.Settings;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Two sets of settings in one; the first is the stronger, and messages name its keys. */
final class CombinedSettings implements Settings {
  private final Settings first;
  private final Settings second;

  CombinedSettings(Settings first, Settings second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public @Nullable String get(String key) {
    String value = first.get(key);
    return value == null ? second.get(key) : value;
  }

  @Override
  public @Nullable String renew(String key) {
    String value = first.renew(key);
    return value == null ? second.renew(key) : value;
  }

  @Override
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>(first.keys());
    keys.addAll(second.keys());
    return keys;
  }

  @Override
  public String prefix() {
    return first.prefix();
  }

  @Override
  public @Nullable String resolve(String value) {
    return first.resolve(value);
  }
}
