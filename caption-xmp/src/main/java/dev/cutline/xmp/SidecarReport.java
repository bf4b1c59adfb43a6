package dev.cutline.xmp;

import java.nio.file.Path;
import java.util.List;

/** What became of the sidecar of one picture. Immutable. */
public final class SidecarReport {
  private final Path file;
  private final Change change;
  private final List<String> kept;

  SidecarReport(Path file, Change change, List<String> kept) {
    this.file = file;
    this.change = change;
    this.kept = List.copyOf(kept);
  }

  /** What was done. */
  public enum Change {
    /** There was none, now there is. */
    CREATED,
    UPDATED,
    /** It says all of it already, or there is nothing to say; no byte was written. */
    UNCHANGED
  }

  /** Returns the sidecar. */
  public Path file() {
    return file;
  }

  public Change change() {
    return change;
  }

  /**
   * Returns where somebody else's words, or somebody's wish to have none, stand in place of ours:
   * {@code dc:description x-default}, {@code dc:subject sunset}. Empty after a replacing write.
   */
  public List<String> kept() {
    return kept;
  }
}
