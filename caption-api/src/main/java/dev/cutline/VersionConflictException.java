package dev.cutline;

/**
 * A record was changed or deleted by somebody else since it was read. Read it again and decide
 * anew.
 */
public final class VersionConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public VersionConflictException(String imageId, long expected) {
    super("record " + imageId + " is no longer at version " + expected);
  }
}
