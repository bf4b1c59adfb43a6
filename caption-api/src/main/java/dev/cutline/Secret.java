package dev.cutline;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A key or password. Prints as stars, so that it cannot slip into a log by way of a message or a
 * record. Immutable; one that was read from somewhere knows how to be read again.
 */
public final class Secret {
  private final String value;
  private final @Nullable Supplier<@Nullable String> source;

  private Secret(String value, @Nullable Supplier<@Nullable String> source) {
    this.value = value.strip();
    this.source = source;
  }

  /**
   * Returns a secret of {@code value}, white space around it removed: files of secrets often end in
   * a line break.
   */
  public static Secret of(String value) {
    return new Secret(value, null);
  }

  /**
   * Like {@link #of(String)}, for what may be replaced where it comes from.
   *
   * @param source returns what is there now, null if nothing is; it may take its time, and throw
   */
  public static Secret of(String value, Supplier<@Nullable String> source) {
    return new Secret(value, Objects.requireNonNull(source, "source"));
  }

  /**
   * Returns the secret that stands in this one's place by now; nothing if it is the same one still
   * or not known to come from anywhere. Asks the source, so it may wait, and throws what that does.
   */
  public Optional<Secret> renewed() {
    String now = source == null ? null : source.get();
    return Optional.ofNullable(now)
        .filter(text -> !text.isBlank())
        .map(text -> new Secret(text, source))
        .filter(secret -> !secret.equals(this));
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
