package dev.cutline.cli.input;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file to be captioned, or why what was named can be none. */
public final class Input {
  private final String name;
  private final @Nullable Path path;
  private final @Nullable String problem;

  private Input(String name, @Nullable Path path, @Nullable String problem) {
    this.name = Objects.requireNonNull(name, "name");
    this.path = path;
    this.problem = problem;
  }

  static Input file(Path path) {
    return new Input(RawNames.of(path), path, null);
  }

  static Input problem(String name, String problem) {
    return new Input(name, null, problem);
  }

  /** Returns the path as given: what the user typed, or a child of it, as {@link RawNames} do. */
  public String name() {
    return name;
  }

  /** Returns the file; empty if there is a problem. */
  public Optional<Path> path() {
    return Optional.ofNullable(path);
  }

  /** Returns what is wrong and what to do about it, in a line; empty if nothing is. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }
}
