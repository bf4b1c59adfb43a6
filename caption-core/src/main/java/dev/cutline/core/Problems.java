package dev.cutline.core;

import dev.cutline.Captioner;
import dev.cutline.InvalidSettingsException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Everything that is wrong with the settings, found part by part. Not safe for several threads. */
final class Problems {
  private final Set<String> found = new LinkedHashSet<>();

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Returns everything that was found, in the order in which it was. */
  List<String> all() {
    return List.copyOf(found);
  }

  /** Adds what a part finds wrong. */
  void check(Runnable part) {
    try {
      part.run();
    } catch (InvalidSettingsException e) {
      found.addAll(e.problems());
    }
  }

  /** Returns what a part makes of its settings; empty if it finds them wrong. */
  <T> Optional<T> collect(Supplier<T> part) {
    return collect("", part);
  }

  /**
   * Like {@link #collect(Supplier)}, for a part that does not know where its keys stand.
   *
   * @param prefix of its keys, put before each problem
   */
  <T> Optional<T> collect(String prefix, Supplier<T> part) {
    try {
      return Optional.of(part.get());
    } catch (InvalidSettingsException e) {
      for (String problem : e.problems()) {
        found.add(problem.startsWith("cutline.") ? problem : prefix + problem);
      }
      return Optional.empty();
    }
  }

  /** Returns the captioner of a rung; empty if its type or its settings are wrong. */
  Optional<Captioner> captioner(Providers providers, RungSettings rung) {
    return collect(rung.typeKey() + ": ", () -> rung.provider(providers))
        .flatMap(provider -> collect(rung.prefix(), () -> provider.create(rung.forProvider())));
  }

  /** Throws if there is any. */
  void raise() {
    if (!found.isEmpty()) {
      throw new InvalidSettingsException(all());
    }
  }
}
