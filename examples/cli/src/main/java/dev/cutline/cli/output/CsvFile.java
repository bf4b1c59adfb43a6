package dev.cutline.cli.output;

import dev.cutline.ImageRecord;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * A file of records as CSV. It is written beside the one that is there and then put in its place,
 * so that whoever reads it sees the old one or the new one. A link stays a link, and whom the old
 * one was kept from, the new one is. What is no file, such as a pipe or a device, is written to and
 * never replaced. Not safe for several threads.
 */
public final class CsvFile implements Closeable {
  private final Path target;
  private final Path written;
  private final Writer writer;
  private long total;

  private CsvFile(Path target, Path written, Writer writer) throws IOException {
    this.target = target;
    this.written = written;
    this.writer = writer;
    writer.write(CsvExport.header());
  }

  /**
   * Starts a file.
   *
   * @throws IOException if it cannot be written to
   */
  public static CsvFile at(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file)) {
      return new CsvFile(file, file, Files.newBufferedWriter(file));
    }
    Path target = Files.exists(file) ? file.toRealPath() : file;
    // A name of its own: another export may be at work, and what has this name is nobody else's.
    Path partial = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
    Files.createFile(partial, permissionsOf(target));
    partial.toFile().deleteOnExit(); // where somebody presses Ctrl-C
    return new CsvFile(target, partial, Files.newBufferedWriter(partial, StandardOpenOption.WRITE));
  }

  /** Who may not read the old file is not to read the new one either. */
  private static FileAttribute<?>[] permissionsOf(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return view == null || Files.notExists(file)
        ? new FileAttribute<?>[0]
        : new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(view.readAttributes().permissions())
        };
  }

  /** Adds a picture, a row a language. */
  public void add(ImageRecord record) throws IOException {
    for (Result result : Result.of(record)) {
      writer.write(CsvExport.row(result));
    }
    total++;
  }

  /** Puts the file in its place and returns how many pictures it has. */
  public long finish() throws IOException {
    writer.close();
    if (!written.equals(target)) {
      Files.move(written, target, StandardCopyOption.REPLACE_EXISTING);
    }
    return total;
  }

  /** Removes what was not finished. */
  @Override
  public void close() throws IOException {
    try (writer) {
      if (!written.equals(target)) {
        Files.deleteIfExists(written);
      }
    }
  }
}
