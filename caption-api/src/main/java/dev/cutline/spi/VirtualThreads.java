package dev.cutline.spi;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Virtual threads, found at run time, for work that mostly waits: from Java 24, which no longer
 * pins them to their carriers in synchronized code.
 */
public final class VirtualThreads {
  private static final int FIRST_GOOD = 24;

  private VirtualThreads() {}

  /**
   * Returns an executor that starts a new virtual thread for each task, to be closed by the caller;
   * empty where this Java has none that will do.
   */
  public static Optional<ExecutorService> executor() {
    if (Runtime.version().feature() < FIRST_GOOD) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          (ExecutorService)
              Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return Optional.empty();
    }
  }
}
