package dev.cutline.storage.dynamodb;

/** What all pages have in common. */
final class Pages {
  private Pages() {}

  /** Returns the exception for a cursor that no page has given. */
  static IllegalArgumentException badCursor(String cursor) {
    return new IllegalArgumentException("this store gave no such cursor: " + cursor);
  }
}
