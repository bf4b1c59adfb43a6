package dev.cutline.cli;

import dev.cutline.FileProblem;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Why a file that the user named for writing cannot be written to. */
final class Unwritable {
  private Unwritable() {}

  /** Returns the reason in a few words: what does not exist there is the folder. */
  static String why(IOException e) {
    return e instanceof NoSuchFileException ? "its folder does not exist" : FileProblem.reason(e);
  }
}
