package dev.cutline.core;

import dev.cutline.CaptionException;
import dev.cutline.Reason;
import dev.cutline.imaging.MemoryGate;
import java.util.function.Supplier;

/**
 * Bounds the memory of all pictures in work together. Files wait at one gate and decoding at
 * another, and whoever is past the second never waits at the first: so nobody waits in a circle.
 * Nothing that waits for a model or a store of others is done inside of the second. Thread-safe.
 */
final class Admission {
  /** The file as given and the one without metadata are in memory at once. */
  private static final int COPIES = 2;

  private final MemoryGate files;
  private final MemoryGate decoding;

  Admission(MemoryGate files, MemoryGate decoding) {
    this.files = files;
    this.decoding = decoding;
  }

  /**
   * Half of the heap is for decoding, a quarter for files, the rest for the application and the
   * collector.
   */
  static Admission ofHeap() {
    MemoryGate decoding = new MemoryGate();
    return new Admission(new MemoryGate(Math.max(1 << 16, decoding.budget() / 2)), decoding);
  }

  /**
   * Does work that holds a file.
   *
   * @param size bytes of the file at most
   * @throws dev.cutline.ImageRejectedException if there is not so much memory at all
   */
  <T> T holding(long size, Supplier<T> work) {
    return inside(files, size * COPIES, work);
  }

  /**
   * Does work that decodes.
   *
   * @param memory bytes that it takes at most
   * @throws dev.cutline.ImageRejectedException if there is not so much memory at all
   */
  <T> T decoding(long memory, Supplier<T> work) {
    return inside(decoding, memory, work);
  }

  /** Returns the gate at which decoding waits, for those who decode elsewhere. */
  MemoryGate decoding() {
    return decoding;
  }

  private static <T> T inside(MemoryGate gate, long bytes, Supplier<T> work) {
    try {
      return gate.during(bytes, work);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaptionException(Reason.TIMEOUT, "interrupted while waiting for memory", e);
    }
  }
}
