package dev.cutline;

import java.util.Objects;

/**
 * A store could not do its work. What it was asked to do has not happened, or happens not at all.
 */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  public StoreException(Kind kind, String message) {
    super(message);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  public StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  public Kind kind() {
    return kind;
  }

  /** What is the matter with the store. */
  public enum Kind {
    /** Not reachable, busy or broken; later may do. */
    UNAVAILABLE,
    /** No space left. */
    FULL,
    /** Not allowed to read or write. */
    DENIED,
    /** Its content or schema is not what we wrote. */
    CORRUPT
  }
}
