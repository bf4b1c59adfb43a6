package dev.cutline;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A page of records. */
public final class RecordPage {
  private final List<ImageRecord> items;
  private final @Nullable String nextCursor;

  private RecordPage(List<ImageRecord> items, @Nullable String nextCursor) {
    this.items = List.copyOf(items);
    this.nextCursor = nextCursor;
  }

  /**
   * Returns a page.
   *
   * @param nextCursor how to ask for the page after this one; null if this is the last
   */
  public static RecordPage of(List<ImageRecord> items, @Nullable String nextCursor) {
    return new RecordPage(items, nextCursor);
  }

  public List<ImageRecord> items() {
    return items;
  }

  /** Returns how to ask for the page after this one; empty on the last. Opaque to callers. */
  public Optional<String> nextCursor() {
    return Optional.ofNullable(nextCursor);
  }
}
