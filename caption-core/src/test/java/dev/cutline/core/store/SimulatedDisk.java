package dev.cutline.core.store;

import dev.cutline.ImageData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that knows what would be left of it if the power went: the content of a file
 * only once it was synced, a name in a folder only once the folder was. It records every operation,
 * and can lose the power or fail at any of them.
 */
final class SimulatedDisk implements Disk {
  private final List<String> log = new ArrayList<>();
  private final Instant now;
  private Folder root = new Folder();
  private int powerLossAt = Integer.MAX_VALUE;
  private int failureAt = Integer.MAX_VALUE;
  private IOException failure = new IOException("simulated");
  private long usableSpace = Long.MAX_VALUE;

  SimulatedDisk(Instant now) {
    this.now = now;
  }

  /** The power has gone. An error, because nobody handles it. */
  static final class PowerLoss extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Returns the operations that change something, in order. */
  List<String> log() {
    return List.copyOf(log);
  }

  /** Lets the power go right before operation {@code index} takes place. */
  SimulatedDisk losesPowerAt(int index) {
    powerLossAt = index;
    return this;
  }

  SimulatedDisk failsAt(int index, IOException with) {
    failureAt = index;
    failure = with;
    return this;
  }

  SimulatedDisk usableSpace(long bytes) {
    usableSpace = bytes;
    return this;
  }

  /**
   * Returns the disk as it may be found when the power is back.
   *
   * @param luck draws, for everything that was not synced, whether it got there
   */
  SimulatedDisk afterPowerLoss(Luck luck) {
    SimulatedDisk disk = new SimulatedDisk(now);
    disk.root = (Folder) survivor(root, luck);
    return disk;
  }

  /** How much of what was not synced is there all the same. */
  interface Luck {
    /**
     * Tells whether a name that was made, replaced or removed, and not synced, is so on the disk.
     */
    boolean nameArrived();

    /** Returns what is in a file that was not synced. */
    byte[] content(byte[] written);

    Luck NONE = of(() -> false, written -> new byte[0]);
    Luck NAMES_ONLY =
        of(() -> true, written -> Arrays.copyOf(new byte[written.length], written.length / 2));
    Luck ALL = of(() -> true, written -> written);

    static Luck of(BooleanSupplier names, UnaryOperator<byte[]> contents) {
      return new Luck() {
        @Override
        public boolean nameArrived() {
          return names.getAsBoolean();
        }

        @Override
        public byte[] content(byte[] written) {
          return contents.apply(written);
        }
      };
    }

    static Luck random(Random random) {
      return of(
          random::nextBoolean,
          written ->
              random.nextBoolean()
                  ? written
                  : Arrays.copyOf(written, random.nextInt(written.length + 1)));
    }
  }

  @Override
  public synchronized void createFolder(Path folder) throws IOException {
    operation("createFolder", folder);
    Folder parent = folder(folder.getParent());
    Node there = parent.names.get(name(folder));
    if (there instanceof File) {
      throw new FileAlreadyExistsException(folder.toString());
    }
    if (there == null) {
      parent.names.put(name(folder), new Folder());
    }
  }

  @Override
  public synchronized void write(Path file, ImageData image) throws IOException {
    operation("write", file);
    Folder parent = folder(file.getParent());
    if (parent.names.containsKey(name(file))) {
      throw new FileAlreadyExistsException(file.toString());
    }
    parent.names.put(name(file), new File(image.toByteArray(), now));
  }

  @Override
  public synchronized void syncFile(Path file) throws IOException {
    operation("syncFile", file);
    File synced = file(file);
    synced.durable = synced.content;
  }

  @Override
  public synchronized void syncFolder(Path folder) throws IOException {
    operation("syncFolder", folder);
    Folder synced = folder(folder);
    synced.durable.clear();
    synced.durable.putAll(synced.names);
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    operation("rename", to);
    File file = file(from);
    Folder target = folder(to.getParent());
    folder(from.getParent()).names.remove(name(from));
    target.names.put(name(to), file);
  }

  @Override
  public synchronized boolean deleteFile(Path file) throws IOException {
    operation("deleteFile", file);
    try {
      Folder parent = folder(file.getParent());
      return parent.names.get(name(file)) instanceof File
          && parent.names.remove(name(file)) != null;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public synchronized void deleteEmptyFolder(Path folder) throws IOException {
    operation("deleteEmptyFolder", folder);
    Folder parent = folder(folder.getParent());
    if (parent.names.get(name(folder)) instanceof Folder there && there.names.isEmpty()) {
      parent.names.remove(name(folder));
    }
  }

  @Override
  public synchronized Opened open(Path file) throws IOException {
    byte[] content = file(file).content;
    return new Opened(new ByteArrayInputStream(content), content.length);
  }

  @Override
  public synchronized List<Entry> entries(Path folder) {
    List<Entry> entries = new ArrayList<>();
    try {
      folder(folder)
          .names
          .forEach(
              (name, node) ->
                  entries.add(
                      node instanceof File file
                          ? new Entry(name, false, file.content.length, file.modified)
                          : new Entry(name, true, 0, now)));
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return entries;
  }

  @Override
  public long usableSpace(Path folder) {
    return usableSpace;
  }

  private void operation(String what, Path path) throws IOException {
    if (log.size() >= powerLossAt) {
      throw new PowerLoss();
    }
    log.add(what + " " + path);
    if (log.size() - 1 == failureAt) {
      throw failure;
    }
  }

  private static Node survivor(Node node, Luck luck) {
    if (node instanceof File file) {
      byte[] content = file.durable == null ? luck.content(file.content) : file.durable;
      File kept = new File(content, file.modified);
      kept.durable = content;
      return kept;
    }
    Folder folder = (Folder) node;
    Folder kept = new Folder();
    Set<String> names = new HashSet<>(folder.names.keySet());
    names.addAll(folder.durable.keySet());
    for (String name : names) {
      Node synced = folder.durable.get(name);
      Node current = folder.names.get(name);
      Node found = Objects.equals(synced, current) || luck.nameArrived() ? current : synced;
      if (found != null) {
        kept.names.put(name, survivor(found, luck));
      }
    }
    kept.durable.putAll(kept.names);
    return kept;
  }

  private Folder folder(Path path) throws NoSuchFileException {
    Folder folder = root;
    for (Path name : path) {
      if (!(folder.names.get(name.toString()) instanceof Folder next)) {
        throw new NoSuchFileException(path.toString());
      }
      folder = next;
    }
    return folder;
  }

  private File file(Path path) throws NoSuchFileException {
    if (folder(path.getParent()).names.get(name(path)) instanceof File file) {
      return file;
    }
    throw new NoSuchFileException(path.toString());
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  /** Something with a name. */
  private interface Node {}

  /** A file; what was written, and what of it was synced. */
  private static final class File implements Node {
    private final byte[] content;
    private final Instant modified;
    private byte @Nullable [] durable;

    File(byte[] content, Instant modified) {
      this.content = content;
      this.modified = modified;
    }
  }

  /** A folder; the names in it, and those when it was last synced. */
  private static final class Folder implements Node {
    private final Map<String, Node> names = new TreeMap<>();
    private final Map<String, Node> durable = new TreeMap<>();
  }
}
