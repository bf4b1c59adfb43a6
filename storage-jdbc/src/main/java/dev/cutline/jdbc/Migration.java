package dev.cutline.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A step from one schema to the next, and back.
 *
 * @param version of the schema after it, from 1
 * @param name what it is about, in words with underscores
 * @param folder the folder of the dialect, under this package
 */
record Migration(int version, String name, String folder) {
  /** Returns the name of the script that takes the step. */
  String fileName() {
    return "V" + version + "__" + name + ".sql";
  }

  /** Returns the script that takes the step. */
  String script() {
    return read("migrations/" + fileName());
  }

  /** Returns the script that takes the step back. */
  String undoScript() {
    return read("undo/U" + version + "__" + name + ".sql");
  }

  private String read(String file) {
    String path = folder + "/" + file;
    try (InputStream in = Migration.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is missing from this jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
