package dev.cutline.core.store;

import dev.cutline.ImageData;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The file system of this machine. Folders and files are for their owner only, where it knows
 * permissions.
 */
final class RealDisk implements Disk {
  private final Path root;
  private final FileAttribute<?>[] folderAttributes;
  private final FileAttribute<?>[] fileAttributes;
  private final boolean syncsFolders;

  /**
   * Makes a disk.
   *
   * @param folder of the store, which may be a link to another disk; what is in a link below it
   *     belongs to somebody else, and is neither looked at nor written to nor deleted
   */
  RealDisk(Path folder) {
    this.root = folder.toAbsolutePath().normalize();
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    this.folderAttributes = posix ? attributes("rwx------") : new FileAttribute<?>[0];
    this.fileAttributes = posix ? attributes("rw-------") : new FileAttribute<?>[0];
    // Windows opens no folders; its file systems write changes of names through a journal of their
    // own.
    this.syncsFolders = posix;
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    refuseBeyondLink(folder);
    try {
      Files.createDirectory(folder, folderAttributes);
    } catch (FileAlreadyExistsException e) {
      // Throws NoSuchFileException if it was deleted meanwhile.
      if (!Files.readAttributes(folder, BasicFileAttributes.class).isDirectory()) {
        throw e;
      }
    }
  }

  @Override
  public void write(Path file, ImageData image) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            fileAttributes)) {
      ByteBuffer bytes = image.asByteBuffer();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  @Override
  public void syncFile(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    if (syncsFolders) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    refuseBeyondLink(to);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public boolean deleteFile(Path file) throws IOException {
    return isOurs(file) && Files.deleteIfExists(file);
  }

  @Override
  public void deleteEmptyFolder(Path folder) throws IOException {
    if (isBeyondLink(folder)) {
      return;
    }
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // Somebody has put something into it: it stays.
    }
  }

  @Override
  public Opened open(Path file) throws IOException {
    if (!isOurs(file)) {
      throw new NoSuchFileException(file.toString());
    }
    // Not a channel's stream: an interrupt of one reader must not close the file in the midst of a
    // response.
    FileInputStream stream = stream(file);
    try {
      return new Opened(stream, stream.getChannel().size());
    } catch (IOException e) {
      stream.close();
      throw e;
    }
  }

  @Override
  public List<Entry> entries(Path folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (isBeyondLink(folder)) {
      return entries;
    }
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        addEntry(child, entries);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return entries;
  }

  @Override
  public long usableSpace(Path folder) throws IOException {
    FileStore store = Files.getFileStore(folder);
    return store.getUsableSpace();
  }

  private boolean isOurs(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && !isBeyondLink(file);
  }

  private void refuseBeyondLink(Path path) throws IOException {
    if (isBeyondLink(path)) {
      throw new FileSystemException(path.toString(), null, "a link leads out of the store");
    }
  }

  /**
   * Tells whether a name below the root is a link or lies beyond one. Whoever can swap a folder for
   * a link while we work can write here anyway: this guards against links that were left, not
   * against a race.
   */
  private boolean isBeyondLink(Path path) {
    for (Path each = path; each != null && isBelowRoot(each); each = each.getParent()) {
      if (Files.isSymbolicLink(each)) {
        return true;
      }
    }
    return false;
  }

  private boolean isBelowRoot(Path path) {
    return path.startsWith(root) && !path.equals(root);
  }

  private static FileInputStream stream(Path file) throws IOException {
    try {
      return new FileInputStream(file.toFile());
    } catch (FileNotFoundException e) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
      throw new NoSuchFileException(file.toString());
    }
  }

  private static void addEntry(Path child, List<Entry> entries) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isDirectory() || attributes.isRegularFile()) {
        entries.add(
            new Entry(
                child.getFileName().toString(),
                attributes.isDirectory(),
                attributes.size(),
                attributes.lastModifiedTime().toInstant()));
      }
    } catch (NoSuchFileException e) {
      // Deleted since the folder was read.
    }
  }

  private static FileAttribute<?>[] attributes(String permissions) {
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString(permissions)))
    };
  }
}
