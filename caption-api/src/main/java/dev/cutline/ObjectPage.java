package dev.cutline;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A page of what an {@link ImageStore} holds. */
public final class ObjectPage {
  private final List<Item> items;
  private final @Nullable String nextCursor;

  private ObjectPage(List<Item> items, @Nullable String nextCursor) {
    this.items = List.copyOf(items);
    this.nextCursor = nextCursor;
  }

  /**
   * Returns a page.
   *
   * @param nextCursor how to ask for the page after this one; null if this is the last
   */
  public static ObjectPage of(List<Item> items, @Nullable String nextCursor) {
    return new ObjectPage(items, nextCursor);
  }

  public List<Item> items() {
    return items;
  }

  /** Returns how to ask for the page after this one; empty on the last. */
  public Optional<String> nextCursor() {
    return Optional.ofNullable(nextCursor);
  }

  /**
   * One object.
   *
   * @param key where it lies
   * @param size bytes
   */
  public record Item(String key, long size) {}
}
