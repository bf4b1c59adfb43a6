package dev.cutline.core.chain;

/** How the last 20 calls ended. Not safe for several threads. */
final class RecentOutcomes {
  private static final int SIZE = 20;

  private final boolean[] failed = new boolean[SIZE];
  private int count;
  private int failures;
  private int next;

  void add(boolean hasFailed) {
    if (count == SIZE) {
      failures -= failed[next] ? 1 : 0;
    } else {
      count++;
    }
    failed[next] = hasFailed;
    failures += hasFailed ? 1 : 0;
    next = (next + 1) % SIZE;
  }

  /** Tells whether half of them failed; never of fewer than 20, which say too little. */
  boolean halfFailed() {
    return count == SIZE && failures * 2 >= SIZE;
  }

  void clear() {
    count = 0;
    failures = 0;
  }
}
