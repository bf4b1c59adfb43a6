package dev.cutline.spi;

/**
 * A document in a store is not what was written. Stores turn it into a {@link
 * dev.cutline.StoreException}.
 */
public final class CorruptDocumentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CorruptDocumentException(String message) {
    super(message);
  }
}
