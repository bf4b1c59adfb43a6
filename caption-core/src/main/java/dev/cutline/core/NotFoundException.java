package dev.cutline.core;

/**
 * This owner has no such picture, or no such version of a caption. Pictures of others are not found
 * either: telling them apart would tell that they exist.
 */
public final class NotFoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotFoundException(String message) {
    super(message);
  }

  static NotFoundException image(String id) {
    return new NotFoundException("there is no picture " + id);
  }
}
