package dev.cutline.jdbc;

/**
 * A document in the database is not what was written. Turned into a StoreException where it is
 * caught.
 */
final class CorruptDocumentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CorruptDocumentException(String message) {
    super(message);
  }
}
