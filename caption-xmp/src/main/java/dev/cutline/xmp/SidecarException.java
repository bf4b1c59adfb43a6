package dev.cutline.xmp;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A sidecar is not what one can be merged into, and was left as it is. The message is one line:
 * why, and what to do about it; it calls the file by its name, without the folder.
 */
public final class SidecarException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Path file;

  SidecarException(Path file, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.file = file;
  }

  /** Returns the sidecar; null only if this exception was serialized. */
  public @Nullable Path file() {
    return file;
  }
}
