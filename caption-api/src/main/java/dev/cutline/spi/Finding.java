package dev.cutline.spi;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at, and what was found: one line for a person. Immutable; two findings
 * are equal if they say the same.
 */
public final class Finding {
  private final Level level;
  private final String subject;
  private final String text;
  private final @Nullable String remedy;
  private final @Nullable String permission;

  Finding(
      Level level,
      String subject,
      String text,
      @Nullable String remedy,
      @Nullable String permission) {
    this.level = Objects.requireNonNull(level, "level");
    this.subject = Objects.requireNonNull(subject, "subject");
    this.text = Objects.requireNonNull(text, "text");
    this.remedy = remedy;
    this.permission = permission;
  }

  public Level level() {
    return level;
  }

  /** Returns what was looked at, for example {@code image store}. */
  public String subject() {
    return subject;
  }

  /** Returns what was found; no secrets. */
  public String text() {
    return text;
  }

  /** Returns what to do about it; empty if there is nothing to do, or the text says it. */
  public Optional<String> remedy() {
    return Optional.ofNullable(remedy);
  }

  /**
   * Returns what would allow a call that was denied, as the vendor writes it down: for AWS a
   * statement of an IAM policy, in JSON. Empty if nothing was denied.
   */
  public Optional<String> permission() {
    return Optional.ofNullable(permission);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Finding that
        && level == that.level
        && subject.equals(that.subject)
        && text.equals(that.text)
        && Objects.equals(remedy, that.remedy)
        && Objects.equals(permission, that.permission);
  }

  @Override
  public int hashCode() {
    return Objects.hash(level, subject, text, remedy, permission);
  }

  /** Returns level, subject, text and remedy in a line. */
  @Override
  public String toString() {
    return level + " " + subject + ": " + text + (remedy == null ? "" : "; " + remedy);
  }

  /** How much it matters. */
  public enum Level {
    /** As it should be, or of no consequence. */
    OK,
    /** Works, and should be otherwise; or could not be looked at. */
    WARN,
    /** Does not work. */
    FAIL
  }
}
