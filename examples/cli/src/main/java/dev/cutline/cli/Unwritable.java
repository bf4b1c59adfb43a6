package dev.cutline.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file that the user named for writing cannot be written to. */
final class Unwritable {
  private Unwritable() {}

  /**
   * Returns the reason in a few words: Java tells some of them by the class of the exception only.
   */
  static String why(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "its folder does not exist";
    }
    if (e instanceof AccessDeniedException) {
      return "not allowed";
    }
    if (e instanceof NotDirectoryException) {
      return "it is no folder";
    }
    String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
    return reason == null ? e.toString() : reason;
  }
}
