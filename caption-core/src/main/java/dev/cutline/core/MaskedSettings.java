package dev.cutline.core;

import dev.cutline.Settings;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Other settings without some of their keys, which are somebody else's business. */
final class MaskedSettings implements Settings {
  private final Settings all;
  private final Predicate<String> hidden;

  /**
   * Makes a view.
   *
   * @param hidden tells of a {@linkplain Settings#normalise normalised} key whether it is hidden
   */
  MaskedSettings(Settings all, Predicate<String> hidden) {
    this.all = all;
    this.hidden = hidden;
  }

  @Override
  public @Nullable String get(String key) {
    return hidden.test(Settings.normalise(key)) ? null : all.get(key);
  }

  @Override
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>(all.keys());
    keys.removeIf(key -> hidden.test(Settings.normalise(key)));
    return keys;
  }

  @Override
  public @Nullable String resolve(String value) {
    return all.resolve(value);
  }
}
