package dev.cutline.core.chain;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How many calls of one rung may be under way at once. Requests get their turn in the order in
 * which they came. A turn is a future, so that waiting for it can end by deadline or cancellation
 * like any other wait of the chain. Thread-safe.
 */
final class ConcurrencyLimit {
  private final Object lock = new Object();
  private final ArrayDeque<Turn> queue = new ArrayDeque<>();
  private final int most;
  private int underWay;

  ConcurrencyLimit(int most) {
    this.most = most;
  }

  /** Returns a turn: come at once if there is room, otherwise when there is. */
  Turn enter() {
    Turn turn = new Turn();
    synchronized (lock) {
      if (underWay == most) {
        queue.add(turn);
        return turn;
      }
      underWay++;
    }
    turn.come.complete(null);
    return turn;
  }

  /** Gives up waiting for a turn; one that has come meanwhile is handed on. */
  void leaveQueue(Turn turn) {
    boolean hasCome;
    synchronized (lock) {
      hasCome = !queue.remove(turn);
    }
    if (hasCome) {
      exit();
    }
  }

  /** Ends a call: the next in the queue has its turn. */
  void exit() {
    Turn next = handOver();
    if (next != null) {
      next.come.complete(null);
    }
  }

  private @Nullable Turn handOver() {
    synchronized (lock) {
      Turn next = queue.poll();
      if (next == null) {
        underWay--;
      }
      return next;
    }
  }

  /** The right to make one call, once it has come. */
  static final class Turn {
    private final CompletableFuture<Void> come = new CompletableFuture<>();

    private Turn() {}

    CompletableFuture<Void> come() {
      return come;
    }
  }
}
