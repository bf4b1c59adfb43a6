package dev.cutline.core;

import dev.cutline.imaging.CameraFacts;
import java.util.Map;

/**
 * Reads what is harmless in the metadata of a file, before they are taken off, if its owner wants
 * it on the record. Thread-safe.
 */
final class FactsStep {
  private final CameraFacts camera = new CameraFacts();
  private final boolean byDefault;

  /**
   * Makes the step.
   *
   * @param byDefault whether uploads that do not say want their facts kept
   */
  FactsStep(boolean byDefault) {
    this.byDefault = byDefault;
  }

  /** Returns the facts to be kept, by the keys of {@link CameraFacts}; none unless asked to. */
  Map<String, String> facts(Upload upload, byte[] file) {
    return upload.keepFacts().orElse(byDefault) ? camera.read(file) : Map.of();
  }
}
