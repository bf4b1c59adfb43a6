package dev.cutline.jdbc;

/** Checks of text before it goes to the database. */
final class Texts {
  private Texts() {}

  /**
   * Returns the text if UTF-8 can express it. Half of a surrogate pair cannot be; drivers make a
   * question mark of it, and two owners would be one.
   *
   * @throws IllegalArgumentException if it is no Unicode
   */
  static String unicode(String text, String what) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new IllegalArgumentException(
            what + " is no Unicode text: half of a surrogate pair at index " + i);
      }
    }
    return text;
  }

  /**
   * Returns a text that is no longer than it may be.
   *
   * @throws IllegalArgumentException if it is, or is no Unicode
   */
  static String bounded(String text, int maxLength, String what) {
    if (text.length() > maxLength) {
      throw new IllegalArgumentException(
          what + " has at most " + maxLength + " characters, not " + text.length());
    }
    return unicode(text, what);
  }

  /** Returns a text with its ASCII letters in lower case, and nothing else changed. */
  static String lowerAscii(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c - 'A' + 'a'));
      }
    }
    return lower.toString();
  }
}
