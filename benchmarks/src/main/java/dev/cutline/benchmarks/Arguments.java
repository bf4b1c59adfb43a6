package dev.cutline.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments of a benchmark: options {@code --name value} and the rest. */
public final class Arguments {
  private final Map<String, String> options = new HashMap<>();
  private final List<String> rest = new ArrayList<>();

  private Arguments() {}

  /**
   * Reads arguments.
   *
   * @throws IllegalArgumentException if an option has no value
   */
  public static Arguments of(String[] args) {
    Arguments arguments = new Arguments();
    for (int i = 0; i < args.length; i++) {
      if (!args[i].startsWith("--")) {
        arguments.rest.add(args[i]);
      } else if (i + 1 < args.length) {
        arguments.options.put(args[i].substring(2), args[++i]);
      } else {
        throw new IllegalArgumentException(args[i] + " needs a value");
      }
    }
    return arguments;
  }

  public int number(String option, int defaultValue) {
    return text(option).map(Integer::parseInt).orElse(defaultValue);
  }

  public List<Integer> numbers(String option, String defaultValue) {
    List<Integer> numbers = new ArrayList<>();
    for (String number : text(option).orElse(defaultValue).split(",", -1)) {
      numbers.add(Integer.parseInt(number));
    }
    return numbers;
  }

  public Optional<String> text(String option) {
    return Optional.ofNullable(options.get(option));
  }

  public Optional<Path> path(String option) {
    return text(option).map(Path::of);
  }

  public List<Path> paths() {
    return rest.stream().map(Path::of).toList();
  }
}
