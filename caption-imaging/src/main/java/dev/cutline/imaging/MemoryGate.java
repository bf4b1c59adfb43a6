package dev.cutline.imaging;

import dev.cutline.ImageRejectedException;
import dev.cutline.Rejection;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Admits pictures by the memory that they will need, so that several at a time do not exhaust the
 * heap: each waits until those before it have left enough of the budget. First come, first served,
 * so that a large picture is not starved by small ones. Thread-safe.
 *
 * <pre>{@code
 * Renditions renditions = gate.during(info.decodeMemory(), () -> renderer.render(file, info));
 * }</pre>
 */
public final class MemoryGate {
  /** Counted in pieces, because a semaphore counts in int. */
  private static final long PIECE = 64 * 1024;

  private final long budget;
  private final int pieces;
  private final Semaphore free;

  /**
   * Makes a gate with half of the heap that this process may use: the rest is for the files
   * themselves, what waits, the application, and the room that a collector needs to place large
   * arrays.
   */
  public MemoryGate() {
    this(Math.max(PIECE, Runtime.getRuntime().maxMemory() / 2));
  }

  /**
   * Makes a gate.
   *
   * @param budget bytes that all pictures in work may need together, at least 65,536; counted in
   *     steps of that size
   */
  public MemoryGate(long budget) {
    if (budget < PIECE) {
      throw new IllegalArgumentException("budget is at least " + PIECE + " bytes: " + budget);
    }
    this.budget = budget;
    this.pieces = (int) Math.min(Integer.MAX_VALUE, budget / PIECE);
    this.free = new Semaphore(pieces, true);
  }

  /** Returns the bytes that all pictures in work may need together. */
  public long budget() {
    return budget;
  }

  /**
   * Does work with {@code bytes} of the budget, and waits until they are free.
   *
   * @param bytes {@link ImageInfo#decodeMemory()}
   * @throws ImageRejectedException as {@link #acquire}
   * @throws InterruptedException if interrupted while waiting; the work was not begun then
   */
  public <T> T during(long bytes, Supplier<T> work) throws InterruptedException {
    Permit permit = acquire(bytes);
    try {
      return work.get();
    } finally {
      permit.close();
    }
  }

  /**
   * Waits until {@code bytes} of the budget are free and takes them; closing the permit gives them
   * back.
   *
   * @param bytes {@link ImageInfo#decodeMemory()}
   * @throws ImageRejectedException ({@link Rejection#TOO_MUCH_MEMORY}) at once, if it is more than
   *     the whole budget
   * @throws InterruptedException if interrupted while waiting; nothing is taken then
   */
  public Permit acquire(long bytes) throws InterruptedException {
    if (bytes < 0) {
      throw new IllegalArgumentException("not a size in bytes: " + bytes);
    }
    long wanted = (bytes + PIECE - 1) / PIECE;
    if (bytes > Long.MAX_VALUE - PIECE || wanted > pieces) {
      throw new ImageRejectedException(
          Rejection.TOO_MUCH_MEMORY,
          String.format(
              Locale.ROOT,
              "decoding needs up to %,d MiB of memory and %,d MiB are set aside for it; send a smaller picture or give"
                  + " the process more memory (-Xmx)",
              mebibytes(bytes),
              mebibytes(budget)));
    }
    free.acquire((int) wanted);
    return new Permit(free, (int) wanted);
  }

  private static long mebibytes(long bytes) {
    return (bytes >> 20) + ((bytes & 0xFFFFF) == 0 ? 0 : 1);
  }

  /** A share of the budget, given back when closed. Closing again does nothing. */
  public static final class Permit implements AutoCloseable {
    private final Semaphore free;
    private final int pieces;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Permit(Semaphore free, int pieces) {
      this.free = free;
      this.pieces = pieces;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        free.release(pieces);
      }
    }
  }
}
