package dev.cutline.xmp;

import org.jspecify.annotations.Nullable;

/** A text is no XMP, or XMP that cannot be changed without a guess. The message is one line. */
final class MalformedXmpException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedXmpException(String message) {
    this(message, null);
  }

  MalformedXmpException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
