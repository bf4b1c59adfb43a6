package dev.cutline.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The photos of {@code examples/photos}. */
final class Photos {
  /** The root of the project: tests run in the folder of their module, or in the root itself. */
  static final Path PROJECT = project();

  static final Path FOLDER = PROJECT.resolve("examples/photos");

  static final int COUNT = 8;

  private Photos() {}

  static String of(String name) {
    return FOLDER.resolve(name).toString();
  }

  private static Path project() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("examples/photos"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
