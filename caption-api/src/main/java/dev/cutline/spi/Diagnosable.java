package dev.cutline.spi;

import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;

/**
 * A provider that can tell whether what it makes would work, and what is missing where it would
 * not. A provider implements it beside {@link CaptionProvider}, {@link ImageStoreProvider} or
 * another of them; who does not is asked for nothing.
 */
public interface Diagnosable {
  /**
   * Reads the settings and does nothing else: nothing is sent, made or opened.
   *
   * @param settings the same section that {@code create} is given
   * @throws InvalidSettingsException with every problem, unknown keys included
   */
  void validate(Settings settings);

  /**
   * Looks at everything that the settings name, with as few requests as will do, none of which is
   * paid for by the model's price list; what it writes to try writing, it deletes. What it finds
   * wrong goes into {@code diagnosis}, and the rest is looked at all the same.
   *
   * @param settings a section that {@link #validate} takes
   * @param diagnosis takes what is found
   */
  void diagnose(Settings settings, Diagnosis diagnosis);
}
