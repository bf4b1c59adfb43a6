package dev.cutline.core.contract;

/** A few ASCII characters, looked for in one pass: most texts have none, and are left alone. */
final class Signs {
  private static final int ASCII = 128;

  private final boolean[] known = new boolean[ASCII];

  Signs(String signs) {
    for (int i = 0; i < signs.length(); i++) {
      known[signs.charAt(i)] = true;
    }
  }

  boolean has(char c) {
    return c < ASCII && known[c];
  }

  /** Tells whether any of them stands in the text. */
  boolean anyIn(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (has(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }
}
