package dev.cutline.core.store;

import dev.cutline.FileProblem;
import dev.cutline.StoreException;
import dev.cutline.StoreException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

/** What an error of the file system means. */
final class FileErrors {
  private FileErrors() {}

  /**
   * Returns the exception for an operation that has failed, named by {@code what} as in "cannot
   * write x".
   */
  static StoreException of(String what, IOException cause) {
    return of(what, cause, kind(cause));
  }

  /**
   * Like {@link #of(String, IOException)}, for a write. The text of the operating system may be in
   * any language, so the space that is left decides as well.
   */
  static StoreException ofWrite(String what, IOException cause, Disk disk, Path folder, long size) {
    Kind kind = kind(cause);
    return of(
        what, cause, kind == Kind.UNAVAILABLE && lacks(disk, folder, size) ? Kind.FULL : kind);
  }

  private static StoreException of(String what, IOException cause, Kind kind) {
    String meaning =
        switch (kind) {
          case FULL -> "no space left";
          case DENIED -> "not allowed";
          case UNAVAILABLE, CORRUPT -> "the file system failed";
        };
    return new StoreException(
        kind, "cannot " + what + ": " + meaning + " (" + details(cause) + ")", cause);
  }

  private static String details(IOException cause) {
    String reason = FileProblem.reason(cause);
    return cause instanceof FileSystemException failed && failed.getFile() != null
        ? failed.getFile() + ": " + reason
        : reason;
  }

  private static Kind kind(IOException cause) {
    String text = String.valueOf(cause.getMessage());
    if (cause instanceof FileSystemException fileSystem && fileSystem.getReason() != null) {
      text = fileSystem.getReason();
    }
    String reason = text.toLowerCase(Locale.ROOT);
    if (reason.contains("no space left")
        || reason.contains("quota")
        || reason.contains("not enough space")) {
      return Kind.FULL;
    }
    if (cause instanceof AccessDeniedException
        || reason.contains("read-only file system")
        || reason.contains("not permitted")) {
      return Kind.DENIED;
    }
    return Kind.UNAVAILABLE;
  }

  private static boolean lacks(Disk disk, Path folder, long size) {
    try {
      return disk.usableSpace(folder) < size;
    } catch (IOException e) {
      return false;
    }
  }
}
