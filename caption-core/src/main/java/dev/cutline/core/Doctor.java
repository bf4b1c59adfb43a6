package dev.cutline.core;

import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import dev.cutline.spi.Diagnosable;
import dev.cutline.spi.Finding;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Looks at everything that settings name, part by part, and tells what works, what is missing and
 * what would mend it: settings, home, stores, labels, rungs. What is wrong with one part keeps no
 * other from being looked at. Each provider knows itself how it is looked at ({@link Diagnosable});
 * of others only the settings are. Immutable.
 */
public final class Doctor {
  private final Settings settings;
  private final Providers providers;

  private Doctor(Settings settings, Providers providers) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.providers = Objects.requireNonNull(providers, "providers");
  }

  /** Returns one for settings, with the providers of the class path. */
  public static Doctor of(Settings settings) {
    return of(settings, Providers.find());
  }

  /** Returns one for settings and providers. */
  public static Doctor of(Settings settings, Providers providers) {
    return new Doctor(settings, providers);
  }

  /**
   * Reads all settings and does nothing else: nothing is sent, made or opened, but for what the
   * settings refer to.
   *
   * @param listener is given what is found
   * @return whether all of them can be used
   */
  public boolean validate(Consumer<Finding> listener) {
    try (Examination examination = new Examination(settings, providers, listener)) {
      examination.read();
      return !examination.hasFailed();
    }
  }

  /**
   * Looks at everything.
   *
   * @param captions whether each rung is asked for a caption of a small picture, and the label
   *     detector for its labels; that is paid for as any other is, and not counted against budgets
   * @param listener is given what is found, each at once; nothing twice
   * @return whether nothing was found that does not work
   */
  public boolean examine(boolean captions, Consumer<Finding> listener) {
    try (Examination examination = new Examination(settings, providers, listener)) {
      examination.read();
      examination.run(captions);
      return !examination.hasFailed();
    }
  }

  /**
   * Makes what the stores need and do not make by themselves, such as a bucket and a table: for
   * development.
   *
   * @param listener is given what was made, found and could not be done
   * @return whether all of it is there now
   * @throws InvalidSettingsException with every problem of the settings
   */
  public boolean prepare(Consumer<Finding> listener) {
    try (Examination examination = new Examination(settings, providers, listener)) {
      examination.prepare();
      return !examination.hasFailed();
    }
  }
}
