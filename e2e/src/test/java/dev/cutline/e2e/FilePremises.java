package dev.cutline.e2e;

import dev.cutline.ImageRecord;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/**
 * Files and SQLite.
 *
 * @param home the folder of both
 */
record FilePremises(Path home) implements Premises {
  @Override
  public Map<String, String> settings() {
    return Map.of(
        "cutline.images",
        "files",
        "cutline.images.files.directory",
        home.resolve("objects").toString(),
        "cutline.records",
        "jdbc",
        "cutline.records.jdbc.url",
        "jdbc:sqlite:" + home.resolve("cutline.db"));
  }

  /** Nothing is hidden here: the store lists every file, and rows go with their record. */
  @Override
  public void assertNothingBut(Collection<ImageRecord> stored) {}
}
