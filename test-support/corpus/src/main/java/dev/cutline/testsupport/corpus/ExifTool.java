package dev.cutline.testsupport.corpus;

import java.io.IOException;
import java.io.OutputStream;

/** The independent reader of metadata that some tests need, a program of its own. */
public final class ExifTool {
  /** What to tell where it is not there. */
  public static final String MISSING =
      "exiftool is not installed: skipped. Debian and Ubuntu: libimage-exiftool-perl";

  private ExifTool() {}

  /**
   * Tells whether it is installed.
   *
   * @throws IllegalStateException if it is not, under CI, which must have it
   */
  public static boolean isThere() throws InterruptedException {
    boolean there = runs();
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("exiftool is not there, and CI must have it");
    }
    return there;
  }

  private static boolean runs() throws InterruptedException {
    try {
      Process process = new ProcessBuilder("exiftool", "-ver").redirectErrorStream(true).start();
      process.getInputStream().transferTo(OutputStream.nullOutputStream());
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
