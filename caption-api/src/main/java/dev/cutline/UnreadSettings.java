package dev.cutline;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Settings without the keys that somebody has read, and what those are. */
final class UnreadSettings implements Settings {
  private final Settings all;
  private final Map<String, String> read;

  /**
   * Makes a view.
   *
   * @param read the keys that were read, as they are spelt, by their {@linkplain Settings#normalise
   *     normalised} names
   */
  UnreadSettings(Settings all, Map<String, String> read) {
    this.all = all;
    this.read = new TreeMap<>(read);
  }

  /** Returns the keys that are hidden, as they are spelt, by their normalised names. */
  Map<String, String> read() {
    return read;
  }

  @Override
  public @Nullable String get(String key) {
    return isRead(key) ? null : all.get(key);
  }

  @Override
  public @Nullable String renew(String key) {
    return isRead(key) ? null : all.renew(key);
  }

  @Override
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>(all.keys());
    keys.removeIf(this::isRead);
    return keys;
  }

  @Override
  public String prefix() {
    return all.prefix();
  }

  @Override
  public @Nullable String resolve(String value) {
    return all.resolve(value);
  }

  private boolean isRead(String key) {
    return read.containsKey(Settings.normalise(key));
  }
}
