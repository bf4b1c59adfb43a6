package dev.cutline.xmp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;

/** Reads sidecars within bounds, and replaces them as a whole or not at all. */
final class SidecarFile {
  /** Develop settings with painted masks, the largest that programs write, are a few MB. */
  static final int MOST_BYTES = 16 << 20;

  private SidecarFile() {}

  /** Tells whether there is something of this name, if only a link that leads nowhere. */
  static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Reads a sidecar.
   *
   * @throws SidecarException if it is none
   * @throws IOException if it cannot be read
   */
  static XmpDocument read(Path file) throws IOException {
    try {
      return XmpDocument.parse(text(file));
    } catch (MalformedXmpException e) {
      throw malformed(file, e);
    }
  }

  static SidecarException malformed(Path file, MalformedXmpException e) {
    return new SidecarException(
        file,
        "the sidecar "
            + file.getFileName()
            + " "
            + e.getMessage()
            + "; mend it, or move it out of the way",
        e);
  }

  private static String text(Path file) throws IOException, MalformedXmpException {
    if (!Files.isRegularFile(file)) {
      throw new MalformedXmpException(
          Files.exists(file) ? "is no file" : "is a link that leads nowhere");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      throw new MalformedXmpException("is larger than 16 MiB");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedXmpException("is not in UTF-8", e);
    }
  }

  /**
   * Puts a text in the place of a sidecar, or where there is none. It is written beside it, synced,
   * and then takes its place: a reader sees the old one or the new one, and so does whoever comes
   * after a crash. A link stays a link. Who may read and write the old one may do so with the new
   * one, and nobody else.
   */
  static void replace(Path file, String text) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file;
    // A short name of its own: the longest name that a file system allows needs no more room.
    Path written = target.resolveSibling("." + UUID.randomUUID() + ".part");
    try {
      Files.createFile(written);
      keepPermissions(target, written);
      try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private static void keepPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (view != null && Files.exists(from)) {
      view.setPermissions(Files.getPosixFilePermissions(from));
    }
  }
}
