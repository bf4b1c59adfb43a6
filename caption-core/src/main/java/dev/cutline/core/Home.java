package dev.cutline.core;

import dev.cutline.FileProblem;
import dev.cutline.InvalidSettingsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The folder that holds what this installation keeps: for its owner only. Several processes may use
 * it at once. Thread-safe.
 */
final class Home {
  private static final String KEY = "cutline.home: ";
  private static final String ENVIRONMENT = "environment";
  private static final int URL_KEY_BYTES = 32;

  private final Path folder;

  Home(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  Path folder() {
    return folder;
  }

  Path objects() {
    return folder.resolve("objects");
  }

  Path database() {
    return folder.resolve("cutline.db");
  }

  /**
   * Makes the folder if it is missing and tries whether it can be written to.
   *
   * @throws InvalidSettingsException if it cannot, or is at home in the other environment
   */
  Path prepare(Environment environment) {
    try {
      Files.createDirectories(folder, forOwnerOnly("rwx------"));
      probe();
      return check(environment);
    } catch (FileAlreadyExistsException e) {
      throw new InvalidSettingsException(
          KEY + e.getFile() + " is no folder; name a folder of your own");
    } catch (IOException e) {
      throw new InvalidSettingsException(
          KEY
              + folder
              + " cannot be made, read or written to ("
              + FileProblem.reason(e)
              + "); name a folder of your own, or change its permissions");
    }
  }

  boolean isThere() {
    return Files.exists(folder);
  }

  /** Tells whether the folder is there and nothing can be written to it. */
  boolean isReadOnly() {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try {
      probe();
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Nothing is written: on a full disk one still has to list and delete what is there. */
  private void probe() throws IOException {
    Files.delete(
        Files.createFile(folder.resolve("+probe-" + UUID.randomUUID()), forOwnerOnly("rw-------")));
  }

  /**
   * Returns the folder.
   *
   * @throws InvalidSettingsException if it is at home in the other environment, or cannot be read
   */
  Path check(Environment environment) {
    Path file = folder.resolve(ENVIRONMENT);
    try {
      return Files.exists(file) ? check(Files.readString(file), environment) : folder;
    } catch (IOException e) {
      throw new InvalidSettingsException(
          KEY + file + " cannot be read (" + FileProblem.reason(e) + "); check its permissions");
    }
  }

  /**
   * Remembers the environment.
   *
   * @throws InvalidSettingsException if the folder is at home in the other one by now
   */
  Path claim(Environment environment) {
    return check(once(ENVIRONMENT, environment::id), environment);
  }

  private Path check(String kept, Environment wanted) {
    if (!kept.strip().equals(wanted.id())) {
      throw new InvalidSettingsException(
          KEY
              + folder
              + " holds data of the environment \""
              + kept.strip()
              + "\", and this is "
              + wanted.id()
              + "; name another folder, or set cutline.environment");
    }
    return folder;
  }

  /** Returns the key that signs addresses of this installation, made at first use. */
  String urlKey() {
    return once("url.key", Home::randomKey);
  }

  /** Returns what a file holds; the first process to ask writes it. */
  private String once(String name, Supplier<String> content) {
    Path file = folder.resolve(name);
    try {
      if (Files.notExists(file)) {
        publish(write(folder.resolve("+" + name + "-" + UUID.randomUUID()), content.get()), file);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new InvalidSettingsException(
          KEY
              + file
              + " cannot be read or written ("
              + FileProblem.reason(e)
              + "); name a folder of your own, or change its permissions");
    }
  }

  /**
   * Gives a whole file its name unless somebody was faster: a link, unlike a rename, replaces
   * nothing.
   */
  private static void publish(Path written, Path file) throws IOException {
    try {
      Files.createLink(file, written);
    } catch (FileAlreadyExistsException e) {
      // Somebody was faster: theirs is read.
    } catch (UnsupportedOperationException e) {
      Files.move(written, file);
      return;
    }
    Files.delete(written);
  }

  private Path write(Path file, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            forOwnerOnly("rw-------"))) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text + "\n");
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(file); // half of it helps nobody
      throw e;
    }
    return file;
  }

  private FileAttribute<?>[] forOwnerOnly(String permissions) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static String randomKey() {
    byte[] key = new byte[URL_KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return HexFormat.of().formatHex(key);
  }
}
