package dev.cutline;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A page of records. */
public final class RecordPage {
  private final List<ImageRecord> items;
  private final List<DamagedRecord> damaged;
  private final @Nullable String nextCursor;

  private RecordPage(
      List<ImageRecord> items, List<DamagedRecord> damaged, @Nullable String nextCursor) {
    this.items = List.copyOf(items);
    this.damaged = List.copyOf(damaged);
    this.nextCursor = nextCursor;
  }

  /**
   * Returns a page.
   *
   * @param nextCursor how to ask for the page after this one; null if this is the last
   */
  public static RecordPage of(List<ImageRecord> items, @Nullable String nextCursor) {
    return of(items, List.of(), nextCursor);
  }

  /**
   * Returns a page with records that cannot be read.
   *
   * @param nextCursor how to ask for the page after this one; null if this is the last
   */
  public static RecordPage of(
      List<ImageRecord> items, List<DamagedRecord> damaged, @Nullable String nextCursor) {
    return new RecordPage(items, damaged, nextCursor);
  }

  public List<ImageRecord> items() {
    return items;
  }

  /**
   * Returns the records of this page that cannot be read. Only pages over all owners have any: they
   * are read by work that goes on with the others.
   */
  public List<DamagedRecord> damaged() {
    return damaged;
  }

  /** Returns how to ask for the page after this one; empty on the last. Opaque to callers. */
  public Optional<String> nextCursor() {
    return Optional.ofNullable(nextCursor);
  }
}
