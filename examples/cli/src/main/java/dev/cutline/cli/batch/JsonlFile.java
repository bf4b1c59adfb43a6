package dev.cutline.cli.batch;

import dev.cutline.cli.output.JsonLine;
import dev.cutline.cli.output.Result;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A file of JSON Lines that grows by whole lines. A line that does not fit on the disk is taken
 * back, and one that an earlier process left cut off is removed, so there is never half a line. One
 * process at a time writes to it. A pipe or a device will do too; it is only ever written on. Not
 * safe for several threads.
 */
public final class JsonlFile implements Closeable {
  /** How every line of ours starts. */
  private static final byte[] START = "{\"file\":".getBytes(StandardCharsets.UTF_8);

  /** Where the lock lies: behind all content, for some systems let nobody read what is locked. */
  private static final long LOCKED = Long.MAX_VALUE - 1;

  private static final int PIECE = 1 << 12;

  private final FileChannel channel;
  private final boolean seekable;

  /** Leads to the lines of a file and of an id; null where nobody asks what was there. */
  private @Nullable LineIndex index;

  JsonlFile(FileChannel channel, boolean seekable) {
    this.channel = channel;
    this.seekable = seekable;
  }

  /**
   * Starts a file anew.
   *
   * @throws IOException if it cannot be written to, or holds something else than results, which is
   *     more likely a slip than a wish
   */
  public static JsonlFile create(Path file) throws IOException {
    return open(file, JsonlFile::startAnew);
  }

  /**
   * Goes on with a file, or starts it if there is none. A last line that was cut off is removed.
   *
   * @throws IOException if it cannot be read or written to, holds something else than JSON Lines,
   *     or ends in something else than the start of a line of ours
   */
  public static JsonlFile append(Path file) throws IOException {
    return open(file, JsonlFile::goOn);
  }

  /** What is made of the content that a file has, on the way to its place for the next line. */
  private interface Start {
    void on(JsonlFile lines, Path file) throws IOException;
  }

  private static JsonlFile open(Path file, Start start) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return new JsonlFile(FileChannel.open(file, StandardOpenOption.WRITE), false);
    }
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      JsonlFile lines = new JsonlFile(channel, true);
      if (!lines.isOurs()) {
        throw new IOException("another process is writing to it");
      }
      start.on(lines, file);
      return lines;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Locks the file; tells whether nobody else has. */
  private boolean isOurs() {
    try {
      return channel.tryLock(LOCKED, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      return true; // some file systems have no locks, and are no worse for that than before
    }
  }

  private void startAnew(Path file) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(START.length);
    int length = Math.max(0, channel.read(start));
    if (!startsLikeOurs(start.array(), length)) {
      throw new IOException("it holds something else than results of ours");
    }
    channel.truncate(0);
    channel.position(0);
  }

  /**
   * Tells whether this may be the start of a line of ours: fewer bytes are one that was cut off.
   */
  private static boolean startsLikeOurs(byte[] line, int length) {
    int known = Math.min(length, START.length);
    return Arrays.equals(line, 0, known, START, 0, known);
  }

  private void goOn(Path file) throws IOException {
    index = new LineIndex();
    long end = readLines(file, index);
    channel.truncate(end);
    channel.position(end);
  }

  /**
   * Tells whether the file says all of a result already, but for how the work went: what its last
   * line about this file and language says is the same, and nothing else was said of the file
   * since. A file that was started anew is not asked.
   *
   * @throws IOException if it cannot be read
   */
  boolean says(Result result) throws IOException {
    WrittenLine line = WrittenLine.of(result);
    return last(line).filter(line::isRepeatedBy).isPresent();
  }

  /**
   * Tells whether the last line about this file and language has the same content with the same
   * texts, whatever they were stored as.
   *
   * @throws IOException if it cannot be read
   */
  boolean has(Result result) throws IOException {
    WrittenLine line = WrittenLine.of(result);
    return last(line).filter(line::hasTextsOf).isPresent();
  }

  /**
   * Returns the paths whose last line is about a stored picture: those that it was given under.
   * Copies of a file are one picture.
   *
   * @throws IOException if it cannot be read
   */
  Set<String> paths(String id) throws IOException {
    Set<String> paths = new TreeSet<>();
    for (WrittenLine line : lines(ofId(id))) {
      if (isAbout(id, line) && isAbout(id, newest(line.file()))) {
        paths.add(line.file());
      }
    }
    return paths;
  }

  private static boolean isAbout(String id, @Nullable WrittenLine line) {
    return line != null && line.id().filter(id::equals).isPresent();
  }

  private @Nullable WrittenLine newest(String file) throws IOException {
    for (WrittenLine line : lines(ofFile(file))) {
      if (line.file().equals(file)) {
        return line;
      }
    }
    return null;
  }

  /**
   * Returns the last line about a file in a language; empty if there is none, or none that counts:
   * a refusal is about every language.
   */
  private Optional<WrittenLine> last(WrittenLine wanted) throws IOException {
    for (WrittenLine line : lines(ofFile(wanted.file()))) {
      if (!line.file().equals(wanted.file())) {
        continue;
      }
      if (line.language().equals(wanted.language())) {
        return Optional.of(line);
      }
      if (line.language().isEmpty() || wanted.language().isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Returns the lines that a name leads to, the last one first. */
  private List<WrittenLine> lines(long name) throws IOException {
    if (index == null) {
      return List.of();
    }
    List<WrittenLine> lines = new ArrayList<>();
    for (long place : index.places(name)) {
      lines.add(WrittenLine.parse(lineAt(place), "the line at byte " + place));
    }
    return lines;
  }

  private byte[] lineAt(long place) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(PIECE);
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    while (channel.read(piece.clear(), place + line.size()) > 0) {
      for (int i = 0; i < piece.position(); i++) {
        if (piece.get(i) == '\n') {
          line.write(piece.array(), 0, i);
          return line.toByteArray();
        }
      }
      line.write(piece.array(), 0, piece.position());
    }
    return line.toByteArray();
  }

  /**
   * Adds a line.
   *
   * @throws IOException if it cannot be written; then nothing of it is in the file
   */
  public void add(Result result) throws IOException {
    long start = seekable ? channel.position() : 0;
    ByteBuffer line = StandardCharsets.UTF_8.encode(JsonLine.of(result) + "\n");
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException e) {
      takeBack(start, e);
      throw e;
    }
    if (index != null) {
      remember(WrittenLine.of(result), start, index);
    }
  }

  private void takeBack(long start, IOException cause) {
    if (!seekable) {
      return;
    }
    try {
      channel.truncate(start);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static void remember(WrittenLine line, long place, LineIndex index) {
    index.add(ofFile(line.file()), place);
    line.id().ifPresent(id -> index.add(ofId(id), place));
  }

  private static long ofFile(String file) {
    return ShortHash.of("file", file);
  }

  private static long ofId(String id) {
    return ShortHash.of("id", id);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Reads what is there and returns where the last whole line ends. */
  @SuppressWarnings("StreamResourceLeak") // closed with the channel; a second one would unlock it
  private long readLines(Path file, LineIndex index) throws IOException {
    long end = 0;
    int number = 1;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b != '\n') {
        line.write(b);
        continue;
      }
      if (!line.toString(StandardCharsets.UTF_8).isBlank()) {
        String where = "line " + number + " of " + file;
        remember(WrittenLine.parse(line.toByteArray(), where), end, index);
      }
      end += line.size() + 1;
      number++;
      line.reset();
    }
    if (!startsLikeOurs(line.toByteArray(), line.size())) {
      throw new IOException("line " + number + " of " + file + " is no result of ours");
    }
    return end;
  }
}
