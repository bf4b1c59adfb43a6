package dev.cutline.prompt;

/** Makes one short line of any text, for messages that a person reads. */
public final class OneLine {
  private OneLine() {}

  /**
   * Returns the text on one line: white space, control and invisible formatting characters become
   * single blanks.
   *
   * @param max the most characters; a longer text ends in an ellipsis within them; at least 1
   */
  public static String of(String text, int max) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), max));
    boolean gap = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isBlank(c)) {
        gap = !line.isEmpty();
        continue;
      }
      int needed = Character.charCount(c) + (gap ? 1 : 0);
      if (line.length() + needed > max) {
        return cut(line, max);
      }
      if (gap) {
        line.append(' ');
        gap = false;
      }
      line.appendCodePoint(c);
    }
    return line.toString();
  }

  private static String cut(StringBuilder line, int max) {
    int end = Math.min(line.length(), max - 1);
    if (end > 0 && Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end).stripTrailing() + "…";
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || switch (Character.getType(c)) {
          case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
          default -> false;
        };
  }
}
