package dev.cutline.core;

/** What {@link Cutline#reconcile()} found and mended. */
public final class ReconcileReport {
  private final int undone;
  private final int finished;
  private final int captioned;
  private final int expired;
  private final int forgotten;
  private final int objectsDeleted;
  private final int buried;
  private final int left;

  static final ReconcileReport NOTHING = new ReconcileReport(0, 0, 0, 0, 0, 0, 0, 0);

  ReconcileReport(
      int undone,
      int finished,
      int captioned,
      int expired,
      int forgotten,
      int objectsDeleted,
      int buried,
      int left) {
    this.undone = undone;
    this.finished = finished;
    this.captioned = captioned;
    this.expired = expired;
    this.forgotten = forgotten;
    this.objectsDeleted = objectsDeleted;
    this.buried = buried;
    this.left = left;
  }

  /** Returns the sum of this and another report. */
  public ReconcileReport plus(ReconcileReport other) {
    return new ReconcileReport(
        undone + other.undone,
        finished + other.finished,
        captioned + other.captioned,
        expired + other.expired,
        forgotten + other.forgotten,
        objectsDeleted + other.objectsDeleted,
        buried + other.buried,
        left + other.left);
  }

  /** Returns how many uploads that never came to their end were undone. */
  public int undone() {
    return undone;
  }

  /** Returns how many deletions that had begun were finished. */
  public int finished() {
    return finished;
  }

  /**
   * Returns how many times captions were written to their record that the record store had not
   * taken when they came.
   */
  public int captioned() {
    return captioned;
  }

  /** Returns how many pictures were deleted because they were older than the retention allows. */
  public int expired() {
    return expired;
  }

  /** Returns how many remembered answers of models went for the same reason. */
  public int forgotten() {
    return forgotten;
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
    return undone + finished + captioned + expired + forgotten + objectsDeleted + buried + left
        == 0;
  }

  @Override
  public String toString() {
    return ("%d uploads undone, %d deletions finished, %d objects deleted, %d tombstones buried,"
            + " %d captions written late, %d pictures too old, %d answers too old, %d left for later")
        .formatted(undone, finished, objectsDeleted, buried, captioned, expired, forgotten, left);
  }
}
