package dev.cutline.tck;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Opens a store for each test, and closes it and its further instances afterwards. */
abstract class OpenedStores<S extends AutoCloseable> {
  private final Opening<S> opening;
  private final Reopening<S> reopening;
  private final Deque<S> opened = new ArrayDeque<>();
  private @Nullable S store;

  OpenedStores(Opening<S> opening, Reopening<S> reopening) {
    this.opening = opening;
    this.reopening = reopening;
  }

  @BeforeEach
  public void openStore() throws Exception {
    store = opening.open();
    opened.push(store);
  }

  @AfterEach
  public void closeStores() throws Exception {
    for (S each : opened) {
      each.close();
    }
  }

  final S store() {
    return Objects.requireNonNull(store);
  }

  /** Returns another instance on the same data, or the same instance where there cannot be one. */
  final S again() throws Exception {
    S another = reopening.again(store());
    opened.push(another);
    return another;
  }

  /** Opens a store that has nothing yet. */
  @FunctionalInterface
  interface Opening<S> {
    S open() throws Exception;
  }

  /** Opens what a store has once more. */
  @FunctionalInterface
  interface Reopening<S> {
    S again(S store) throws Exception;
  }
}
