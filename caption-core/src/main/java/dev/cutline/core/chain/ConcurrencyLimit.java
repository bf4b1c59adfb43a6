package dev.cutline.core.chain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * How many calls of one rung may be under way at once: at most what is set, and what its server has
 * shown to bear. When it says that there are too many, seven in ten of those under way are allowed
 * from then on; as many answers as are allowed, given while all of them were in use, allow one
 * more. (Additive increase, multiplicative decrease, as TCP shares a line.)
 *
 * <p>Requests get their turn in the order in which they came, and at most 1,000 wait. A turn is a
 * future, so that waiting for it can end by deadline or cancellation like any other wait of the
 * chain. Thread-safe.
 */
final class ConcurrencyLimit {
  static final int MOST_WAITING = 1_000;

  private static final double DECREASE = 0.7;

  private final Object lock = new Object();
  private final ArrayDeque<Turn> queue = new ArrayDeque<>();
  private final int most;
  private int allowed;
  private int underWay;
  private int answersInFullUse;

  /** Counts decreases: one burst of refusals is one message, not many. */
  private int era;

  ConcurrencyLimit(int most) {
    this.most = most;
    this.allowed = most;
  }

  /**
   * Returns a turn: come at once if there is room, otherwise when there is. Nothing if as many wait
   * as may.
   */
  Optional<Turn> enter() {
    Turn turn = new Turn();
    synchronized (lock) {
      if (underWay >= allowed) {
        if (queue.size() == MOST_WAITING) {
          return Optional.empty();
        }
        queue.add(turn);
        return Optional.of(turn);
      }
      begin(turn);
    }
    turn.begin();
    return Optional.of(turn);
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
    List<Turn> next;
    synchronized (lock) {
      underWay--;
      next = handOver();
    }
    next.forEach(Turn::begin);
  }

  /** Notes, while it is under way, that a call was answered. */
  void answered(Turn turn) {
    List<Turn> next;
    synchronized (lock) {
      if (turn.era != era
          || allowed == most
          || underWay < allowed
          || ++answersInFullUse < allowed) {
        return;
      }
      answersInFullUse = 0;
      allowed++;
      next = handOver();
    }
    next.forEach(Turn::begin);
  }

  /** Notes, while it is under way, that a call was refused because there are too many. */
  void tooMany(Turn turn) {
    synchronized (lock) {
      if (turn.era == era) {
        era++;
        answersInFullUse = 0;
        allowed = Math.max(1, (int) (Math.min(allowed, underWay) * DECREASE));
      }
    }
  }

  /** Returns how many calls may be under way at once now. */
  int allowed() {
    return view().allowed();
  }

  View view() {
    synchronized (lock) {
      return new View(underWay, queue.size(), allowed);
    }
  }

  private void begin(Turn turn) {
    underWay++;
    turn.era = era;
  }

  private List<Turn> handOver() {
    if (queue.isEmpty()) {
      return List.of();
    }
    List<Turn> next = new ArrayList<>(1);
    while (underWay < allowed && !queue.isEmpty()) {
      Turn turn = queue.remove();
      begin(turn);
      next.add(turn);
    }
    return next;
  }

  /**
   * How many there are.
   *
   * @param underWay calls
   * @param waiting requests that wait for a turn
   * @param allowed calls at once
   */
  record View(int underWay, int waiting, int allowed) {}

  /** The right to make one call, once it has come. */
  static final class Turn {
    private final CompletableFuture<Void> come = new CompletableFuture<>();
    private int era;

    private Turn() {}

    CompletableFuture<Void> come() {
      return come;
    }

    private void begin() {
      come.complete(null);
    }
  }
}
