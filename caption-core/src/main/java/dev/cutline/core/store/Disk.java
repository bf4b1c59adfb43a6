package dev.cutline.core.store;

import dev.cutline.ImageData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Everything that {@link FileImageStore} does to a file system, one operation a method, so that a
 * test can record what was and was not made durable, and take the power away after any of them.
 * Thread-safe.
 */
interface Disk {
  /**
   * Makes a folder, whose parent is there; nothing happens if it is there already.
   *
   * @throws java.nio.file.NoSuchFileException if the parent is not there, or the folder was and is
   *     gone by the time it is looked at: another try may do
   */
  void createFolder(Path folder) throws IOException;

  /** Makes a new file with these bytes, not yet durable. */
  void write(Path file, ImageData image) throws IOException;

  /** Makes the content of a file durable. */
  void syncFile(Path file) throws IOException;

  /** Makes the names in a folder durable: what was made, renamed or deleted in it. */
  void syncFolder(Path folder) throws IOException;

  /**
   * Gives a file another name in the same file system in one stroke, in place of what has that
   * name.
   */
  void rename(Path from, Path to) throws IOException;

  /** Deletes a file and tells whether there was one. */
  boolean deleteFile(Path file) throws IOException;

  /** Deletes a folder if it is empty; otherwise nothing happens. */
  void deleteEmptyFolder(Path folder) throws IOException;

  /**
   * Opens a file.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  Opened open(Path file) throws IOException;

  /** Returns what is in a folder, in no order; empty if there is no such folder. */
  List<Entry> entries(Path folder) throws IOException;

  /** Returns the bytes that can still be written to the file system of a folder. */
  long usableSpace(Path folder) throws IOException;

  /**
   * A file that is open; its size is that of what the stream gives, even if the name is another
   * file's by now.
   *
   * @param stream to be closed
   * @param size bytes
   */
  record Opened(InputStream stream, long size) {}

  /**
   * A name in a folder.
   *
   * @param name without the folder
   * @param folder whether it is one
   * @param size bytes of a file
   * @param modified when it was last written
   */
  record Entry(String name, boolean folder, long size, Instant modified) {}
}
