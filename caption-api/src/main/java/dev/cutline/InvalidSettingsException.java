package dev.cutline;

import java.util.List;

/** Settings that cannot work. Lists every problem that was found, not only the first. */
public final class InvalidSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  public InvalidSettingsException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  public InvalidSettingsException(String problem) {
    this(List.of(problem));
  }

  /**
   * Returns one line a problem: the key, what is wrong with its value, and what would be right. No
   * secrets.
   */
  public List<String> problems() {
    return problems == null ? List.of(getMessage()) : problems;
  }
}
