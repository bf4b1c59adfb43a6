package dev.cutline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a benchmark keeps its files: a folder that the user named and that stays, or a temporary
 * one that closing deletes.
 */
final class WorkFolder implements AutoCloseable {
  private final Path path;
  private final boolean temporary;

  private WorkFolder(Path path, boolean temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  static WorkFolder temporary() throws IOException {
    return of(Optional.empty());
  }

  /**
   * @param named by the user; a temporary one is made without it
   */
  static WorkFolder of(Optional<Path> named) throws IOException {
    return named.isPresent()
        ? new WorkFolder(Files.createDirectories(named.get()), false)
        : new WorkFolder(Files.createTempDirectory("cutline-benchmark"), true);
  }

  Path path() {
    return path;
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() throws IOException {
    if (temporary) {
      delete(path);
    }
  }

  /** Deletes a file or folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
