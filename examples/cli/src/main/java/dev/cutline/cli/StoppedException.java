package dev.cutline.cli;

/** The work had to stop before its end. The message is one line: why, and what to do about it. */
final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoppedException(String message, Throwable cause) {
    super(message, cause);
  }
}
