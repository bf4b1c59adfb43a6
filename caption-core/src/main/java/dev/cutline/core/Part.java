package dev.cutline.core;

import dev.cutline.Settings;
import dev.cutline.spi.Diagnosable;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A part of an installation that {@link Examination} looks at: a store, or what stands beside it.
 * Not safe for several threads.
 */
final class Part {
  private final String subject;
  private final String key;
  private final String prefix;
  private final Supplier<Object> providers;
  private final Supplier<Settings> sections;
  private @Nullable Object provider;
  private boolean sound;

  /**
   * Names a part.
   *
   * @param subject as a person calls it
   * @param key that names the provider
   * @param prefix of its own keys
   * @param providers finds the provider
   * @param sections makes the settings that the provider is given
   */
  Part(
      String subject,
      String key,
      String prefix,
      Supplier<Object> providers,
      Supplier<Settings> sections) {
    this.subject = subject;
    this.key = key;
    this.prefix = prefix;
    this.providers = providers;
    this.sections = sections;
  }

  /** Finds the provider and has it read its settings; what is wrong with them is added. */
  void validate(Problems problems) {
    problems
        .collect(key + ": ", providers)
        .ifPresent(
            found -> {
              provider = found;
              sound = problems.collect(prefix, () -> reads(found)).isPresent();
            });
  }

  private boolean reads(Object found) {
    if (found instanceof Diagnosable diagnosable) {
      diagnosable.validate(section());
    }
    return true;
  }

  String subject() {
    return subject;
  }

  Settings section() {
    return sections.get();
  }

  /** Tells whether the provider is there and finds nothing wrong with its settings. */
  boolean isSound() {
    return sound;
  }

  /** Returns the provider if it is of a type. */
  <T> Optional<T> provider(Class<T> type) {
    return Optional.ofNullable(provider).filter(type::isInstance).map(type::cast);
  }
}
