package dev.cutline.spi;

import dev.cutline.Settings;

/**
 * A provider that can make what its settings name and {@code create} does not make by itself, such
 * as a bucket or a table: for development. In production, infrastructure as code makes them.
 */
public interface Preparable extends Diagnosable {
  /**
   * Makes what is missing, and leaves what is there as it is; doing it twice makes nothing more.
   * What it made, what it found and what it could not do goes into {@code diagnosis}.
   *
   * @param settings a section that {@link #validate} takes
   * @param diagnosis takes what was done
   */
  void prepare(Settings settings, Diagnosis diagnosis);
}
