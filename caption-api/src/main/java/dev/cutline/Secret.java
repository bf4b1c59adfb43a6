package dev.cutline;

import java.util.Objects;

/**
 * A key or password. Prints as stars, so that it cannot slip into a log by way of a message or a
 * record.
 */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /**
   * Returns a secret of {@code value}, white space around it removed: files of secrets often end in
   * a line break.
   */
  public static Secret of(String value) {
    return new Secret(value.strip());
  }

  /** Returns the value itself; for the header or signature that needs it, and for nothing else. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(value);
  }

  @Override
  public String toString() {
    return "***";
  }
}
