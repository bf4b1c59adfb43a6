package dev.cutline.cli;

/**
 * The user asked for something that cannot be. The message is one line: what, and what to do about
 * it.
 */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
