package dev.cutline.storage.dynamodb;

/** What all pages have in common. */
final class Pages {
  private Pages() {}

  /**
   * Checks how many a caller wants.
   *
   * @throws IllegalArgumentException if it is not 1 to {@code most}
   */
  static void checkLimit(int limit, int most) {
    if (limit < 1 || limit > most) {
      throw new IllegalArgumentException("limit is 1 to " + most + ", not " + limit);
    }
  }

  /** Returns the exception for a cursor that no page has given. */
  static IllegalArgumentException badCursor(String cursor) {
    return new IllegalArgumentException("this store gave no such cursor: " + cursor);
  }
}
