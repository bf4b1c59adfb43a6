package dev.cutline.core;

/** What {@link Cutline#reconcile()} found and mended. */
public final class ReconcileReport {
  private final int undone;
  private final int finished;
  private final int objectsDeleted;
  private final int buried;
  private final int left;

  ReconcileReport(int undone, int finished, int objectsDeleted, int buried, int left) {
    this.undone = undone;
    this.finished = finished;
    this.objectsDeleted = objectsDeleted;
    this.buried = buried;
    this.left = left;
  }

  /** Returns how many uploads that never came to their end were undone. */
  public int undone() {
    return undone;
  }

  /** Returns how many deletions that had begun were finished. */
  public int finished() {
    return finished;
  }

  /** Returns how many objects were deleted on the way, late ones of slow writers included. */
  public int objectsDeleted() {
    return objectsDeleted;
  }

  /** Returns how many tombstones were removed. */
  public int buried() {
    return buried;
  }

  /**
   * Returns how many could not be settled because a store failed; the log says why. They wait for
   * the next time.
   */
  public int left() {
    return left;
  }

  /** Tells whether there was nothing to do. */
  public boolean isEmpty() {
    return undone + finished + objectsDeleted + buried + left == 0;
  }

  @Override
  public String toString() {
    return "%d uploads undone, %d deletions finished, %d objects deleted, %d tombstones buried, %d left for later"
        .formatted(undone, finished, objectsDeleted, buried, left);
  }
}
