package dev.cutline.cli.batch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody work on a content of an owner that somebody is at work on: first come, first served,
 * and whoever waited sees what came of it. Holds among the threads of this process and, where a
 * home is shared, among all processes that use it.
 *
 * <p>Of an empty file in the home, each content is a byte to be locked: the system lets go of it
 * when a process ends, however it ends, and nothing is left to be cleaned up. Whoever holds a
 * content waits for no other one, so nobody waits in a circle. Thread-safe.
 */
public final class Claims implements Closeable {
  private static final long TICK_MILLIS = 50;

  private final @Nullable FileChannel shared;
  private final Interruption interruption;
  private final Set<Long> taken = new HashSet<>();

  private Claims(@Nullable FileChannel shared, Interruption interruption) {
    this.shared = shared;
    this.interruption = interruption;
  }

  /** Returns claims that no other process knows of. */
  public static Claims ofProcess(Interruption interruption) {
    return new Claims(null, interruption);
  }

  /**
   * Returns claims that all processes respect that share a home. A folder that is not there is
   * nobody's home, as with stores that are all elsewhere; then no other process knows of them.
   *
   * @throws IOException if the home cannot be written to
   */
  public static Claims ofHome(Path home, Interruption interruption) throws IOException {
    if (!Files.isDirectory(home)) {
      return ofProcess(interruption);
    }
    return new Claims(
        FileChannel.open(
            home.resolve("claims.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        interruption);
  }

  /**
   * Does the work once nobody else is at work on this content; if somebody wants all work to stop
   * before that, it is never begun.
   */
  Outcome alone(String owner, String sha256, Supplier<Outcome> work) {
    long content = ShortHash.of(owner, sha256) >>> 2; // a place in a file is positive
    try {
      if (!take(content)) {
        return Outcome.neverBegun();
      }
      try {
        return aloneAmongProcesses(content, work);
      } finally {
        giveBack(content);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.neverBegun();
    }
  }

  private synchronized boolean take(long content) throws InterruptedException {
    while (!taken.add(content)) {
      if (interruption.isRequested()) {
        return false;
      }
      wait(TICK_MILLIS);
    }
    return true;
  }

  private synchronized void giveBack(long content) {
    taken.remove(content);
    notifyAll();
  }

  private Outcome aloneAmongProcesses(long content, Supplier<Outcome> work)
      throws InterruptedException {
    if (shared == null) {
      return work.get();
    }
    FileLock lock;
    try {
      lock = lock(shared, content);
      if (lock == null) {
        return Outcome.neverBegun();
      }
    } catch (IOException e) {
      return work.get(); // some file systems have no locks, and are no worse for that than before
    }
    try {
      return work.get();
    } finally {
      release(lock);
    }
  }

  /**
   * Asks again and again: threads that let the system wait would look to it as if their process
   * waited, for what another process waits with in a circle that is none.
   */
  private @Nullable FileLock lock(FileChannel file, long content)
      throws IOException, InterruptedException {
    while (true) {
      FileLock lock = tryLock(file, content);
      if (lock != null || interruption.isRequested()) {
        return lock;
      }
      Thread.sleep(TICK_MILLIS);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file, long content) throws IOException {
    try {
      return file.tryLock(content, 1, false);
    } catch (OverlappingFileLockException e) {
      return null; // other claims of this process on the same home have it
    }
  }

  private static void release(FileLock lock) {
    try {
      lock.release();
    } catch (IOException e) {
      // The file was closed because the work was left behind; its locks are gone with it.
    }
  }

  @Override
  public void close() throws IOException {
    if (shared != null) {
      shared.close();
    }
  }
}
