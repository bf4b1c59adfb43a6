package dev.cutline.core.store;

import dev.cutline.ImageData;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Puts files into their places and takes them away so that it lasts: the order in which things are
 * written, made durable and renamed. Thread-safe.
 */
final class Shelf {
  /**
   * Not a key: so it is in nobody's way, and never listed. In the same file system, or a rename
   * would be a copy.
   */
  private static final String INCOMING = "+incoming";

  private static final Duration LEFT_BEHIND = Duration.ofHours(1);
  private static final int REMEMBERED_FOLDERS = 4096;

  /**
   * A folder may be deleted under our hands, because it was empty for a moment; then it is made
   * again.
   */
  private static final int TRIES = 100;

  private final Path root;
  private final Path incoming;
  private final Disk disk;

  /**
   * Folders whose own names this instance has made durable. That a folder is there does not say
   * that it will be there after a crash: whoever made it may not have come to that yet.
   */
  private final Set<Path> durable =
      Collections.synchronizedSet(Collections.newSetFromMap(new Recent()));

  Shelf(Path root, Disk disk) {
    this.root = root;
    this.incoming = root.resolve(INCOMING);
    this.disk = disk;
  }

  /**
   * Makes the folder and what is missing above it, and deletes what killed processes left behind.
   */
  void open(Instant now) throws IOException {
    makeRoot(root);
    makeDurable(incoming);
    for (Disk.Entry entry : disk.entries(incoming)) {
      if (!entry.folder() && entry.modified().isBefore(now.minus(LEFT_BEHIND))) {
        disk.deleteFile(incoming.resolve(entry.name()));
      }
    }
  }

  void put(Path file, ImageData image) throws IOException {
    Path written = incoming.resolve(UUID.randomUUID().toString());
    try {
      write(written, image);
      disk.syncFile(written);
      place(written, file);
    } catch (IOException | RuntimeException e) {
      deleteAfter(e, written);
      throw e;
    }
    try {
      syncIfThere(parent(file));
    } catch (IOException | RuntimeException e) {
      // It may be gone after a crash, so it must not be seen before one.
      deleteAfter(e, file);
      throw e;
    }
  }

  boolean delete(Path file) throws IOException {
    boolean deleted = disk.deleteFile(file);
    if (deleted) {
      syncIfThere(parent(file));
    }
    return deleted;
  }

  /** Deletes all files below a folder, and the folder. */
  int deleteAll(Path folder) throws IOException {
    int inside = 0;
    int deleted = 0;
    for (Disk.Entry entry : disk.entries(folder)) {
      if (FileNames.decode(entry.name()).isEmpty()) {
        continue;
      }
      Path child = folder.resolve(entry.name());
      if (entry.folder()) {
        deleted += deleteAll(child);
      } else if (disk.deleteFile(child)) {
        inside++;
      }
    }
    if (inside > 0) {
      syncIfThere(folder);
    }
    durable.remove(folder);
    // Not made durable: an empty folder that comes back harms nobody.
    disk.deleteEmptyFolder(folder);
    return deleted + inside;
  }

  private void write(Path file, ImageData image) throws IOException {
    try {
      disk.write(file, image);
    } catch (NoSuchFileException e) {
      // The whole folder was cleared away while we had it open.
      durable.clear();
      makeRoot(root);
      makeDurable(incoming);
      disk.write(file, image);
    }
  }

  private void place(Path written, Path file) throws IOException {
    Path folder = parent(file);
    for (int tries = 1; ; tries++) {
      try {
        makeDurable(folder);
        disk.rename(written, file);
        return;
      } catch (NoSuchFileException e) {
        if (tries == TRIES) {
          throw e;
        }
        forget(folder);
      }
    }
  }

  /**
   * Makes a folder below the root, and those above it, unless this instance knows that they will
   * stay.
   */
  private void makeDurable(Path folder) throws IOException {
    if (folder.equals(root) || durable.contains(folder)) {
      return;
    }
    makeDurable(parent(folder));
    disk.createFolder(folder);
    disk.syncFolder(parent(folder));
    durable.add(folder);
  }

  private void makeRoot(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (parent == null) {
      return;
    }
    try {
      disk.createFolder(folder);
    } catch (NoSuchFileException e) {
      makeRoot(parent);
      disk.createFolder(folder);
    }
    syncAbove(parent);
  }

  /**
   * The folders above ours may be readable by nobody; then what we have made there is as durable as
   * we can do.
   */
  private void syncAbove(Path folder) throws IOException {
    try {
      disk.syncFolder(folder);
    } catch (AccessDeniedException e) {
      // Nothing of ours was necessarily made in it: the folder may have been there all along.
    }
  }

  private void forget(Path folder) {
    for (Path path = folder; path != null && !path.equals(root); path = path.getParent()) {
      durable.remove(path);
    }
  }

  /**
   * Whoever deletes the folder meanwhile deletes what is in it too: then there is nothing left to
   * keep.
   */
  private void syncIfThere(Path folder) throws IOException {
    try {
      disk.syncFolder(folder);
    } catch (NoSuchFileException e) {
      durable.remove(folder);
    }
  }

  private void deleteAfter(Exception failure, Path written) {
    try {
      disk.deleteFile(written);
    } catch (IOException e) {
      if (!e.equals(failure)) {
        failure.addSuppressed(e);
      }
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalStateException("below the root of a file system: " + path);
    }
    return parent;
  }

  /** A map that forgets what was put in first when it has grown too large. */
  private static final class Recent extends LinkedHashMap<Path, Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Path, Boolean> eldest) {
      return size() > REMEMBERED_FOLDERS;
    }
  }
}
