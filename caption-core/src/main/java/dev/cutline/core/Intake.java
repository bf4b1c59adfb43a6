package dev.cutline.core;

import dev.cutline.FileProblem;
import dev.cutline.ImageRejectedException;
import dev.cutline.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * Gets the bytes of uploads, never more than the limit, whatever a file says of its size.
 * Thread-safe.
 */
final class Intake {
  private final long maxBytes;

  Intake(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Returns how many bytes will be in memory at most that are not there yet.
   *
   * @throws ImageRejectedException if the file is larger than allowed
   * @throws UncheckedIOException if the file cannot be looked at
   */
  long expected(Upload upload) {
    Path path = upload.path();
    if (path == null) {
      return 0;
    }
    try {
      if (!Files.isRegularFile(path)) {
        // A pipe or a device does not know.
        return maxBytes;
      }
      return checked(Files.size(path));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /**
   * Returns the bytes, read if they are not there yet.
   *
   * @throws ImageRejectedException if there are more than allowed
   * @throws UncheckedIOException if the file cannot be read
   */
  byte[] read(Upload upload) {
    Path path = upload.path();
    if (path == null) {
      return Objects.requireNonNull(upload.bytes());
    }
    try (InputStream in = Files.newInputStream(path)) {
      int most = Math.toIntExact(Math.min(maxBytes, Integer.MAX_VALUE - 16));
      byte[] bytes = in.readNBytes(most);
      if (in.read() >= 0) {
        throw tooLarge("more than " + maxBytes);
      }
      return bytes;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static UncheckedIOException unreadable(Path path, IOException e) {
    return new UncheckedIOException(
        "the file " + path + " cannot be read: " + FileProblem.reason(e), e);
  }

  private long checked(long size) {
    if (size > maxBytes) {
      throw tooLarge(String.format(Locale.ROOT, "%,d", size));
    }
    return size;
  }

  private ImageRejectedException tooLarge(String size) {
    return new ImageRejectedException(
        Rejection.TOO_MANY_BYTES,
        String.format(
            Locale.ROOT,
            "the file has %s bytes and at most %,d are taken; scale it down or save it with a lower quality",
            size,
            maxBytes));
  }
}
